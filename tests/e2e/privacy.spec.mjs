// The rider's position is in no request, and is stored in one place only.

import { expect, publish, test as base } from "./nearby.mjs";

// Two positions of a moving rider, some kilometres from any station. WGS-84, as from the device.
const PLACES = [
  { longitude: 121.217437, latitude: 31.314481 },
  { longitude: 121.219773, latitude: 31.316622 },
];
// The digits of these positions on WGS-84, on GCJ-02 (121.222, 31.312) and on BD-09 (121.228,
// 31.318), with or without a point. Nothing else in the tests contains them.
const DIGITS = /121\D?2[12]\d|31\D?31\d/;

const test = base.extend({
  data: async ({}, use) =>
    use(
      publish({
        // At 121.25 and 31.35, which do not match `DIGITS`.
        "list.csv": `编号,名称,地址,电话,经度,纬度,开放时间,急救箱
one,甲站,测试路1号,021-1,121.2500,31.3500,24小时,有
two,乙站,测试路2号,,121.2510,31.3510,24小时,
`,
        "programmes.csv": "编号,标题,内容,来源\none,活动,测试,测试\n",
        "stations.toml": `[dataset]
edition = "2026-07-01"
report_url = "/report"
[[source]]
path = "list.csv"
crs = "wgs84"
city = "测试"
[[programmes]]
path = "programmes.csv"
`,
      }),
    ),
});

// Records everything that a page can write, or send other than by plain requests.
function record() {
  const text = (value) => {
    if (value instanceof ArrayBuffer) return text(new Uint8Array(value));
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      // As text, and read as floats and scaled integers of every usual kind.
      const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
      const numbers = [];
      for (let i = 0; i + 4 <= bytes.length; i++) {
        for (const little of [true, false]) {
          if (i + 8 <= bytes.length) numbers.push(view.getFloat64(i, little));
          numbers.push(view.getFloat32(i, little));
          for (const scale of [1e4, 1e5, 1e6, 1e7]) numbers.push(view.getInt32(i, little) / scale);
        }
      }
      const near = (number) => (number > 121.21 && number < 121.23) || (number > 31.305 && number < 31.32);
      return `${String.fromCharCode(...bytes)} ${numbers.filter(near).map((number) => number.toFixed(6)).join(" ")}`;
    }
    if (Array.isArray(value)) return value.map(text).join(" ");
    return typeof value === "string" ? value : String(JSON.stringify(value));
  };
  const note = (kind, ...values) => globalThis.wrote(kind, values.map(text).join(" "));
  const wrap = (prototype, name, kind) => {
    const real = prototype?.[name];
    if (!real) return;
    prototype[name] = function (...values) {
      note(`${kind}.${name}`, ...values);
      return real.apply(this, values);
    };
  };
  wrap(Storage.prototype, "setItem", "Storage");
  wrap(IDBObjectStore.prototype, "put", "IDBObjectStore");
  wrap(IDBObjectStore.prototype, "add", "IDBObjectStore");
  wrap(Cache.prototype, "put", "Cache");
  wrap(Navigator.prototype, "sendBeacon", "Navigator");
  wrap(ServiceWorker.prototype, "postMessage", "ServiceWorker");
  wrap(MessagePort.prototype, "postMessage", "MessagePort");
  wrap(BroadcastChannel.prototype, "postMessage", "BroadcastChannel");
  wrap(Clipboard.prototype, "writeText", "Clipboard");
  wrap(Navigator.prototype, "share", "Navigator");
  for (const name of ["WebSocket", "EventSource", "RTCPeerConnection", "SharedWorker", "Worker"]) {
    const Real = globalThis[name];
    globalThis[name] = function (...values) {
      note(name, ...values);
      return new Real(...values);
    };
  }
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  Object.defineProperty(Document.prototype, "cookie", { ...cookie, set: (value) => note("cookie", value) });
}

async function ride(nearby, page, context) {
  const written = [];
  const requests = [];
  await context.exposeBinding("wrote", (_source, kind, text) => written.push({ kind, text }));
  await context.addInitScript(record);
  context.on("request", (request) => requests.push(request));
  await context.grantPermissions(["geolocation", "clipboard-write", "clipboard-read"]);
  await context.setGeolocation(PLACES[0]);
  await nearby.open();
  await nearby.find.click();
  await nearby.screen("answer");
  const before = await nearby.hero.getAttribute("data-distance-m");
  await context.setGeolocation(PLACES[1]);
  await expect(nearby.hero).not.toHaveAttribute("data-distance-m", before);
  await page.getByRole("link", { name: "筛选" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("link", { name: "周围" }).click();
  await nearby.screen("radar");
  await page.getByRole("link", { name: "急救", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("经纬度");
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "最近" }).click();
  await nearby.rows.first().click();
  await nearby.screen("station");
  await page.getByRole("button", { name: "转发" }).click();
  await expect(page.getByRole("status").filter({ hasText: "复制好了" })).toBeVisible();
  await page.getByRole("button", { name: "锁着 / 没开" }).click();
  await expect.poll(() => nearby.server.reports.length).toBeGreaterThan(0);
  for (const map of ["高德地图", "腾讯地图", "百度地图"]) {
    expect(await page.getByRole("link", { name: map }).getAttribute("href")).not.toMatch(DIGITS);
  }
  await page.getByRole("link", { name: "返回" }).click();
  await page.getByRole("link", { name: "我的位置，换个地方" }).click();
  await expect(page.getByRole("heading", { name: "位置偏了？" })).toBeVisible();
  await page.getByRole("button", { name: /^离/ }).last().click();
  await page.getByRole("link", { name: "返回" }).click();
  await nearby.isKept();
  return { written, requests };
}

test("a whole ride: no request and no store holds where the rider is, save the last place", async ({ nearby, page, context, server }) => {
  const { written, requests } = await ride(nearby, page, context);
  expect(requests.length).toBeGreaterThan(5);
  for (const request of requests) {
    expect(request.url().startsWith(server.url)).toBe(true);
  }
  // All requests went to our server, which recorded their heads.
  expect(server.heads.length).toBeGreaterThan(5);
  for (const head of server.heads) expect(head).not.toMatch(DIGITS);
  expect(JSON.stringify(server.reports)).not.toMatch(DIGITS);
  const kinds = new Set(written.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(["Clipboard.writeText", "IDBObjectStore.put", "Storage.setItem"]);
  const holding = written.filter(({ text }) => DIGITS.test(text));
  expect(holding.length).toBeGreaterThan(0);
  for (const { kind, text } of holding) {
    // Rounded to 11 metres, as the privacy sheet says.
    expect([kind, text]).toEqual(["Storage.setItem", expect.stringMatching(/^yizhan-place 121\.\d{4} 31\.\d{4} \d+$/)]);
  }
  // Nor is the position in the address.
  expect(page.url()).not.toMatch(DIGITS);
});

test("with the last place switched off nothing at all is kept of where the rider is", async ({ nearby, page, context }) => {
  await nearby.open("#view=display");
  await page.getByRole("button", { name: "不记" }).click();
  const { written } = await ride(nearby, page, context);
  expect(written.filter(({ text }) => DIGITS.test(text))).toEqual([]);
});

test("what would give it away is found where it is looked for", async ({ page, context, server }) => {
  const written = [];
  await context.exposeBinding("wrote", (_source, kind, text) => written.push({ kind, text }));
  await context.addInitScript(record);
  await page.goto(server.url);
  await page.evaluate(async () => {
    localStorage.setItem("a", "121.217");
    const cache = await caches.open("a");
    await cache.put("https://a.example/", new Response("x"));
    const database = await new Promise((done) => {
      const request = indexedDB.open("a", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("a");
      request.onsuccess = () => done(request.result);
    });
    const store = database.transaction("a", "readwrite").objectStore("a");
    store.put(new Float64Array([0, 31.314481]), "f64");
    store.put(new Uint8Array(new Int32Array([121217437]).buffer), "i32");
  });
  await expect.poll(() => written.filter(({ text }) => DIGITS.test(text)).map(({ kind }) => kind)).toEqual([
    "Storage.setItem",
    "IDBObjectStore.put",
    "IDBObjectStore.put",
  ]);
});

test("a position in the query is behind the # before anything else is asked for", async ({ nearby, page, server }) => {
  await page.clock.setFixedTime(new Date("2026-07-15T12:10:00+08:00"));
  await page.goto(`${server.url}?v=2&lat=31.3500&lng=121.2500&crs=wgs84&fs=1.4#season=cool`);
  await expect(nearby.hero).toContainText("甲站");
  expect(page.url()).toBe(`${server.url}?v=2#at=121.2500,31.3500&crs=wgs84&scale=1.4&season=cool`);
  expect(await page.evaluate(() => document.documentElement.style.getPropertyValue("--user-scale"))).toBe("1.40");
  await nearby.isKept();
  const [first, ...others] = server.heads;
  expect(first).toContain("lat=31.35");
  expect(others.length).toBeGreaterThan(5);
  for (const head of others) expect(head).not.toMatch(/31\.35/);
});

test("a position in the query without its reference system is moved away, and not used", async ({ nearby, page, server }) => {
  await page.goto(`${server.url}?lat=31.3500&lon=121.2500`);
  await nearby.screen("first-visit");
  expect(page.url()).not.toContain("?");
  await expect(nearby.hero).toHaveCount(0);
});

test("how the position is treated is one tap away before the first question, also without a network", async ({ nearby, page, server }) => {
  await nearby.open();
  await nearby.isKept();
  await server.close();
  await page.reload();
  await page.getByRole("link", { name: "怎么保护位置" }).click();
  const told = page.getByRole("dialog");
  for (const words of ["只在这台手机里用，不上传", "不给位置", "看不到位置", "那家地图公司会知道目的地", "数据来源"]) {
    await expect(told).toContainText(words);
  }
});
