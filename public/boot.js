// Starts the module, when frame.js lets it. A file of its own, which phones keep
// compiled. `stations pack` puts the names by content in here.
import * as kept from "./kept.js";
import init from "./web.js";

globalThis.yizhanKept = kept;

// Inside another page, or in WeChat, somebody around this one may be spoken to.
const alone = { start() {}, askPosition: () => false, letsLocate: () => true, toTop() {}, navigate: () => false, share: () => false };
const hasHost = parent !== window || /MicroMessenger/i.test(navigator.userAgent);
// Loaded only then; a bundler would make it part of this script.
const apart = "./host.js";
const host = hasHost ? import(apart) : alone;

start();

async function start() {
  // What the phone keeps is here by then, so the first thing drawn is the answer.
  const [module, around] = await Promise.all([compiled(), host, kept.ready.then(prepare)]);
  globalThis.yizhanHost = around;
  if (document.readyState === "loading") await new Promise((read) => document.addEventListener("DOMContentLoaded", read));
  await init({ module_or_path: module });
}

// On a first visit the list of stations is asked for at once, not by the module.
function prepare() {
  if (kept.earlyFiles().length > 0) return;
  // What was shown from is gone.
  globalThis.yizhanFrame.shown?.remove();
  const link = document.createElement("link");
  Object.assign(link, { rel: "preload", as: "fetch", href: "data/manifest.yz", crossOrigin: "anonymous" });
  document.head.append(link);
}

async function compiled() {
  const url = "./web_bg.wasm";
  try {
    return await WebAssembly.compileStreaming(fetch(url));
  } catch (error) {
    // Some hosts give the module a type of their own.
    if (!(error instanceof TypeError)) throw error;
    return WebAssembly.compile(await (await fetch(url)).arrayBuffer());
  }
}
