// Starts the page.
import "./folder.js";
import init, { start } from "./publish.js";

await init();
start();
