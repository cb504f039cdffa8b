// Starts the page. A file of its own, so that the content security policy needs
// no inline script. `stations pack` puts the names by content in here.
import * as kept from "./kept.js";
import init from "./web.js";

globalThis.yizhanKept = kept;
init({ module_or_path: new URL("./web_bg.wasm", import.meta.url) });
