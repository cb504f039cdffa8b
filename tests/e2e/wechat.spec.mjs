// In WeChat: the two examples, and the page on its own, with a stand-in for `wx`.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import vm from "node:vm";
import { LUNCH, expect, test as base } from "./nearby.mjs";
import { SQUARE, SQUARE_GCJ02, serveHost, stationsFor } from "./host.mjs";
import { miniProgram, wechatScript } from "./wechat.mjs";

const ANDROID = "Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.7444.173 Mobile Safari/537.36 XWEB/1420045 MMWEBSDK/20250904 MicroMessenger/8.0.66.2980 WeChat/arm64 Language/zh_CN";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.66(0x18004231) NetType/WIFI Language/zh_CN";
const MINI_PROGRAM = `${ANDROID} miniProgram/wx0123456789abcdef`;

const test = base.extend({
  // The union's page from examples/wechat-h5, with the stand-in.
  union: async ({ server, page }, use) => {
    const host = await serveHost();
    server.deploy("dist", stationsFor([host.origin]));
    server.setClock(LUNCH);
    await page.clock.setFixedTime(LUNCH);
    const example = (name) => readFileSync(`examples/wechat-h5/${name}`, "utf8");
    host.signed = [];
    host.wechat = {};
    host.pages["/"] = () =>
      example("index.html")
        .replace("https://res.wx.qq.com/open/js/jweixin-1.6.0.js", "/jweixin.js")
        .replace("https://yizhan.example/", server.url);
    const script = (body) => ({ body, type: "text/javascript" });
    host.pages["/wechat.js"] = () => script(example("wechat.js"));
    host.pages["/jweixin.js"] = () => script(wechatScript(host.wechat));
    host.pages["/wechat/signature"] = (request) => {
      host.signed.push(new URL(request.url, host.origin).searchParams.get("url"));
      const body = JSON.stringify({ appId: "wx0", timestamp: 1, nonceStr: "n", signature: "s" });
      return { body, type: "application/json" };
    };
    await page.route("https://uri.amap.com/**", (route) => route.fulfill({ body: "map", contentType: "text/html" }));
    await use(host);
    await host.close();
  },
});

const inside = (page) => page.frameLocator("iframe");
const hero = (page) => inside(page).locator("[data-hero]");
// The list of hosts that may send a position is in the dataset, so the page must have loaded it.
const listens = (page) => expect(inside(page).locator("html")).toHaveAttribute("data-edition", /.+/);
const asked = (page, name) => page.evaluate((name) => window.asked.filter(({ call }) => call === name), name);

for (const [phone, userAgent, wechat] of [
  ["Android", ANDROID, {}],
  ["an iPhone whose first answer is a refusal", IPHONE, { refusesFirst: true }],
]) {
  test.describe(`the example for WeChat pages on ${phone}`, () => {
    test.use({ userAgent });

    test("asks WeChat after the tap, and opens WeChat's map at the right spot", async ({ page, union }) => {
      union.wechat = wechat;
      await page.goto(`${union.url}?from=menu`);
      const find = inside(page).getByRole("button", { name: "找最近的" });
      await listens(page);
      expect(await asked(page, "getLocation")).toEqual([]);
      await find.click();
      await expect(hero(page)).toContainText("广场站");
      // The signature is for the address without its fragment.
      expect(union.signed).toEqual([`${union.url}?from=menu`]);
      expect((await asked(page, "getLocation"))[0].type).toBe("gcj02");
      await hero(page).getByRole("link", { name: "去这里" }).click();
      await expect.poll(() => asked(page, "openLocation")).toHaveLength(1);
      const [{ latitude, longitude, name, address }] = await asked(page, "openLocation");
      expect(latitude).toBeCloseTo(SQUARE_GCJ02.lat, 3);
      expect(longitude).toBeCloseTo(SQUARE_GCJ02.lon, 3);
      expect([name, address]).toEqual(["广场站", "人民大道1号"]);
      expect(page.url()).toBe(`${union.url}?from=menu`);
    });
  });
}

test.describe("the example for WeChat pages", () => {
  test.use({ userAgent: ANDROID });

  test("where WeChat refuses, the page says so and lets the rider choose", async ({ page, union }) => {
    union.wechat = { refuses: true };
    await page.goto(union.url);
    await listens(page);
    await inside(page).getByRole("button", { name: "找最近的" }).click();
    await expect(inside(page).getByText("没拿到位置")).toBeVisible();
    await expect(inside(page).getByRole("link", { name: "选个地方" })).toBeVisible();
  });

  test("where the signature is wrong, the link opens the map", async ({ page, union }) => {
    union.wechat = { isUnsigned: true };
    await page.goto(union.url);
    await inside(page).getByRole("link", { name: "测试 3 处" }).click();
    await inside(page).getByRole("link", { name: /广场站/ }).click();
    await inside(page).getByRole("link", { name: "去这里" }).click();
    await expect(page).toHaveURL(/^https:\/\/uri\.amap\.com/);
  });
});

test("the example for WeChat pages, in another browser, asks the device for the position", async ({ page, union, context }) => {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ longitude: SQUARE.lon, latitude: SQUARE.lat });
  await page.goto(union.url);
  await listens(page);
  await inside(page).getByRole("button", { name: "找最近的" }).click();
  await expect(hero(page)).toContainText("广场站");
  await hero(page).getByRole("link", { name: "去这里" }).click();
  await expect(page).toHaveURL(/^https:\/\/uri\.amap\.com/);
});

// ---- the mini-program --------------------------------------------------------------

// Runs a page of the example. Returns the methods that it defines, which WeChat would call.
function miniProgramPage(name, { wx }) {
  const file = `examples/wechat-miniprogram/pages/${name}/${name}.js`;
  let defined;
  const require = createRequire(`${process.cwd()}/${file}`);
  vm.runInNewContext(readFileSync(file, "utf8"), { wx, require, Page: (definition) => (defined = definition) });
  const data = { ...defined.data };
  return Object.assign(Object.create(defined), { data, setData: (changes) => Object.assign(data, changes) });
}

const ADDRESS = "https://yizhan.example/";

test("the mini-program finds the rider itself, after one refusal, and opens the page there", async ({ page, server }) => {
  server.deploy("dist", stationsFor([]));
  const program = miniProgram({ located: [null, SQUARE_GCJ02], fontSizeScaleFactor: 1.4 });
  const stations = miniProgramPage("stations", program);
  expect(program.calls).toEqual([]);
  stations.find();
  expect(program.calls.map(({ call, type }) => [call, type])).toEqual([["getLocation", "gcj02"], ["getLocation", "gcj02"]]);
  const { src } = stations.data;
  expect(src.startsWith(`${ADDRESS}#`)).toBe(true);
  // Chinese that is not encoded gives a white screen on iPhones.
  expect(src).toMatch(/^[\x21-\x7e]+$/);
  await page.clock.setFixedTime(LUNCH);
  await page.goto(src.replace(ADDRESS, server.url));
  await expect(page.locator("[data-hero]")).toContainText("广场站");
  expect(Number(await page.locator("[data-hero]").getAttribute("data-distance-m"))).toBeLessThan(30);
  expect(await page.evaluate(() => document.documentElement.style.getPropertyValue("--user-scale"))).toBe("1.40");
});

test("the mini-program without a position opens the place picker", async ({ page, server }) => {
  server.deploy("dist", stationsFor([]));
  const stations = miniProgramPage("stations", miniProgram({ located: [null, null] }));
  stations.find();
  await page.goto(stations.data.src.replace(ADDRESS, server.url));
  await expect(page.locator("html")).toHaveAttribute("data-screen", "pick");
});

test.describe("the page in a mini-program", () => {
  test.use({ userAgent: MINI_PROGRAM });

  for (const script of ["WeChat's script", "nothing but WeChat's bridge"]) {
    test(`go there leads to the mini-program's own page, with ${script}`, async ({ page, server }) => {
      server.deploy("dist", stationsFor([]));
      await page.addInitScript((script) => {
        window.gone = [];
        if (script === "WeChat's script") window.wx = { miniProgram: { navigateTo: ({ url }) => window.gone.push(url) } };
        else window.WeixinJSBridge = { invoke: (api, { name, arg }) => window.gone.push(`${api} ${name} ${arg.url}`) };
      }, script);
      await page.clock.setFixedTime(LUNCH);
      await page.goto(`${server.url}#at=${SQUARE.lon},${SQUARE.lat}`);
      await page.getByRole("link", { name: "去这里" }).click();
      // The links to maps are shown in case nothing opens.
      await expect(page.locator("html")).toHaveAttribute("data-screen", "station");
      await expect(page.getByRole("link", { name: "腾讯地图" })).toBeVisible();
      const [gone] = await page.evaluate(() => window.gone);
      const url = gone.replace("invokeMiniProgramAPI navigateTo ", "");
      expect(url.startsWith("/pages/navigate/navigate?")).toBe(true);

      // The example's page continues with this address.
      const program = miniProgram();
      const navigate = miniProgramPage("navigate", program);
      const query = url.split("?")[1].split("&").map((pair) => pair.split("="));
      navigate.onLoad(Object.fromEntries(query));
      navigate.onShow();
      const [opened, back] = program.calls;
      expect(opened).toMatchObject({ call: "openLocation", name: "广场站", scale: 16 });
      expect([opened.latitude, opened.longitude].map((value) => value.toFixed(3))).toEqual(["31.229", "121.478"]);
      expect(back).toEqual({ call: "navigateBack" });
    });
  }

  test("where WeChat is not there after all, the link opens the map", async ({ page, server }) => {
    server.deploy("dist", stationsFor([]));
    await page.goto(`${server.url}#at=${SQUARE.lon},${SQUARE.lat}`);
    const opened = page.waitForEvent("popup");
    await page.getByRole("link", { name: "去这里" }).click();
    expect((await opened).url()).toMatch(/^https:\/\/uri\.amap\.com|^about:blank|^chrome-error/);
  });
});

test("a mini-program whose map does not open shows the address", async () => {
  const program = miniProgram({ opens: false });
  const navigate = miniProgramPage("navigate", program);
  navigate.onLoad({ lat: "31.2", lon: "121.4", name: encodeURIComponent("驿站 (北门)"), address: "%" });
  navigate.onShow();
  expect(navigate.data).toMatchObject({ failed: true, name: "驿站 (北门)", address: "%" });
  expect(program.calls.map(({ call }) => call)).toEqual(["openLocation"]);
});

test.describe("WeChat on an iPhone", () => {
  test.use({ userAgent: IPHONE });

  test("Apple's maps are not offered: its links do not open there", async ({ page, server }) => {
    await page.goto(`${server.url}#station=anting-relay-1`);
    await expect(page.getByRole("link", { name: "腾讯地图" })).toBeVisible();
    await expect(page.getByRole("link", { name: "苹果地图" })).toHaveCount(0);
  });
});

test.describe("an iPhone outside WeChat", () => {
  test.use({ userAgent: IPHONE.replace(/ MicroMessenger\S+/, "") });

  test("another map is chosen once and stays", async ({ page, server }) => {
    await page.goto(`${server.url}#station=anting-relay-1`);
    const apple = page.getByRole("link", { name: "苹果地图" });
    expect(await apple.getAttribute("href")).toContain("https://maps.apple.com/?daddr=31.");
    // Does not follow the link, which this test is not about.
    await apple.evaluate((link) => link.addEventListener("click", (event) => event.preventDefault()));
    await apple.click();
    await page.reload();
    const go = page.getByRole("link", { name: /去这里/ }).first();
    await expect(go).toHaveAttribute("href", /maps\.apple\.com/);
    await expect(go).toHaveAttribute("rel", /noreferrer/);
    await expect(page.getByText("会打开苹果地图")).toBeVisible();
  });
});
