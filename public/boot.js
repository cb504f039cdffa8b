// Starts the page. A file of its own, so that the content security policy needs
// no inline script. `stations pack` puts the names by content in here.
import init from "./web.js";

init({ module_or_path: new URL("./web_bg.wasm", import.meta.url) });
