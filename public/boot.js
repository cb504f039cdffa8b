// Starts the module, which the page itself has asked for (early.js). A file of its own,
// which phones keep compiled.
import init from "./web.js";

// Inside another page, or in WeChat, somebody around this one may be spoken to.
const alone = { start() {}, askPosition: () => false, letsLocate: () => true, toTop() {}, navigate: () => false, share: () => false };
const hasHost = parent !== window || /MicroMessenger/i.test(navigator.userAgent);
// Loaded only then; a bundler would make it part of this script.
const apart = "./host.js";
const host = hasHost ? import(apart) : alone;

// What asked for the module stands behind this script in the page.
if (globalThis.yizhanEarly) start();
else document.addEventListener("DOMContentLoaded", start);

async function start() {
  // What the phone keeps is here by then, so the first thing drawn is the answer.
  const [module, around] = await Promise.all([yizhanEarly.module, host, yizhanKept.ready]);
  globalThis.yizhanHost = around;
  if (document.readyState === "loading") await new Promise((read) => document.addEventListener("DOMContentLoaded", read));
  await init({ module_or_path: module });
}

// Of radio buttons one is a stop for the key, and the arrows lead from one to the other.
addEventListener("keydown", (event) => {
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const radio = event.target.closest?.("[role=radio]");
  if (!radio || !(event.key in steps) || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const group = () => [...document.querySelectorAll(`[role=radiogroup][aria-label="${label}"] [role=radio]`)];
  const label = CSS.escape(radio.closest("[role=radiogroup]").getAttribute("aria-label"));
  const place = (group().indexOf(radio) + steps[event.key] + group().length) % group().length;
  group()[place].click();
  // It may have been drawn anew.
  group()[place].focus();
});
