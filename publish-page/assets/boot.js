// Starts the page.
import init, { start } from "./publish.js";

await init();
start();
