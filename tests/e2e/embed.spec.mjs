// The page embedded in host pages of another origin.

import { axe } from "./axe.mjs";
import { LUNCH, expect, test as base } from "./nearby.mjs";
import { SQUARE, SQUARE_GCJ02, serveHost, stationsFor } from "./host.mjs";

// A host, listed in the dataset, to which tests add pages; the clock is at lunch time.
const test = base.extend({
  host: async ({ server, page }, use) => {
    const host = await serveHost();
    server.deploy("dist", stationsFor([host.origin]));
    server.setClock(LUNCH);
    await page.clock.setFixedTime(LUNCH);
    await use(host);
    await host.close();
  },
});

// A host page with this body. It records the messages of its frames in `window.heard`.
const html = (server, body, script = `<script src="${server.url}embed.js"></script>`) => `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>工会</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script>
  window.heard = [];
  addEventListener("message", ({ data, origin }) => window.heard.push({ data, origin }));
  window.events = [];
  for (const name of ["ready", "locate", "navigate", "share"])
    addEventListener("yizhan-" + name, (event) => {
      window.events.push({ name, detail: event.detail });
      if (window.takes?.includes(name)) event.preventDefault();
    });
</script>${script}</head><body><h1>工会的网页</h1>${body}<p id="below">下面的话</p></body></html>`;

const AT = `at="${SQUARE.lon},${SQUARE.lat}" crs="wgs84"`;
const inside = (page, index = 0) => page.frameLocator("iframe").nth(index);
const hero = (page, index) => inside(page, index).locator("[data-hero]");
const root = (page, index) => inside(page, index).locator("html");
const heard = (page, type) =>
  page.evaluate((type) => window.heard.map(({ data }) => data).filter((data) => data.type === type), type);

async function show(page, host, body, script) {
  host.pages["/"] ??= () => body;
  await page.goto(host.url);
}

test("the element becomes a frame as high as the page, without a jump or a step back", async ({ page, host, server }) => {
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await show(page, host, html(server, `<yizhan-stations season="cool" ${AT}></yizhan-stations>`));
  await expect(hero(page)).toContainText("广场站");
  const frame = page.locator("yizhan-stations > iframe");
  await expect(frame).toHaveAttribute("title", /驿站/);
  await expect(frame).toHaveAttribute("allow", /geolocation/);
  // The frame is as high as its content.
  const height = () => root(page).locator("body").evaluate((body) => Math.ceil(body.getBoundingClientRect().height));
  const follows = async () =>
    expect.poll(async () => (await frame.evaluate((element) => element.style.height)) === `${await height()}px`).toBe(true);
  await follows();
  expect(await page.evaluate(() => window.shift)).toBeLessThan(0.02);
  // No brand and no bottom bar: the host page has its own header.
  await expect(inside(page).locator(".brand, nav.bottom-bar")).toHaveCount(0);

  const steps = await page.evaluate(() => history.length);
  await inside(page).locator(".station-list [data-station]").first().click();
  await expect(root(page)).toHaveAttribute("data-screen", "station");
  await follows();
  await inside(page).getByRole("link", { name: "返回" }).click();
  await expect(root(page)).toHaveAttribute("data-screen", "answer");
  await inside(page).getByRole("link", { name: "筛选" }).click();
  await expect(inside(page).getByRole("dialog")).toBeVisible();
  await follows();
  await inside(page).getByRole("link", { name: "看结果" }).click();
  await expect(hero(page)).toBeVisible();
  expect(await page.evaluate(() => history.length)).toBe(steps);
});

test("a frame that nobody sees yet hears its host, also on a later visit", async ({ page, host, server }) => {
  // A host on the same site: on other sites this browser blocks the frame's storage.
  const near = host.url.replace("localhost", "127.0.0.1");
  server.deploy("dist", stationsFor([new URL(near).origin]));
  host.pages["/"] = () => html(server, `<div style="height: 3000px"></div><yizhan-stations></yizhan-stations>`);
  await page.goto(near);
  await expect(root(page)).toHaveAttribute("data-edition", /.+/);
  const kept = () => root(page).evaluate(() => globalThis.yizhanStore.names());
  await expect.poll(kept).toContain("manifest.yz");

  // Some browsers run no animation frames in an iframe that is out of sight.
  await page.addInitScript(() => {
    if (window !== parent) window.requestAnimationFrame = () => 0;
  });
  await page.reload();

  await expect.poll(() => heard(page, "ready")).not.toEqual([]);
  await page.evaluate((position) => document.querySelector("yizhan-stations").setPosition({ ...position, accuracy_m: 30 }), SQUARE);
  await expect(hero(page)).toContainText("广场站");
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

test("a plain element will do, and a height of its own stays", async ({ page, host, server }) => {
  await show(page, host, html(server, `<div data-yizhan data-season="warm" data-height="500" data-at="${SQUARE_GCJ02.lon},${SQUARE_GCJ02.lat}" data-crs="gcj02"></div>`));
  await expect(hero(page)).toContainText("广场站");
  await expect(root(page)).toHaveAttribute("data-season", "warm");
  expect(await page.locator("iframe").evaluate((frame) => frame.offsetHeight)).toBe(500);
});

for (const [name, position] of [["WGS-84", SQUARE], ["GCJ-02", SQUARE_GCJ02]]) {
  test(`a position that a listed host hands over on ${name} gives the same first station`, async ({ page, host, server }) => {
    await show(page, host, html(server, `<yizhan-stations></yizhan-stations>`));
    await page.evaluate((position) => document.querySelector("yizhan-stations").setPosition({ ...position, accuracy_m: 30 }), position);
    await expect(hero(page)).toContainText("广场站");
    // The position counts as the rider's, and not as the place of a link.
    await expect(inside(page).getByRole("link", { name: "我的位置，换个地方" })).toBeVisible();
    expect(Number(await hero(page).getAttribute("data-distance-m"))).toBeLessThan(30);
  });
}

test("a position without its reference system is refused, by the tag and by the page", async ({ page, host, server }) => {
  const warnings = [];
  page.on("console", (message) => warnings.push(message.text()));
  await show(page, host, html(server, `<yizhan-stations at="121.4737,31.2304"></yizhan-stations>`));
  await expect(root(page)).toHaveAttribute("data-screen", "first-visit");
  await expect.poll(() => warnings.join()).toContain("`at` needs `crs`");
  const refused = await page.evaluate(() => {
    try {
      document.querySelector("yizhan-stations").setPosition({ lon: 121.4, lat: 31.2 });
      return "";
    } catch (error) {
      return error.message;
    }
  });
  expect(refused).toContain("gcj02");
  await expect.poll(() => heard(page, "ready")).toHaveLength(1);
  await page.evaluate((origin) => {
    const frame = document.querySelector("iframe").contentWindow;
    frame.postMessage({ yizhan: 1, type: "position", lon: 121.4737, lat: 31.2304 }, origin);
    frame.postMessage({ yizhan: 1, type: "season", season: "warm" }, origin);
  }, server.url);
  await expect(root(page)).toHaveAttribute("data-season", "warm");
  await expect(root(page)).toHaveAttribute("data-screen", "first-visit");
  await expect.poll(() => warnings.join()).toContain("position not understood");
});

test("go there: a listed host receives the station, and may show the way itself", async ({ page, host, server }) => {
  await show(page, host, html(server, `<yizhan-stations ${AT}></yizhan-stations>`));
  // Before the application has taken over, the link opens the map.
  await expect(root(page)).toHaveAttribute("data-live", "");
  await page.evaluate(() => (window.takes = ["navigate"]));
  await hero(page).getByRole("link", { name: "去这里" }).click();
  await expect.poll(() => page.evaluate(() => window.events.find((event) => event.name === "navigate")?.detail.name)).toBe("广场站");
  const [{ station }] = await heard(page, "navigate");
  expect(station).toMatchObject({ id: "square", address: "人民大道1号", phone: "021-12345678", crs: "wgs84" });
  expect(station.lon).toBeCloseTo(121.4738, 4);
  expect(station.gcj02.lon - station.lon).toBeGreaterThan(0.004);
  expect(station.map).toContain("https://uri.amap.com/navigation?to=");
  expect(station.link).toBe(`${server.url}#station=square`);
  // The links to maps are shown in case nothing opens.
  await expect(root(page)).toHaveAttribute("data-screen", "station");
  await expect(inside(page).getByRole("link", { name: "腾讯地图" })).toBeVisible();
  expect(page.url()).toBe(host.url);
});

test("go there: a host that does nothing about it is left for the map", async ({ page, host, server }) => {
  await page.route("https://uri.amap.com/**", (route) => route.fulfill({ body: "map", contentType: "text/html" }));
  await show(page, host, html(server, `<yizhan-stations ${AT}></yizhan-stations>`));
  await hero(page).getByRole("link", { name: "去这里" }).click();
  await expect(page).toHaveURL(/^https:\/\/uri\.amap\.com\/navigation\?to=121\.478/);
});

test("hand on: a listed host receives the station and its link", async ({ page, host, server }) => {
  await show(page, host, html(server, `<yizhan-stations station="square"></yizhan-stations>`));
  await page.evaluate(() => (window.takes = ["share"]));
  await inside(page).getByRole("button", { name: "转发" }).click();
  await expect.poll(() => heard(page, "share")).toHaveLength(1);
  const [{ station }] = await heard(page, "share");
  expect(station.link).toBe(`${server.url}#station=square`);
});

test("messages from a page that is not listed change nothing and get nothing", async ({ page, host, server }) => {
  server.deploy("dist", stationsFor(["https://another.example"]));
  await page.route("https://uri.amap.com/**", (route) => route.fulfill({ body: "map", contentType: "text/html" }));
  await show(page, host, html(server, `<yizhan-stations season="cool" ${AT} height="700"></yizhan-stations>`));
  await expect(hero(page)).toContainText("广场站");
  await root(page).evaluate(() => {
    globalThis.received = 0;
    addEventListener("message", () => (globalThis.received += 1));
  });
  await page.evaluate((origin) => {
    const frame = document.querySelector("iframe").contentWindow;
    for (const message of [
      { type: "position", lon: 121.48, lat: 31.24, crs: "wgs84" },
      { type: "season", season: "warm" },
      { type: "theme", theme: "dark" },
    ]) frame.postMessage({ yizhan: 1, ...message }, origin);
  }, server.url);
  await expect.poll(() => root(page).evaluate(() => globalThis.received)).toBe(3);
  // Later renders still show the state before the messages.
  await inside(page).getByRole("link", { name: "筛选" }).click();
  await inside(page).getByRole("link", { name: "看结果" }).click();
  await expect(hero(page)).toContainText("广场站");
  await expect(root(page)).toHaveAttribute("data-season", "cool");
  await expect(root(page)).not.toHaveAttribute("data-theme", "dark");
  expect(await page.evaluate(() => window.heard)).toEqual([]);
  await hero(page).getByRole("link", { name: "去这里" }).click();
  await expect(page).toHaveURL(/^https:\/\/uri\.amap\.com/);
});

test("where nobody is listed any page shows it, and learns its height only", async ({ page, host, server }) => {
  server.deploy("dist", stationsFor([]));
  await show(page, host, html(server, `<yizhan-stations season="warm" ${AT}></yizhan-stations>`));
  await expect(hero(page)).toContainText("广场站");
  await page.evaluate(() => {
    document.querySelector("yizhan-stations").setAttribute("season", "cool");
    document.querySelector("yizhan-stations").setPosition({ lon: 121.48, lat: 31.24, crs: "wgs84" });
  });
  await expect(root(page)).toHaveAttribute("data-season", "cool");
  await expect(hero(page)).toContainText("广场站");
  const types = await page.evaluate(() => [...new Set(window.heard.map(({ data }) => data.type))].sort());
  expect(types.filter((type) => !["height", "ready", "top"].includes(type))).toEqual([]);
});

test("ten thousand messages of nonsense do no harm, and the next good one is heard", async ({ page, host, server }) => {
  const errors = [];
  page.on("pageerror", (error) => errors.push(error));
  await show(page, host, html(server, `<yizhan-stations></yizhan-stations>`));
  await expect.poll(() => heard(page, "ready")).toHaveLength(1);
  await page.evaluate((origin) => {
    const frame = document.querySelector("iframe").contentWindow;
    const nonsense = [
      null, 1, "yizhan", [], {}, { yizhan: 2, type: "position" }, { yizhan: 1 }, { yizhan: 1, type: "__proto__" },
      { yizhan: 1, type: "constructor" }, { yizhan: 1, type: "position", lon: "121", lat: {}, crs: 5 },
      { yizhan: 1, type: "position", lon: NaN, lat: Infinity, crs: "gcj02" },
      { yizhan: 1, type: "position", lon: 999, lat: 999, crs: "gcj02" },
      { yizhan: 1, type: "position", lon: 121.4, lat: 31.2, crs: "mars&view=privacy" },
      { yizhan: 1, type: "season", season: "cool&station=third" }, { yizhan: 1, type: "theme", theme: "<b>" },
      { yizhan: 1, type: "navigate", station: { map: "https://evil.example/" } },
    ];
    for (let i = 0; i < 10_000; i++) frame.postMessage(nonsense[i % nonsense.length], origin);
  }, server.url);
  await page.evaluate((position) => document.querySelector("yizhan-stations").setPosition(position), SQUARE_GCJ02);
  await expect(hero(page)).toContainText("广场站");
  await expect(inside(page).getByText("看不懂")).toHaveCount(0);
  expect(errors).toEqual([]);
});

test("nonsense from the frame's place does no harm to the host", async ({ page, host, server }) => {
  host.pages["/evil"] = () => `<script>
    for (const data of [null, { yizhan: 1, type: "height", px: 1e9 }, { yizhan: 1, type: "navigate", station: { id: "x", map: "javascript:alert(1)", link: "https://x" } },
      { yizhan: 1, type: "navigate", station: null }, { yizhan: 1, type: "height", px: "900" }]) parent.postMessage(data, "*");
    parent.postMessage("done", "*");
  </script>`;
  await show(page, host, html(server, `<yizhan-stations ${AT}></yizhan-stations><iframe src="/evil"></iframe>`));
  await expect(hero(page)).toContainText("广场站");
  await expect.poll(() => page.evaluate(() => window.heard.some(({ data }) => data === "done"))).toBe(true);
  await expect.poll(() => page.evaluate(() => window.events.map(({ name }) => name))).toEqual(["ready"]);
  expect(page.url()).toBe(host.url);
});

test("two elements on one page do not affect each other", async ({ page, host, server }) => {
  await show(page, host, html(server, `<yizhan-stations season="cool" ${AT}></yizhan-stations><yizhan-stations season="warm" loading="eager"></yizhan-stations>`));
  await expect(hero(page, 0)).toContainText("广场站");
  await expect(root(page, 1)).toHaveAttribute("data-season", "warm");
  await expect(root(page, 1)).toHaveAttribute("data-screen", "first-visit");
  await page.evaluate(() => {
    window.removed = document.querySelector("yizhan-stations");
    window.removed.remove();
  });
  await expect(page.locator("iframe")).toHaveCount(1);
  await page.evaluate((position) => document.querySelector("yizhan-stations").setPosition(position), SQUARE_GCJ02);
  await expect(hero(page)).toContainText("广场站");
  await expect(root(page)).toHaveAttribute("data-season", "warm");
  // An element that is put back starts anew.
  await page.evaluate(() => document.body.append(window.removed));
  await expect(hero(page, 1)).toContainText("广场站");
  await expect(root(page, 1)).toHaveAttribute("data-season", "cool");
});

test("a host with a strict content policy shows it", async ({ page, host, server }) => {
  const origin = server.url.slice(0, -1);
  const policy = `default-src 'none'; script-src ${origin}; frame-src ${origin}`;
  const violations = [];
  page.on("console", (message) => /Content Security Policy/.test(message.text()) && violations.push(message.text()));
  host.pages["/"] = () => ({
    body: `<!DOCTYPE html><html lang="zh-CN"><title>工会</title><script src="${server.url}embed.js"></script><yizhan-stations ${AT}></yizhan-stations>`,
    headers: { "content-security-policy": policy },
  });
  await page.goto(host.url);
  await expect(hero(page)).toContainText("广场站");
  const frame = page.locator("iframe");
  expect(await frame.evaluate((element) => [element.offsetWidth === element.parentNode.clientWidth, getComputedStyle(element).borderTopWidth])).toEqual([true, "0px"]);
  expect(violations).toEqual([]);
});

test("a host that forbids the position: the page says so, and opens on its own", async ({ page, host, server, context }) => {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ longitude: SQUARE.lon, latitude: SQUARE.lat });
  host.pages["/"] = () => html(server, `<iframe src="${server.url}#embed=1&season=cool" style="width:100%;height:700px"></iframe>`, "");
  await page.goto(host.url);
  await expect(root(page)).toHaveAttribute("data-edition", /.+/);
  await inside(page).getByRole("button", { name: "找最近的" }).click();
  // The host is listed, so the page waits for its answer.
  await expect(inside(page).getByText("正在找你的位置")).toBeVisible();
  await page.evaluate((origin) => {
    document.querySelector("iframe").contentWindow.postMessage({ yizhan: 1, type: "no-position" }, origin);
  }, server.url);
  await expect(inside(page).getByText("这个网页没让驿站定位")).toBeVisible();
  await inside(page).getByRole("link", { name: "单独打开" }).click();
  await expect(page).toHaveURL(new RegExp(`^${server.url}`));
  await expect(page.locator("html")).not.toHaveAttribute("data-embed", "");
  await context.setGeolocation({ longitude: SQUARE.lon, latitude: SQUARE.lat });
  await page.getByRole("button", { name: "找最近的" }).click();
  await expect(page.locator("[data-hero]")).toContainText("广场站");
});

test("a host that is not listed and forbids the position: the page says so at once", async ({ page, host, server }) => {
  server.deploy("dist", stationsFor([]));
  host.pages["/"] = () => html(server, `<iframe src="${server.url}#embed=1" style="width:100%;height:700px"></iframe>`, "");
  await page.goto(host.url);
  await inside(page).getByRole("button", { name: "找最近的" }).click();
  await expect(inside(page).getByText("这个网页没让驿站定位")).toBeVisible();
  await expect(inside(page).getByRole("link", { name: "选个地方" })).toBeVisible();
});

test("a frame that may ask the device does so, and follows the rider", async ({ page, host, server, context }) => {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ longitude: SQUARE.lon, latitude: SQUARE.lat });
  await show(page, host, html(server, `<yizhan-stations></yizhan-stations>`));
  await inside(page).getByRole("button", { name: "找最近的" }).click();
  await expect(hero(page)).toContainText("广场站");
});

test("colours, text size and language of the host are taken over", async ({ page, host, server }) => {
  host.pages["/"] = () =>
    html(server, `<yizhan-stations theme="dark" ${AT}></yizhan-stations>`).replace('lang="zh-CN"', 'lang="en" style="font-size: 24px"');
  await page.goto(host.url);
  await expect(root(page)).toHaveAttribute("data-theme", "dark");
  await expect(root(page)).toHaveAttribute("lang", "en");
  expect(await root(page).evaluate((element) => element.style.getPropertyValue("--user-scale"))).toBe("1.50");
  await page.evaluate(() => document.querySelector("yizhan-stations").setAttribute("theme", "sunlight"));
  await expect(root(page)).toHaveAttribute("data-theme", "sunlight");
  await page.evaluate(() => document.querySelector("yizhan-stations").setAttribute("lang", "zh-CN"));
  await expect(root(page)).toHaveAttribute("lang", "zh-CN");
});

test("the builder shows what it builds, and the tag works elsewhere", async ({ page, host, server, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${server.url}embed/`);
  await page.getByLabel("季节").selectOption("warm");
  await page.getByLabel("打开时先看").selectOption({ label: "测试 " });
  await expect(root(page)).toHaveAttribute("data-screen", "district");
  await expect(root(page)).toHaveAttribute("data-season", "warm");
  await page.getByRole("button", { name: /复制/ }).click();
  await expect(page.getByRole("status")).toContainText("复制好了");
  const tag = await page.evaluate(() => navigator.clipboard.readText());
  expect(tag).toContain(`src="${server.url}embed.js"`);
  expect(tag).toContain('area="测试/"');
  expect(await axe(page)).toEqual([]);
  host.pages["/"] = () => html(server, tag, "");
  await page.goto(host.url);
  await expect(root(page)).toHaveAttribute("data-screen", "district");
  await expect(inside(page).locator("[data-station]")).toHaveCount(3);
});
