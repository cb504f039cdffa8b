// Starts the module that early.js fetches. A separate file, which browsers cache compiled.
import init from "./web.js";

// Only an embedded page, or a page in WeChat, has a host to talk to (host.js).
const alone = { start() {}, askPosition: () => false, letsLocate: () => true, toTop() {}, navigate: () => false, share: () => false };
const hasHost = parent !== window || /MicroMessenger/i.test(navigator.userAgent);
// Loaded only then. A literal in `import()` would make the bundler include host.js here.
const apart = "./host.js";
const host = hasHost ? import(apart) : alone;

// early.js, which fetches the module, comes after this script in the page.
if (globalThis.yizhanEarly) start();
else document.addEventListener("DOMContentLoaded", start);

async function start() {
  // Waits for the stored dataset too, so that the first render is the answer.
  const [module, around] = await Promise.all([yizhanEarly.module, host, yizhanStore.ready]);
  globalThis.yizhanHost = around;
  if (document.readyState === "loading") await new Promise((read) => document.addEventListener("DOMContentLoaded", read));
  await init({ module_or_path: module });
}

// Tab stops at one radio button of a group; the arrow keys select the next or previous one.
addEventListener("keydown", (event) => {
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const radio = event.target.closest?.("[role=radio]");
  if (!radio || !(event.key in steps) || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const group = () => [...document.querySelectorAll(`[role=radiogroup][aria-label="${label}"] [role=radio]`)];
  const label = CSS.escape(radio.closest("[role=radiogroup]").getAttribute("aria-label"));
  const place = (group().indexOf(radio) + steps[event.key] + group().length) % group().length;
  group()[place].click();
  // The click may have replaced the element.
  group()[place].focus();
});
