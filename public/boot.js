// Starts the page. A file of its own, so that the content security policy needs
// no inline script. `stations pack` puts the names by content in here.
import * as kept from "./kept.js";
import init from "./web.js";

globalThis.yizhanKept = kept;

// Inside another page, or in WeChat, somebody around this one may be spoken to.
const alone = { start() {}, askPosition: () => false, letsLocate: () => true, toTop() {}, navigate: () => false, share: () => false };
const hasHost = parent !== window || /MicroMessenger/i.test(navigator.userAgent);
const host = hasHost ? import("./host.js") : alone;

const url = new URL("./web_bg.wasm", import.meta.url);
const compiled = WebAssembly.compileStreaming(fetch(url)).catch(async (error) => {
  // Some hosts give the module a type of their own.
  if (!(error instanceof TypeError)) throw error;
  return WebAssembly.compile(await (await fetch(url)).arrayBuffer());
});
// What the phone keeps is here by then, so the first thing drawn is the answer.
const [module, around] = await Promise.all([compiled, host, kept.ready]);
globalThis.yizhanHost = around;
init({ module_or_path: module });
