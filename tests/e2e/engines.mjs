// One smoke test in three engines: Chromium, Firefox and the WebKit of iPhones.
//   node tests/e2e/engines.mjs dist
// An engine that is not installed is reported and skipped; on CI that is an error.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "@playwright/test";
import puppeteer from "puppeteer-core";
import { serveHost } from "./host.mjs";
import { freePort } from "./hosts.mjs";
import config from "./playwright.config.mjs";
import { serve } from "./server.mjs";

const [dist = "dist"] = process.argv.slice(2);
// Not every engine is set to Chinese.
const AT = "#at=121.2174,31.3144&lang=zh-CN";

const onPath = (name) => spawnSync("which", [name], { encoding: "utf8" }).stdout.trim();

// ---- the engines -------------------------------------------------------------

/** Chromium and Firefox, by WebDriver BiDi or the DevTools protocol. */
class PuppeteerSession {
  static async start(options) {
    // Firefox refuses a home folder that belongs to another user, as on hosted CI.
    const env = { ...process.env, HOME: mkdtempSync(join(tmpdir(), "yizhan-home-")) };
    const browser = await puppeteer.launch({ headless: true, env, ...options });
    const [page = await browser.newPage()] = await browser.pages();
    return Object.assign(new PuppeteerSession(), { browser, page });
  }
  open = (url) => this.page.goto(url);
  reload = () => this.page.reload();
  run = (script) => this.page.evaluate(`(async () => (${script}))()`);
  end = () => this.browser.close();
}

/** WebKitGTK's MiniBrowser, through a WebDriver server. */
class WebDriverSession {
  static async start(command, capabilities) {
    const session = new WebDriverSession();
    // The driver cannot choose a port itself.
    const port = await freePort();
    session.driver = spawn(command, [`--port=${port}`], { stdio: "ignore", detached: true });
    session.url = `http://127.0.0.1:${port}`;
    try {
      await until(`${command} answers`, () => fetch(`${session.url}/status`).then(({ ok }) => ok, () => false));
      const { sessionId } = await session.send("POST", "/session", { capabilities: { alwaysMatch: capabilities } });
      session.url += `/session/${sessionId}`;
    } catch (error) {
      process.kill(-session.driver.pid);
      throw error;
    }
    return session;
  }
  async send(method, path, body) {
    const response = await fetch(this.url + path, {
      method,
      body: body && JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${path}: ${value.error} ${value.message}`);
    return value;
  }
  open = (url) => this.send("POST", "/url", { url });
  reload = () => this.send("POST", "/refresh", {});
  run = (script) => this.send("POST", "/execute/async", { script: `const done = arguments[arguments.length - 1]; (async () => (${script}))().then(done, (error) => done(String(error)))`, args: [] });
  async end() {
    await this.send("DELETE", "").catch(() => {});
    process.kill(-this.driver.pid);
  }
}

function miniBrowser() {
  if (!existsSync("/usr/lib")) return "";
  for (const folder of readdirSync("/usr/lib").map((name) => `/usr/lib/${name}`)) {
    for (const version of ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"]) {
      if (existsSync(`${folder}/${version}/MiniBrowser`)) return `${folder}/${version}/MiniBrowser`;
    }
  }
  return "";
}

const launchOptions = { ...config.use.launchOptions };
launchOptions.executablePath ??= chromium.executablePath();
const firefox = onPath("firefox-esr") || onPath("firefox");
const ENGINES = [
  {
    name: "Chromium",
    isThere: existsSync(launchOptions.executablePath),
    start: () => PuppeteerSession.start(launchOptions),
  },
  {
    name: "Firefox",
    isThere: firefox,
    start: () => PuppeteerSession.start({ browser: "firefox", executablePath: firefox }),
  },
  {
    name: "WebKitGTK",
    isThere: onPath("WebKitWebDriver") && onPath("Xvfb") && miniBrowser(),
    start: () =>
      WebDriverSession.start("WebKitWebDriver", {
        "webkitgtk:browserOptions": { binary: miniBrowser(), args: ["--automation"] },
      }),
  },
];

// ---- what every engine must do -----------------------------------------------

/** Repeats `ask` until it returns `true`, for so many seconds. */
async function until(what, ask, describe = async () => "", seconds = 20) {
  const end = Date.now() + seconds * 1000;
  let answer;
  while ((answer = await ask()) !== true && Date.now() < end) await pause(50);
  if (answer !== true) throw new Error(`${what}: ${JSON.stringify(answer)} ${await describe()}`);
}

/** The page in one engine: what it shows, and taps on it. */
class Page {
  constructor(session) {
    this.session = session;
  }
  /** A fresh load, even where only the fragment differs. */
  async open(url) {
    await this.session.open("about:blank");
    await this.session.open(url);
  }
  run = (script) => this.session.run(script);
  shows = (what, script, seconds) =>
    until(what, () => this.run(script), () => this.run("document.body.innerText.slice(0, 300)"), seconds);
  async tap(selector) {
    const element = `document.querySelector(${JSON.stringify(selector)})`;
    await this.shows(`${selector} is there`, `(${element} !== null)`);
    await this.run(`${element}.click()`);
  }
  screen = (name) => this.shows(name, `(document.documentElement.dataset.screen === "${name}")`);
  answers = (when) => this.shows(when, HAS_HERO);
}

const HAS_HERO = `(document.querySelector("[data-hero]")?.textContent.length > 20)`;
const IS_KEPT = `globalThis.yizhanStore ? (await yizhanStore.names()).some((name) => name.startsWith("programmes-")) : false`;
const DIALOG = `document.querySelector("dialog[open], [role=dialog]")`;

// Without a worker the page opens from the HTTP cache. WebKitGTK's sessions have none: so the
// server still sends the page, and only the stations fail.
const NO_WORKER = (path) => (path.endsWith("/sw.js") ? { does: "missing" } : undefined);
const NO_DATA = (path) => (path.startsWith("/data/") ? { does: "closed" } : NO_WORKER(path));

const CHECKS = {
  async "answer, filters, a station, English"(page, server) {
    await page.open(server.url + AT);
    await page.answers("first visit");
    await page.tap(`a[href*="view=filter"]`);
    await page.shows("the filters", `(${DIALOG}?.querySelectorAll("button").length > 10)`);
    await page.run(`history.back()`);
    await page.shows("the filters are gone", `(${DIALOG} === null)`);
    await page.answers("back at the answer");
    await page.tap(`.station-list [data-station]`);
    await page.screen("station");
    await page.run(`history.back()`);
    await page.open(server.url + AT.replace("zh-CN", "en"));
    await page.answers("in English");
    await page.shows("English words", `(document.documentElement.lang === "en" && document.body.innerText.includes("min"))`);
  },
  async "server stopped: another place, another language, a station's link, a reload"(page, server) {
    await page.open(server.url + AT);
    await page.shows("the stations are kept", IS_KEPT);
    await page.shows("the page is kept", `(await navigator.serviceWorker.ready).active !== null`);
    await server.close();
    await answersWithoutServer(page, server);
    await page.session.reload();
    await page.screen("station");
  },
  async "no worker, and no stations from the server"(page, server) {
    server.setFault(NO_WORKER);
    await page.open(server.url + AT);
    await page.answers("first visit");
    await page.shows("the stations are kept", IS_KEPT);
    server.setFault(NO_DATA);
    await answersWithoutServer(page, server);
  },
  async "the demo's sheets are checked and may be published"(page, server) {
    const button = (words) => `[...document.querySelectorAll("button")].find((button) => button.textContent === "${words}")`;
    await page.open(`${server.url}publish/`);
    await page.shows("the page", `(${button("用示例数据试试")} !== undefined)`);
    await page.run(`${button("用示例数据试试")}.click()`);
    await page.shows("the totals", `document.body.innerText.includes("有站点的行")`);
    await page.shows("the download", `(${button("下载 data.zip")}?.disabled === false)`);
  },
  async "two hundred thousand rows are checked while the progress moves"(page, server, engine) {
    // Clerks sit at Chromium or Firefox; on a busy machine this WebKit took more than three minutes.
    if (engine.name === "WebKitGTK") return;
    await page.open(`${server.url}publish/`);
    await page.shows("the page", `(document.querySelector("input[type=file]") !== null)`);
    await page.run(`(() => {
      const lines = ["编号,名称,地址,经度,纬度,开放时间"];
      for (let row = 0; row < 200_000; row += 1) {
        lines.push(\`s\${row},测试\${row}站,测试路\${row}号,\${121 + (row % 500) / 1000},\${31 + Math.floor(row / 500) / 1000},24小时\`);
      }
      const data = new DataTransfer();
      data.items.add(new File([lines.join("\\n")], "名单.csv"));
      globalThis.steps = new Set();
      const bar = document.querySelector("progress");
      new MutationObserver(() => globalThis.steps.add(bar.value)).observe(bar, { attributes: true });
      dispatchEvent(new DragEvent("drop", { dataTransfer: data }));
      return true;
    })()`);
    await page.shows("the totals", `/\\b200000\\b/.test(document.body.innerText)`, 180);
    await page.shows("the progress has moved", `(globalThis.steps.size > 10)`);
  },
  async "embedded in a page of another origin"(page, server) {
    const host = await serveHost({
      "/": () => `<!DOCTYPE html><meta charset="utf-8"><title>工会</title>
        <script>addEventListener("yizhan-ready", () => (window.isReady = true));</script>
        <script src="${server.url}embed.js"></script>
        <yizhan-stations at="121.2174,31.3144" crs="wgs84" loading="eager" min-height="100"></yizhan-stations>`,
    });
    try {
      await page.open(host.url);
      await page.shows("the frame is ready", "(window.isReady === true)");
      // High enough for the answer and the rows below it.
      await page.shows("the frame has its height", `(document.querySelector("yizhan-stations > iframe").clientHeight > 400)`);
    } finally {
      await host.close();
    }
  },
};

async function answersWithoutServer(page, server) {
  for (const fragment of [AT, "#at=113.55,34.81&open=any", AT.replace("zh-CN", "en")]) {
    await page.open(server.url + fragment);
    await page.answers(`without the server: ${fragment}`);
  }
  await page.open(`${server.url}#station=anting-relay-1`);
  await page.screen("station");
}

// ---- run -----------------------------------------------------------------------

let display;
if (!process.env.DISPLAY && onPath("Xvfb")) {
  // Xvfb chooses a free display number, and writes it to file descriptor 3.
  display = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "800x900x24"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const [number] = await once(display.stdio[3], "data");
  process.env.DISPLAY = `:${number.toString().trim()}`;
}
let passed = 0;
let failed = 0;
const missing = [];
for (const engine of ENGINES) {
  if (!engine.isThere) {
    missing.push(engine.name);
    continue;
  }
  for (const [name, check] of Object.entries(CHECKS)) {
    const server = await serve(dist);
    let session;
    try {
      session = await engine.start();
      await check(new Page(session), server, engine);
      passed += 1;
      console.log(`ok   ${engine.name}: ${name}`);
    } catch (error) {
      failed += 1;
      console.error(`FAIL ${engine.name}: ${name}: ${error.message}`);
    } finally {
      await session?.end().catch(() => {});
      await server.close();
    }
  }
}
display?.kill();
for (const name of missing) console.error(`LEFT OUT: ${name} is not installed on this machine (see .ci/browser.sh)`);
console.log(`engines: ${passed} passed, ${failed} failed, ${missing.length} engines left out`);
process.exit(failed > 0 || (process.env.CI && missing.length > 0) ? 1 : 0);
