/* 驿站 Yizhan inside another page:
     <script src="https://…/embed.js" async></script>
     <yizhan-stations season="cool"></yizhan-stations>
   or, where custom elements cannot be used, <div data-yizhan data-season="cool"></div>.
   docs/embedding.md lists all attributes, events and messages. Plain ES2017: it runs in
   pages that we do not build. */
(() => {
  "use strict";
  if (customElements.get("yizhan-stations")) return;

  const PROTOCOL = 1;
  const script = document.currentScript;
  // Options that go into the fragment of the page's address.
  const IN_ADDRESS = ["at", "crs", "season", "open", "need", "kind", "area", "station", "travel", "lang", "scale", "theme"];
  const TITLES = { zh: "驿站：最近的清凉、取暖歇脚点", en: "Yizhan: the nearest place to cool down or warm up", ko: "가까운 쉼터" };
  const embeds = new Set();

  /* An iframe in an element; `read` returns the value of an option, or null. */
  class Embed {
    constructor(element, read) {
      this.element = element;
      this.read = read;
      this.isReady = false;
      this.waiting = [];
      const base = read("src") || (script && script.src) || location.href;
      this.page = new URL(".", new URL(base, location.href));
      const frame = document.createElement("iframe");
      this.frame = frame;
      frame.title = read("title") || TITLES[this.language().slice(0, 2)] || TITLES.zh;
      /* With `locate="host"` the host finds the position, and the browser shows no prompt. */
      const locates = read("locate") === "host" ? "" : "geolocation; ";
      frame.allow = `${locates}web-share; clipboard-write`;
      frame.loading = read("loading") || "lazy";
      /* The page learns the origin of the host, and nothing more. */
      frame.referrerPolicy = "origin";
      /* Through the CSSOM, which a strict content policy of the host allows. */
      frame.style.cssText = "display:block;width:100%;border:0";
      element.style.display = "block";
      const height = pixels(read("height"));
      this.isFixed = height !== null;
      if (this.isFixed) frame.style.height = `${height}px`;
      /* Reserves height from the start, so that nothing below the frame shifts. */
      else frame.style.minHeight = `${pixels(read("min-height")) || innerHeight}px`;
      frame.src = this.address();
      element.textContent = "";
      element.appendChild(frame);
      embeds.add(this);
    }

    language() {
      return this.read("lang") || document.documentElement.lang || "zh-CN";
    }

    address() {
      const parts = ["embed=1"];
      for (const name of IN_ADDRESS) {
        const value = name === "lang" ? this.language() : this.read(name);
        if (value) parts.push(`${name}=${encodeURIComponent(value)}`);
      }
      if (this.read("at") && !this.read("crs")) {
        warn("`at` needs `crs` (wgs84, gcj02 or bd09): it was left out");
        parts.splice(parts.findIndex((part) => part.startsWith("at=")), 1);
      }
      if (!this.read("scale")) {
        /* Takes over the larger text size of a host page. */
        const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
        if (scale > 1.05) parts.push(`scale=${Math.min(scale, 1.67).toFixed(2)}`);
      }
      return `${this.page.href}#${parts.join("&")}`;
    }

    /* Changes the address of the frame without an entry in the host's history. */
    reload() {
      if (this.frame.contentWindow) this.frame.contentWindow.location.replace(this.address());
    }

    send(type, content) {
      const message = Object.assign({ yizhan: PROTOCOL, type }, content);
      if (!this.isReady) this.waiting.push(message);
      else this.frame.contentWindow.postMessage(message, this.page.origin);
    }

    hear(type, data) {
      if (type === "ready") {
        this.isReady = true;
        for (const message of this.waiting.splice(0)) this.frame.contentWindow.postMessage(message, this.page.origin);
        this.tell("yizhan-ready", null);
      } else if (type === "height") {
        const isHeight = Number.isFinite(data.px) && data.px > 0 && data.px < 50000;
        if (isHeight && !this.isFixed) this.frame.style.height = `${Math.ceil(data.px)}px`;
      } else if (type === "top") {
        if (this.frame.getBoundingClientRect().top < 0) this.frame.scrollIntoView();
      } else if (type === "locate") {
        /* A host that answers, with setPosition(), now or later, calls preventDefault(). */
        if (this.tell("yizhan-locate", null)) this.send("no-position", {});
      } else if (isStation(data.station)) {
        /* A host that does it itself calls preventDefault(). */
        const isLeftToUs = this.tell(`yizhan-${type}`, data.station);
        if (isLeftToUs && type === "navigate") location.href = data.station.map;
        if (isLeftToUs && type === "share" && navigator.share) {
          navigator.share({ title: data.station.name, url: data.station.link }).catch(() => {});
        }
      }
    }

    tell(name, detail) {
      return this.element.dispatchEvent(new CustomEvent(name, { bubbles: true, cancelable: true, detail }));
    }
  }

  const TYPES = ["ready", "height", "top", "locate", "navigate", "share"];

  addEventListener("message", (event) => {
    const data = event.data;
    if (typeof data !== "object" || data === null || data.yizhan !== PROTOCOL || !TYPES.includes(data.type)) return;
    for (const embed of embeds) {
      if (!embed.element.isConnected) embeds.delete(embed);
      else if (event.source === embed.frame.contentWindow && event.origin === embed.page.origin) {
        embed.hear(data.type, data);
      }
    }
  });

  function isStation(station) {
    return typeof station === "object" && station !== null && typeof station.id === "string"
      && /^https:\/\//.test(station.map || "https://") && /^https?:\/\//.test(station.link);
  }

  function pixels(text) {
    const px = parseFloat(text);
    return px >= 100 && px <= 50000 ? px : null;
  }

  function warn(what) {
    console.warn(`yizhan: ${what}`);
  }

  class Stations extends HTMLElement {
    static get observedAttributes() {
      return IN_ADDRESS;
    }
    connectedCallback() {
      this.embed = new Embed(this, (name) => this.getAttribute(name));
    }
    disconnectedCallback() {
      embeds.delete(this.embed);
      this.embed = undefined;
      this.textContent = "";
    }
    attributeChangedCallback(name, before, now) {
      if (!this.embed || before === now) return;
      if (now && (name === "season" || name === "theme")) this.embed.send(name, { [name]: now });
      else this.embed.reload();
    }
    /* Called by the host with the rider's position, { lon, lat, crs, accuracy_m }, or with null
       if it has none. */
    setPosition(position) {
      if (this.embed) sendPosition(this.embed, position);
    }
  }

  function sendPosition(embed, position) {
    if (position === null) return embed.send("no-position", {});
    const { lon, lat, crs, accuracy_m } = position;
    if (![lon, lat].every(Number.isFinite) || !["wgs84", "gcj02", "bd09"].includes(crs)) {
      throw new TypeError("yizhan: a position is { lon, lat, crs: \"wgs84\" | \"gcj02\" | \"bd09\" }, in degrees");
    }
    embed.send("position", { lon, lat, crs, accuracy_m: Number.isFinite(accuracy_m) ? accuracy_m : 0 });
  }

  customElements.define("yizhan-stations", Stations);

  /* The same for plain elements: when the page loads, and later by `yizhan.upgrade()`. */
  function upgrade(root) {
    for (const element of root.querySelectorAll("[data-yizhan]")) {
      if (element.querySelector("iframe")) continue;
      const embed = new Embed(element, (name) => element.getAttribute(`data-${name}`));
      element.setPosition = (position) => sendPosition(embed, position);
    }
  }
  const begin = () => upgrade(document);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
  window.yizhan = { upgrade };
})();
