// Runs before the module is loaded: shows a prerendered screen, fetches the module and the
// dataset, takes taps, and asks the device for the position at the tap. The module takes over
// from it (src/browser/early.rs). The build turns it into a classic script (xtask), which old
// engines skip (load-guard.js).
import * as store from "./dataset-store.js";
import { compile } from "./module.js";

globalThis.yizhanStore = store;
const module = compile(fetch("./web_bg.wasm"));

{
  const FRAMED = parent !== window;
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return undefined;
    }
  };

  // ---- taps -------------------------------------------------------------------------

  // Identifiers of tapped buttons, queued for the application; and events that the module has
  // not received yet.
  let taps = [];
  let unseen = [];
  let listener;
  let answer;

  // "locating", "followed" (a link), "replaced" (the address, without a history entry), or
  // "tapped" (anything else).
  function tell(event) {
    if (listener) listener(event);
    else unseen.push(event);
  }

  function tapped(event) {
    // Links need no script, and screens that the module renders have their own listeners.
    const button = event.target.closest && event.target.closest("#shell button[id]");
    if (!button) return;
    const season = /^season-(cool|warm)$/.exec(button.id);
    if (season) {
      const address = Object.assign(read(location.hash), { season: season[1] });
      history.replaceState(history.state, "", fragment(address));
      show();
      return tell("replaced");
    }
    // An embedding page may know the position, and only the module can ask it.
    if (button.id === "locate" && !FRAMED) {
      answer = position();
      show();
      say();
      return tell("locating");
    }
    taps.push(button.id);
    tell("tapped");
  }

  function followed() {
    // The rider has moved on: a queued request for the list is dropped.
    taps = taps.filter((id) => id !== "locate");
    show();
    tell("followed");
  }

  addEventListener("click", tapped, true);
  addEventListener("hashchange", followed);

  // The module replaces no element while a finger is down, nor until its click is dispatched.
  const AFTER_TAP_MS = 100;
  let isPressed = false;
  let waiting = [];
  function pressed({ type, button, isPrimary }) {
    if (type === "pointerdown" && (button !== 0 || !isPrimary)) return;
    isPressed = type === "pointerdown";
    if (!isPressed) for (const then of waiting.splice(0)) setTimeout(then, AFTER_TAP_MS);
  }
  for (const type of ["pointerdown", "pointerup", "pointercancel", "contextmenu"]) addEventListener(type, pressed, true);

  // The same limits as in src/browser/position.rs.
  function position() {
    return new Promise((settle) => {
      if (!navigator.geolocation) return settle("unsupported");
      navigator.geolocation.getCurrentPosition(
        ({ coords, timestamp }) => settle([coords.longitude, coords.latitude, coords.accuracy, timestamp]),
        ({ code }) => settle(["unsupported", "refused", "unavailable", "timed-out"][code]),
        { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 },
      );
    });
  }

  // ---- the stations -------------------------------------------------------------------

  const FOLDER = "data/";
  const MANIFEST = "manifest.yz";
  // The format number of the dataset (src/dataset/mod.rs).
  const FORMAT = 6;
  // The time limit of a request and its body.
  const PATIENCE_MS = 30000;
  // Cells within this many metres of the place are fetched before the module says which it
  // needs. Others that it needs take one more round trip.
  const AROUND_M = 2500;
  const fetched = new Map();
  let list;
  const written = new Set();
  // A stored manifest that the module could not use.
  let useless;
  let keeping = Promise.resolve(true);

  // Throws "missing" or "unreached", which src/browser/early.rs turns into a `FetchError`.
  async function load(name) {
    const abort = new AbortController();
    const late = setTimeout(() => abort.abort(), PATIENCE_MS);
    let response;
    try {
      response = await fetch(FOLDER + name, { signal: abort.signal });
      if (!response.ok) throw "missing";
      return [new Uint8Array(await response.arrayBuffer()), response];
    } catch (fault) {
      throw fault === "missing" ? fault : "unreached";
    } finally {
      clearTimeout(late);
    }
  }

  /** A file of the dataset: already fetched, else stored, else from the network. */
  async function file(name) {
    if (fetched.has(name)) return fetched.get(name);
    const [here] = await store.read([name]);
    if (here) return here;
    const [bytes] = await load(name);
    fetched.set(name, bytes);
    return bytes;
  }

  // How far the phone's clock is ahead of the server's time, which is the date of the response
  // plus its time in a cache.
  function ahead({ headers }) {
    const age = Number(headers.get("age")) || 0;
    return Date.now() - Date.parse(headers.get("date")) - age * 1000;
  }

  async function fromNetwork() {
    // A host may lack first.yz, or send it damaged; manifest.yz is the same without cells.
    const whole = (loaded) => (loaded[0].length < 8 ? Promise.reject("missing") : loaded);
    const [bytes, response] = await load("first.yz").then(whole).catch(() => load(MANIFEST));
    const view = new DataView(bytes.buffer);
    const length = bytes.length < 8 ? bytes.length : view.getUint32(4, true);
    const manifest = bytes.slice(0, length);
    fetched.set(MANIFEST, manifest);
    const cells = table(manifest);
    const attached = [];
    let at = length;
    for (const cell of cells) {
      if (at + cell.bytes > bytes.length) break;
      const content = bytes.slice(at, at + cell.bytes);
      at += cell.bytes;
      fetched.set(cell.name, content);
      attached.push([cell.name, content]);
    }
    const clock = ahead(response);
    const files = [[MANIFEST, manifest, false]].concat(await Promise.all(attached.map(store.held)));
    if (attached.length < cells.length) await around(cells, files);
    return [files, clock, false];
  }

  // `fault` says why the network has failed already.
  async function fromStore(fault) {
    const [manifest] = await store.read([MANIFEST]);
    if (!manifest && fault) throw fault;
    if (!manifest) return fromNetwork();
    const files = [[MANIFEST, manifest, false]];
    await around(table(manifest), files);
    return [files, undefined, true];
  }

  /** The table of cells in a manifest (docs/dataset.md). */
  function table(manifest) {
    const view = new DataView(manifest.buffer, manifest.byteOffset, manifest.length);
    if (manifest.length < 12 || manifest[3] !== FORMAT) return [];
    const count = view.getUint32(8, true);
    if (12 + count * 40 > manifest.length) return [];
    const number = (column, row) => view.getInt32(12 + (column * count + row) * 4, true) / 1e5;
    const hex = (byte) => byte.toString(16).padStart(2, "0");
    return Array.from({ length: count }, (_, row) => {
      const digest = 12 + count * 24 + row * 16;
      return {
        name: `cell-${Array.from(manifest.subarray(digest, digest + 16), hex).join("")}.yz`,
        bytes: view.getUint32(12 + (5 * count + row) * 4, true),
        box: [0, 1, 2, 3].map((side) => number(side, row)),
      };
    });
  }

  /** Adds the cells around the place in the address. Which cells are needed is decided by the
      module, so the datum does not matter here. */
  async function around(cells, files) {
    const at = /[#&]at=(-?[\d.]+),(-?[\d.]+)/.exec(location.hash);
    if (!at) return;
    const [lon, lat] = [Number(at[1]), Number(at[2])];
    const metres = 111320;
    const wide = Math.cos((lat * Math.PI) / 180);
    const near = cells.filter(({ box: [west, south, east, north] }) => {
      const x = Math.max(west - lon, 0, lon - east) * wide;
      const y = Math.max(south - lat, 0, lat - north);
      return Math.hypot(x, y) * metres <= AROUND_M;
    });
    // A cell that fails here is fetched again by the module, which reports the error.
    const come = near.map(({ name }) => file(name).then((bytes) => files.push([name, bytes, false]), () => {}));
    await Promise.all(come);
  }

  async function keepNews(hadRoom) {
    const news = Array.from(fetched).filter(([name]) => !written.has(name));
    for (const [name] of news) written.add(name);
    if (news.length === 0) return hadRoom;
    // A stored manifest that can be used is replaced when all of the new edition is stored
    // (dataset/sync).
    news.sort(([one], [other]) => (other === MANIFEST) - (one === MANIFEST));
    let stored = await store.change(news, undefined, news[0][0] === MANIFEST ? [useless, []] : undefined);
    if (stored === undefined) stored = await store.change(news.slice(1));
    return stored && hadRoom;
  }

  // Only if no edition is stored; else boot.js waits for the stored one.
  if (stored("yizhan-edition") === null) list = fromNetwork();
  if (list) list.catch(() => {});

  // ---- the interface for the module -------------------------------------------------------

  globalThis.yizhanEarly = {
    module,
    listen(to) {
      listener = to;
      for (const event of unseen.splice(0)) to(event);
    },
    release() {
      removeEventListener("click", tapped, true);
      removeEventListener("hashchange", followed);
      return taps;
    },
    hasAppleMaps: () => /iPhone|iPad|Macintosh/.test(navigator.userAgent) && !/MicroMessenger/.test(navigator.userAgent),
    isPressed: () => isPressed,
    afterPress: (then) => waiting.push(then),
    hasAsked: () => answer !== undefined,
    position: () => answer,
    // Removes the prerendered screen, and lets the module render.
    replaceShell: (render) =>
      keepFocus(() => {
        const shell = document.getElementById("shell");
        if (shell) shell.remove();
        render(document.getElementById("page"));
      }),
    // `without` what the module could not use: "stored" files, or those that "came".
    first: (without) => {
      if (without === "stored") {
        list = store.read([MANIFEST]).then(([bytes]) => {
          useless = bytes;
          return fromNetwork();
        });
      } else list = list && !without ? list.catch(fromStore) : fromStore(without);
      return list.catch((fault) => fault);
    },
    // Drops the files fetched before: the module could not use them.
    bring: (names) => {
      for (const name of names) fetched.delete(name);
      return Promise.all(names.map(async (name) => [name, await file(name), false])).catch((fault) => fault);
    },
    // Stores the files fetched since the last call; false if there was no room. The module has
    // checked them by then.
    keep: () => (keeping = keeping.then(keepNews)),
    files: () => Array.from(fetched, ([name, bytes]) => [name, bytes, true]),
  };

  // ---- the first screen -------------------------------------------------------------------

  // The build renders the screens into the page (xtask/src/shell.rs) as JSON, which is parsed
  // faster than script: a template for each screen, and the words of each language and season.
  // Debug builds have none.
  const drawn = (screen) => {
    const data = document.getElementById(`screen-${screen}`);
    return data && JSON.parse(data.textContent);
  };
  const LANGUAGES = ["zh-CN", "en", "ko"];

  const primary = (tag) => tag.split(/[-_]/)[0].toLowerCase();
  const known = (tag) => LANGUAGES.find((language) => primary(language) === primary(tag || ""));

  /** Language, season, colours and text size, as the module decides them (src/ui/root.rs). */
  function look(address) {
    // Scale, colours and language come first (src/view_model/settings.rs).
    const [scale, theme, language] = (stored("yizhan-settings") || "").split(" ");
    const time = new Date(Date.now() + 8 * 3600000);
    const hour = time.getUTCHours();
    const month = time.getUTCMonth() + 1;
    const within = (hundredths) => hundredths >= 100 && hundredths <= 167 && hundredths;
    const asked = /^\d*\.?\d+$/.test(address.scale) ? Number(address.scale) : 0;
    const wanted = asked >= 0.5 && asked <= 4 && Math.min(Math.max(Math.round(asked * 100), 100), 167);
    const colours = [address.theme, theme].find((name) => /^(automatic|light|sunlight|dark)$/.test(name || ""));
    const isNight = hour < 6 || hour >= 22;
    return {
      language: known(address.lang) || known(language) || (navigator.languages || []).map(known).find(Boolean) || LANGUAGES[0],
      season: /^(cool|warm)$/.test(address.season) ? address.season : month >= 5 && month <= 10 ? "cool" : "warm",
      theme: colours && colours !== "automatic" ? colours : isNight ? "dark" : null,
      scale: wanted || within(Number(scale)) || 100,
      isEmbedded: address.embed === "1",
    };
  }

  function read(fragment) {
    const address = {};
    for (const part of fragment.replace(/^#/, "").split("&")) {
      const at = part.indexOf("=");
      if (at > 0) address[part.slice(0, at)] = part.slice(at + 1);
    }
    return address;
  }

  const fragment = (address) => `#${Object.entries(address).map((pair) => pair.join("=")).join("&")}`;

  function show() {
    const shell = document.getElementById("shell");
    if (!shell) return;
    const address = read(location.hash);
    const { language, season, theme, scale, isEmbedded } = look(address);
    const root = document.documentElement;
    const mark = (name, isSo) => (isSo ? root.setAttribute(name, isSo === true ? "" : isSo) : root.removeAttribute(name));
    mark("lang", language);
    mark("data-season", season);
    mark("data-theme", theme);
    mark("data-elder", scale >= 150);
    mark("data-large", scale > 115);
    mark("data-embed", isEmbedded);
    root.style.setProperty("--user-scale", (scale / 100).toFixed(2));
    const isElsewhere = ["at", "station", "area"].some((key) => address[key]) || /^(pick|radar|benefits)$/.test(address.view);
    const screen = drawn(isElsewhere ? "loading" : answer ? "locating" : "first-visit");
    if (!screen) return;
    const [template, words] = screen;
    const mine = words[`${language} ${season}`];
    keepFocus(() => fill(shell, template.replace(/\u0001(\d+);/g, (_, number) => mine[number]), address, isEmbedded));
    // The list itself needs no lazy module.
    bring(address.station || address.area || address.view ? [language, "live", "screens"] : [language]);
  }

  function fill(shell, html, address, isEmbedded) {
    shell.innerHTML = html;
    // An embedded page has no brand, since the host has a header, and no bottom bar.
    if (isEmbedded) shell.querySelectorAll(".brand, .bottom-bar").forEach((part) => part.remove());
    // Links keep the other parts of the address.
    shell.querySelectorAll('[href^="#"]').forEach((link) => {
      const { view, station, ...others } = address;
      link.setAttribute("href", fragment(Object.assign(others, read(link.getAttribute("href")))));
    });
  }

  // Preloads the files of lazy modules, by name (xtask/src/split.rs).
  const brought = new Set();
  function bring(names) {
    const data = document.getElementById("parts");
    const parts = data ? JSON.parse(data.textContent) : {};
    for (const file of names.flatMap((name) => parts[name] || [])) {
      if (brought.has(file)) continue;
      brought.add(file);
      const link = document.createElement("link");
      Object.assign(link, { rel: "preload", as: "fetch", href: file, crossOrigin: "anonymous" });
      document.head.append(link);
    }
  }

  // Announces to screen readers that the device is being asked.
  function say() {
    const strip = document.querySelector("#shell .state-strip");
    const said = document.querySelector("[data-part=announcement]");
    if (strip && said) said.textContent = strip.textContent;
  }

  // Restores the focus after a change, if an element like the focused one is left.
  function keepFocus(change) {
    const { activeElement } = document;
    const quoted = (name) => {
      const value = activeElement && activeElement.getAttribute(name);
      return value === null || !activeElement ? "" : `[${name}="${CSS.escape(value)}"]`;
    };
    const selector = ["id", "href", "aria-label"].map(quoted).join("");
    change();
    const again = selector && document.querySelector(`#shell ${selector}, #page ${selector}`);
    if (again) again.focus({ preventScroll: true });
  }

  show();
}
