// Talks to the host: an embedding page, or WeChat. Loaded only there.
// docs/embedding.md describes the messages; src/browser/host.rs calls this.

const isFramed = parent !== window;
const PROTOCOL = 1;
// The shortest time between two rounds of handling messages.
const PAUSE_MS = 100;

let origins = [];
let tell;
let hostOrigin = isFramed ? originOf(location.ancestorOrigins?.[0] ?? document.referrer) : undefined;
let isWeChatReady = false;

/** Starts listening. `listed` are the origins in the manifest; `heard` receives messages. */
export const start = (listed, heard) => {
  origins = listed;
  tell = heard;
  if (!isFramed) return;
  deliver();
  post("ready", {});
  watchHeight();
};

/** Whether the host's origin is listed; only listed hosts receive stations. */
export const isListed = () => isFramed && origins.includes(hostOrigin);

/** Asks the host for the position; it may answer with a `position` message. */
export const askPosition = () => isListed() && post("locate", {});

/** Whether the host permits this page to ask the device for the position. Engines that cannot
    tell count as not permitted, since the refusal gives no reason: better one hint too many. */
export const letsLocate = () =>
  !isFramed || (document.permissionsPolicy ?? document.featurePolicy)?.allowsFeature?.("geolocation") === true;

/** Asks the host to scroll to the top of the frame, where another screen begins. */
export const toTop = () => isFramed && post("top", {});

/** Passes a station to the host or to WeChat for navigation; whether one of them accepts it. */
export const navigate = (json) => {
  const station = withLink(json);
  if (isListed()) return post("navigate", { station });
  if (isFramed || !station.gcj02) return false;
  return openInMiniProgram(station) || openInWeChat(station);
};

/** Passes a station to the host for sharing; whether the host accepts it. */
export const share = (json) => isListed() && post("share", { station: withLink(json) });

// Adds an absolute link to the station's page, which works for anybody.
function withLink(json) {
  const { page, ...station } = JSON.parse(json);
  return { ...station, link: new URL(page, location.href.split(/[?#]/)[0]).href };
}

// ---- messages from the host ------------------------------------------------------

// Only the last message of each type is queued, so that a flood costs no more than one.
const waiting = new Map();
let timer;

// Messages become fragments of the page's address (`at=…&crs=…`, `season=…`, `theme=…`), so that
// one parser reads all outside input.
const READ = {
  position({ lon, lat, crs, accuracy_m: accuracy = 0 }) {
    const isGood = [lon, lat, accuracy].every(Number.isFinite) && typeof crs === "string";
    return isGood && [`at=${lon},${lat}&crs=${encodeURIComponent(crs)}`, accuracy];
  },
  // The host was asked for the position and has none.
  "no-position": () => ["no-position", 0],
  season: ({ season }) => isWord(season) && [`season=${season}`, 0],
  theme: ({ theme }) => isWord(theme) && [`theme=${theme}`, 0],
};

const isWord = (value) => typeof value === "string" && /^[a-z]{1,20}$/.test(value);

if (isFramed) {
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== parent || typeof data !== "object" || data?.yizhan !== PROTOCOL) return;
    if (!Object.hasOwn(READ, data.type)) return;
    waiting.set(data.type, { origin, data });
    timer ??= setTimeout(deliver, PAUSE_MS);
  });
}

function deliver() {
  timer = undefined;
  // Earlier messages wait for the manifest, which lists the accepted origins.
  if (!tell) return;
  for (const [type, { origin, data }] of waiting) {
    waiting.delete(type);
    const isFromListed = origins.includes(origin);
    if (isFromListed) hostOrigin = origin;
    // If no origin is listed, any host may choose season and theme, but send no position.
    if (!isFromListed && (origins.length > 0 || type.endsWith("position"))) continue;
    const read = READ[type](data);
    if (read) tell(...read);
    else console.warn(`yizhan: ${type} not understood, see docs/embedding.md`, data);
  }
}

// ---- messages to the host ----------------------------------------------------------

// The browser delivers a message only if the host's origin is the target.
function post(type, content) {
  const message = { yizhan: PROTOCOL, type, ...content };
  // These types reveal neither the position nor what is shown.
  const isHarmless = ["ready", "height", "top"].includes(type);
  const targets = origins.length === 0 && isHarmless ? ["*"] : origins;
  for (const target of targets) parent.postMessage(message, target);
  return true;
}

function watchHeight() {
  let told;
  const tellHeight = () => {
    const px = Math.ceil(document.body.getBoundingClientRect().height);
    if (px === told) return;
    told = px;
    post("height", { px });
  };
  new ResizeObserver(tellHeight).observe(document.body);
}

function originOf(url) {
  try {
    return new URL(url).origin;
  } catch {
    return undefined;
  }
}

// ---- links -------------------------------------------------------------------------

// The history belongs to the host: links in the frame add no entries.
if (isFramed) {
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented) return;
    const href = link.getAttribute("href");
    if (href.startsWith("#")) {
      event.preventDefault();
      location.replace(href);
    } else if (link.protocol.startsWith("http")) {
      // Map sites do not open inside a frame.
      link.target = "_top";
    }
  });
}

// ---- WeChat ------------------------------------------------------------------------

const isMiniProgram = () =>
  window.__wxjs_environment === "miniprogram" || /miniprogram/i.test(navigator.userAgent);

// WeChat's own calls need a signature from a server; `ready` fires on hosts that have one.
window.wx?.ready?.(() => (isWeChatReady = true));
window.wx?.error?.(() => (isWeChatReady = false));

function openInMiniProgram({ name, address, gcj02 }) {
  if (!isMiniProgram()) return false;
  const query = new URLSearchParams({ lat: gcj02.lat, lon: gcj02.lon, name, address });
  // Spaces as %20: a mini-program does not decode "+".
  const url = `/pages/navigate/navigate?${`${query}`.replaceAll("+", "%20")}`;
  const bridge = window.WeixinJSBridge;
  if (window.wx?.miniProgram?.navigateTo) window.wx.miniProgram.navigateTo({ url });
  // The call that WeChat's script makes, so that a page need not load the script for it.
  else if (bridge) bridge.invoke("invokeMiniProgramAPI", { name: "navigateTo", arg: { url } }, () => {});
  else return false;
  return true;
}

function openInWeChat({ name, address, gcj02 }) {
  if (!isWeChatReady || !window.wx.openLocation) return false;
  // Numbers: iPhones reject strings.
  window.wx.openLocation({ latitude: gcj02.lat, longitude: gcj02.lon, name, address, scale: 16 });
  return true;
}
