// The promise of offline use in the engines of iPhones (WebKitGTK) and of Firefox,
// through WebDriver: visit, stop the server, open again.
//   node tests/e2e/other-browsers.mjs dist

import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { serve } from "./server.mjs";

const [dist = "dist"] = process.argv.slice(2);
const AT = "#at=121.2174,31.3144";
const DRIVER_PORT = 4646;

const onPath = (name) => spawnSync("which", [name], { encoding: "utf8" }).stdout.trim();

function miniBrowser() {
  for (const folder of readdirSync("/usr/lib").map((name) => `/usr/lib/${name}`)) {
    for (const version of ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"]) {
      if (existsSync(`${folder}/${version}/MiniBrowser`)) return `${folder}/${version}/MiniBrowser`;
    }
  }
  return "";
}

const BROWSERS = [
  {
    name: "WebKitGTK",
    isThere: onPath("WebKitWebDriver") && onPath("Xvfb") && existsSync("/usr/lib") && miniBrowser(),
    driver: ["WebKitWebDriver", `--port=${DRIVER_PORT}`],
    capabilities: () => ({ "webkitgtk:browserOptions": { binary: miniBrowser(), args: ["--automation"] } }),
  },
  {
    name: "Firefox",
    isThere: onPath("geckodriver") && (onPath("firefox-esr") || onPath("firefox")),
    driver: ["geckodriver", "--port", `${DRIVER_PORT}`],
    capabilities: () => ({
      browserName: "firefox",
      "moz:firefoxOptions": { binary: onPath("firefox-esr") || onPath("firefox"), args: ["-headless"] },
    }),
  },
];

/** One session of a browser behind its driver. */
class Session {
  static async start(capabilities) {
    const session = new Session();
    const { sessionId } = await session.send("POST", "/session", { capabilities: { alwaysMatch: capabilities } });
    session.path = `/session/${sessionId}`;
    return session;
  }
  async send(method, path, body) {
    const response = await fetch(`http://127.0.0.1:${DRIVER_PORT}${path}`, {
      method,
      body: body && JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${path}: ${value.error} ${value.message}`);
    return value;
  }
  open = (url) => this.send("POST", `${this.path}/url`, { url });
  reload = () => this.send("POST", `${this.path}/refresh`, {});
  run = (script) => this.send("POST", `${this.path}/execute/async`, { script: `const done = arguments[arguments.length - 1]; (async () => (${script}))().then(done, (error) => done(String(error)))`, args: [] });
  end = () => this.send("DELETE", this.path);
  /** Asks until the answer is `true`. */
  async until(what, script) {
    const end = Date.now() + 20_000;
    let answer;
    do answer = await this.run(script);
    while (answer !== true && Date.now() < end);
    if (answer !== true) throw new Error(`${what}: ${JSON.stringify(answer)} ${await this.run("document.body.innerText.slice(0, 300)")}`);
  }
}

const HAS_HERO = `(document.querySelector("[data-hero]")?.textContent.length > 20)`;
const IS_KEPT = `globalThis.yizhanKept ? (await yizhanKept.names()).some((name) => name.startsWith("programmes-")) : false`;

// Without a worker a page opens from the HTTP cache, of which these sessions have
// none (WebKit's are ephemeral): there the page comes, and the stations do not.
const NO_WORKER = (path) => (path.endsWith("/sw.js") ? { does: "missing" } : undefined);
const NO_DATA = (path) => (path.startsWith("/data/") ? { does: "closed" } : NO_WORKER(path));

async function check(browser, hasWorker) {
  const server = await serve(dist);
  if (!hasWorker) server.setFault(NO_WORKER);
  const session = await Session.start(browser.capabilities());
  try {
    await session.open(server.url + AT);
    await session.until("first visit", HAS_HERO);
    await session.until("the stations are kept", IS_KEPT);
    if (hasWorker) await session.until("the page is kept", `(await navigator.serviceWorker.ready).active !== null`);
    const place = await session.run("yizhanKept.place()");
    if (hasWorker) await server.close();
    else server.setFault(NO_DATA);
    const again = [AT, "#at=113.55,34.81&open=any", `${AT}&lang=en`];
    for (const fragment of again) {
      await session.open("about:blank");
      await session.open(server.url + fragment);
      await session.until(`without the server: ${fragment}`, HAS_HERO);
    }
    await session.open("about:blank");
    await session.open(`${server.url}#station=anting-relay-1`);
    await session.until("a station's link", `(document.documentElement.dataset.screen === "station")`);
    if (hasWorker) {
      await session.reload();
      await session.until("a reload", `(document.documentElement.dataset.screen === "station")`);
    }
    console.log(`${browser.name}, ${hasWorker ? "server stopped" : "no worker, no stations from the server"}: all answer (stations in the ${place})`);
  } finally {
    await session.end().catch(() => {});
    await server.close();
  }
}

let display;
if (!process.env.DISPLAY && onPath("Xvfb")) {
  display = spawn("Xvfb", [":97", "-screen", "0", "800x900x24"], { stdio: "ignore" });
  process.env.DISPLAY = ":97";
}
let hasFailed = false;
for (const browser of BROWSERS) {
  if (!browser.isThere) {
    console.log(`${browser.name}: not here, left out (docs/hosting.md)`);
    continue;
  }
  const [command, ...args] = browser.driver;
  const driver = spawn(command, args, { stdio: "ignore", detached: true });
  try {
    // The driver listens a moment after it has begun.
    for (let tries = 0; ; tries += 1) {
      if (await fetch(`http://127.0.0.1:${DRIVER_PORT}/status`).then(({ ok }) => ok, () => false)) break;
      if (tries > 200) throw new Error(`${command} does not answer`);
      await new Promise((next) => setTimeout(next, 50));
    }
    for (const hasWorker of [true, false]) await check(browser, hasWorker);
  } catch (error) {
    hasFailed = true;
    console.error(`${browser.name}: ${error.message}`);
  } finally {
    process.kill(-driver.pid);
  }
}
display?.kill();
process.exit(hasFailed ? 1 : 0);
