// The page inside another one: in a frame, or in WeChat. Loaded only there.
// docs/embedding.md describes the messages; src/browser/host.rs calls this.

const isFramed = parent !== window;
const PROTOCOL = 1;
// However many messages come, so often at most something is done about them.
const PAUSE_MS = 100;

let origins = [];
let tell;
let hostOrigin = isFramed ? originOf(location.ancestorOrigins?.[0] ?? document.referrer) : undefined;
let isWeChatReady = false;

/** Begins: the origins of the manifest, and who hears what the host says. */
export const start = (listed, heard) => {
  origins = listed;
  tell = heard;
  if (!isFramed) return;
  deliver();
  post("ready", {});
  watchHeight();
};

/** Whether the host is one of those that receive stations. */
export const isListed = () => isFramed && origins.includes(hostOrigin);

/** Asks the host where the person is; it may answer with `position`. */
export const askPosition = () => isListed() && post("locate", {});

/** Whether the host lets this page ask the device where the person is. Engines that
    cannot tell have it refused without a word: better one hint too many. */
export const letsLocate = () =>
  !isFramed || (document.permissionsPolicy ?? document.featurePolicy)?.allowsFeature?.("geolocation") === true;

/** Another screen begins: a host that scrolls shows its top. */
export const toTop = () => isFramed && post("top", {});

/** Hands a station to the host or to WeChat, for the way there; whether somebody takes it. */
export const navigate = (json) => {
  const station = withLink(json);
  if (isListed()) return post("navigate", { station });
  if (isFramed || !station.gcj02) return false;
  return openInMiniProgram(station) || openInWeChat(station);
};

/** Hands a station to the host to be shared; whether it takes it. */
export const share = (json) => isListed() && post("share", { station: withLink(json) });

// The link of its page, which anybody may open.
function withLink(json) {
  const { page, ...station } = JSON.parse(json);
  return { ...station, link: new URL(page, location.href.split(/[?#]/)[0]).href };
}

// ---- what the host says ----------------------------------------------------------

// The last message of each type waits here, so that a flood costs no more than one.
const waiting = new Map();
let timer;

// What is handed on is the page's own address, which has one reader for all that
// comes from outside: `at=…&crs=…`, `season=…`, `theme=…`.
const READ = {
  position({ lon, lat, crs, accuracy_m: accuracy = 0 }) {
    const isGood = [lon, lat, accuracy].every(Number.isFinite) && typeof crs === "string";
    return isGood && [`at=${lon},${lat}&crs=${encodeURIComponent(crs)}`, accuracy];
  },
  // The host was asked and has none.
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
  // What came before the manifest, which says who may speak, waits for it.
  if (!tell) return;
  for (const [type, { origin, data }] of waiting) {
    waiting.delete(type);
    const isFromListed = origins.includes(origin);
    if (isFromListed) hostOrigin = origin;
    // Where nobody is listed any page may show this one, and choose how it looks.
    if (!isFromListed && (origins.length > 0 || type.endsWith("position"))) continue;
    const read = READ[type](data);
    if (read) tell(...read);
    else console.warn(`yizhan: ${type} not understood, see docs/embedding.md`, data);
  }
}

// ---- what the host hears -----------------------------------------------------------

// The browser delivers it only where the host's origin is the one that is named.
function post(type, content) {
  const message = { yizhan: PROTOCOL, type, ...content };
  // Nothing in these says where anybody is, or what is shown.
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

// The way back belongs to the host: nothing here adds a step to it.
if (isFramed) {
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented) return;
    const href = link.getAttribute("href");
    if (href.startsWith("#")) {
      event.preventDefault();
      location.replace(href);
    } else if (link.protocol.startsWith("http")) {
      // A map does not open inside a frame.
      link.target = "_top";
    }
  });
}

// ---- WeChat ------------------------------------------------------------------------

const isMiniProgram = () =>
  window.__wxjs_environment === "miniprogram" || /miniprogram/i.test(navigator.userAgent);

// Only who has a server can sign for WeChat's own calls: a host that did so is ready.
window.wx?.ready?.(() => (isWeChatReady = true));
window.wx?.error?.(() => (isWeChatReady = false));

function openInMiniProgram({ name, address, gcj02 }) {
  if (!isMiniProgram()) return false;
  const query = new URLSearchParams({ lat: gcj02.lat, lon: gcj02.lon, name, address });
  // Spaces as %20: a mini-program does not undo "+".
  const url = `/pages/navigate/navigate?${`${query}`.replaceAll("+", "%20")}`;
  const bridge = window.WeixinJSBridge;
  if (window.wx?.miniProgram?.navigateTo) window.wx.miniProgram.navigateTo({ url });
  // What WeChat's script does with it; a page need not load that for this alone.
  else if (bridge) bridge.invoke("invokeMiniProgramAPI", { name: "navigateTo", arg: { url } }, () => {});
  else return false;
  return true;
}

function openInWeChat({ name, address, gcj02 }) {
  if (!isWeChatReady || !window.wx.openLocation) return false;
  // Numbers: iPhones refuse the same as texts.
  window.wx.openLocation({ latitude: gcj02.lat, longitude: gcj02.lon, name, address, scale: 16 });
  return true;
}
