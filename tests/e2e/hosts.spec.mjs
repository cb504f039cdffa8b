// Checks what docs/hosting.md says about nginx, Caddy and hosts that read `_headers`.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { HOST_NAMES, isInstalled, startHost } from "./hosts.mjs";
import { expect, test as base } from "./nearby.mjs";
import { PublishPage, unzip } from "./publish.mjs";
import { AT, edition } from "./releases.mjs";

const START_PAGE = "max-age=600, stale-while-revalidate=86400, stale-if-error=2592000";
const IMMUTABLE = "public, max-age=31536000, immutable";

const [OLD, NEW] = [edition("2026-07-13", "甲"), edition("2026-07-14", "乙")];

// Starts web servers, and stops them when the test ends, however it ends.
const test = base.extend({
  start: async ({}, use) => {
    const running = [];
    await use(async (name, data, subFolder) => {
      const root = webRoot(data);
      const host = await startHost(name, root, subFolder);
      let isStopped = false;
      const stop = async () => {
        if (!isStopped) await host.stop();
        isStopped = true;
      };
      running.push(async () => {
        await stop();
        rmSync(root, { recursive: true });
      });
      return { url: host.url, root, stop };
    });
    for (const end of running) await end();
  },
});

/** A web root with the page in it, and again in a sub-folder. */
function webRoot(data) {
  const root = mkdtempSync(join(tmpdir(), "yizhan-root-"));
  for (const folder of [root, join(root, "stations")]) {
    cpSync("dist", folder, { recursive: true });
    rmSync(join(folder, "data"), { recursive: true });
    mkdirSync(join(folder, "data"));
    cpSync(data, join(folder, "data"), { recursive: true });
  }
  return root;
}

/** One file of each kind: path, type, Cache-Control, and whether there are compressed copies. */
function kinds(root) {
  const named = (folder, pattern) => readdirSync(join(root, folder)).find((name) => pattern.test(name));
  return [
    ["", "text/html; charset=utf-8", START_PAGE, true],
    ["index.html", "text/html; charset=utf-8", START_PAGE, true],
    [named("", /^boot-.*\.js$/), "text/javascript; charset=utf-8", IMMUTABLE, true],
    [named("", /^web_bg-.*\.wasm$/), "application/wasm", IMMUTABLE, true],
    [`data/${named("data", /^cell-.*\.yz$/)}`, "application/octet-stream", IMMUTABLE, true],
    ["data/manifest.yz", "application/octet-stream", "no-cache", true],
    ["data/stations.csv", "text/csv; charset=utf-8", "no-cache", true],
    ["data/stations.geojson", /^application\/geo\+json/, "no-cache", true],
    ["manifest.webmanifest", /^application\/manifest\+json/, "no-cache", true],
    ["sw.js", "text/javascript; charset=utf-8", "no-cache", true],
    ["embed.js", "text/javascript; charset=utf-8", "no-cache", true],
    ["embed/", "text/html; charset=utf-8", "no-cache", true],
    ["app-icon.svg", /^image\/svg\+xml/, "no-cache", true],
    ["app-icon-180.png", "image/png", "no-cache", false],
  ];
}

/** Status and headers as sent; `fetch` would decode the body and hide some headers. */
const heads = (url, encoding) =>
  new Promise((answered, failed) => {
    const headers = encoding ? { "accept-encoding": encoding } : {};
    request(url, { headers }, (response) => {
      response.resume().on("end", () => answered({ status: response.statusCode, ...response.headers }));
    })
      .on("error", failed)
      .end();
  });

for (const name of HOST_NAMES) {
  test.describe(name, () => {
    test.skip(!isInstalled(name) && !process.env.CI, `${name} is not installed (see .ci/browser.sh)`);

    test(`${name} serves what /publish/ made of a sheet, and the rider's page answers from it`, async ({ page, start }) => {
      const host = await start(name, OLD, "");
      const publish = new PublishPage(page, host.url);
      await publish.open();
      await publish.drop("名单.csv", "编号,名称,地址,经度,纬度,开放时间\na,黄浦测试站,测试路1号,121.4870,31.2370,24小时\n");
      await publish.chooseDatum();
      await page.getByRole("checkbox", { name: /不见了/ }).check();
      for (const [path, bytes] of unzip(await publish.download(publish.take))) writeFileSync(join(host.root, path), bytes);
      await page.goto(`${host.url}#at=121.4872,31.2371`);
      await expect(page.locator("[data-hero]")).toContainText("黄浦测试站");
    });

    for (const folder of ["", "stations/"]) {
      test(`${name} sends every header of docs/hosting.md, page in /${folder}`, async ({ start }) => {
        const host = await start(name, OLD, folder);
        for (const [path, type, cacheControl, isCompressed] of kinds(host.root)) {
          for (const encoding of ["", "gzip", "br", "gzip, br"]) {
            const answer = await heads(host.url + folder + path, encoding);
            const what = `/${folder}${path} (${encoding || "plain"})`;
            expect(answer.status, what).toBe(200);
            expect(answer["content-type"], what).toMatch(type);
            expect(answer["cache-control"], what).toBe(cacheControl);
            expect(answer["referrer-policy"], what).toBe("no-referrer");
            expect(answer["x-content-type-options"], what).toBe("nosniff");
            expect(answer["content-security-policy"], what).toBe("frame-ancestors *");
            expect(answer["x-frame-options"], what).toBeUndefined();
            if (!isCompressed) continue;
            expect(answer["content-encoding"], what).toBe(encoding === "" ? undefined : encoding.includes("br") ? "br" : "gzip");
            expect(answer.vary?.toLowerCase(), what).toBe("accept-encoding");
          }
        }
        // Errors must not be cached: the file may exist tomorrow.
        for (const path of ["no-such-file.js", "boot-0000000000000000.js", "data/"]) {
          const answer = await heads(host.url + folder + path);
          expect(answer.status, path).toBeGreaterThanOrEqual(403);
          expect(answer["cache-control"] ?? "no-cache", path).toBe("no-cache");
        }
      });

      test(`${name} stopped: the page in /${folder} answers`, async ({ page, start }) => {
        const host = await start(name, OLD, folder);
        const url = host.url + folder;
        await page.goto(url + AT);
        await expect(page.locator("[data-hero]")).toContainText("甲一站");
        await page.evaluate(() => navigator.serviceWorker.ready);
        await expect.poll(() => page.evaluate(async () => (await globalThis.yizhanStore.names()).length)).toBe(4);
        await host.stop();
        for (const fragment of [AT, "#station=far"]) {
          await page.goto("about:blank");
          await page.goto(url + fragment);
          await expect(page.locator("[data-station]").first()).toBeVisible();
        }
        await page.reload();
        await expect(page.locator("[data-station]").first()).toContainText("测试郑州站");
      });
    }

    test(`${name}: new stations copied over the old ones reach who was here and who was not`, async ({ page, browser, start }) => {
      const host = await start(name, OLD);
      await page.goto(host.url + AT);
      const hero = page.locator("[data-hero]");
      await expect(hero).toContainText("甲一站");
      await expect.poll(() => page.evaluate(async () => (await globalThis.yizhanStore.names()).length)).toBe(4);

      monthlyUpdate(NEW, host.root);

      await page.goto("about:blank");
      await page.goto(host.url + AT);
      await expect(hero).toContainText("乙一站");
      const newcomer = await browser.newPage();
      await newcomer.goto(host.url + AT);
      await expect(newcomer.locator("[data-hero]")).toContainText("乙一站");
      await newcomer.close();
    });
  });
}

/** Runs the update script of docs/hosting.md in the folder that holds the sheets of `data`. */
function monthlyUpdate(data, site) {
  const guide = readFileSync("docs/hosting.md", "utf8");
  const [, script] = /<!-- monthly update -->\s+```sh\n([^]*?)```/.exec(guide);
  const folder = mkdtempSync(join(tmpdir(), "yizhan-month-"));
  const env = { ...process.env, PATH: `${resolve("target/debug")}:${process.env.PATH}`, NEW: join(folder, "new"), SITE: site };
  execFileSync("sh", ["-euc", script], { cwd: dirname(data), env, stdio: "ignore" });
  rmSync(folder, { recursive: true });
}

// ---- hosts that read `_headers` ------------------------------------------------

/** The rules of `_headers`: a path, in which * matches anything, and its headers. */
function headerRules() {
  const rules = [];
  for (const line of readFileSync("docs/hosts/_headers", "utf8").split("\n")) {
    if (line.startsWith("/")) rules.push({ path: line.trim(), headers: {} });
    const [, key, value] = /^ {2}([\w-]+): (.+)$/.exec(line) ?? [];
    if (key) rules.at(-1).headers[key.toLowerCase()] = value;
  }
  return rules;
}

// A path has at most one star.
function matches({ path }, name) {
  const [start, end] = path.split("*");
  return end === undefined ? name === path : name.startsWith(start) && name.endsWith(end);
}

test("_headers gives each file its headers, and none twice", () => {
  const rules = headerRules();
  const root = webRoot(OLD);
  for (const [path, type, cacheControl] of kinds(root)) {
    const found = {};
    for (const { headers } of rules.filter((rule) => matches(rule, `/${path}`))) {
      for (const [key, value] of Object.entries(headers)) {
        // Of two values, some of these hosts join both, others take the last.
        expect(found[key], `${key} of /${path}`).toBeUndefined();
        found[key] = value;
      }
    }
    // Without a rule these hosts let the browser revalidate each time.
    expect(found["cache-control"] ?? "no-cache", path).toBe(cacheControl);
    expect(found["referrer-policy"], path).toBe("no-referrer");
    expect(found["x-content-type-options"], path).toBe("nosniff");
    // The file leaves out types that every host knows.
    if (found["content-type"]) expect(found["content-type"], path).toMatch(type);
    else expect(path, "a type that not every host knows").toMatch(/(^|\/|\.(html|js|svg|png))$/);
  }
  rmSync(root, { recursive: true });
});
