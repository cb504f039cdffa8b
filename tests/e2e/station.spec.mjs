// Actions on a station, and the screens other than the list.

import { FANGTAI, LUNCH, expect, publish, test } from "./nearby.mjs";

const AT = "#at=121.2174,31.3144";
const STATION = `${AT}&station=anting-relay-1`;

test("a station shows its week with today marked, and what nobody knows as unknown", async ({ nearby, page }) => {
  await nearby.open(STATION);
  await expect(page.getByRole("heading", { name: "一周时间" })).toBeVisible();
  await expect(page.locator(".fact[aria-current=date]")).toHaveText(/周三 · 今天.*8:30–20:00/);
  await expect(page.locator(".fact[data-has=unknown]").first()).toContainText("不明");
});

test("the radar tells the nearest stations by number, in the picture and in the list", async ({ nearby, page }) => {
  await nearby.open(AT);
  await page.getByRole("link", { name: "周围" }).click();
  await nearby.screen("radar");
  await expect(page.getByRole("link", { name: "周围" })).toHaveAttribute("aria-current", "page");
  const marks = page.locator(".radar .radar-station");
  await expect(marks).toHaveCount(await nearby.rows.count());
  // The nearest is number one in the picture and in the list.
  const first = await nearby.rows.first().getAttribute("data-station");
  await marks.filter({ hasText: /^1$/ }).click();
  await nearby.screen("station");
  await expect(nearby.stations.first()).toHaveAttribute("data-station", first);
  await page.goBack();
  await nearby.screen("radar");
});

test("the radar turns with the compass, and words stay upright", async ({ nearby, page, context }) => {
  await nearby.openAt(context, FANGTAI);
  await page.evaluate(() => {
    dispatchEvent(Object.assign(new Event("deviceorientationabsolute"), { absolute: true, alpha: 270 }));
  });
  await expect.poll(() => nearby.root.evaluate((root) => root.style.getPropertyValue("--heading"))).toBe("90");
  // A quarter turn to the left: cos −90° and sin −90°.
  await expect
    .poll(() => page.locator(".dial-turn").evaluate((turn) => getComputedStyle(turn).transform))
    .toMatch(/^matrix\((-?0|[-\d.e]+e-\d+), -1, 1,/);
});

test("benefits are listed with the next member day, and stay there without a network", async ({ nearby, page, server }) => {
  await nearby.open(AT);
  await page.getByRole("link", { name: "权益" }).click();
  await nearby.screen("benefits");
  await expect(page.getByText("13 天后：会员日")).toBeVisible();
  await expect(page.locator(".programme")).toHaveCount(10);
  await nearby.isKept();
  await server.close();
  await page.reload();
  await nearby.screen("benefits");
  await expect(page.locator(".programme")).toHaveCount(10);
});

test("first aid comes over everything: 120, words to read out, the nearest box", async ({ nearby, page }) => {
  await nearby.open(AT);
  await page.getByRole("link", { name: "急救" }).click();
  const help = page.getByRole("dialog", { name: "急救" });
  await expect(help.getByRole("link", { name: "打 120" })).toHaveAttribute("href", "tel:120");
  await expect(help).toContainText("嘉松北路4445号");
  await expect(help).toContainText("我在它正南方");
  await expect(help).toContainText("121.21740, 31.31440");
  await expect(help.getByRole("link", { name: /急救箱/ })).toBeVisible();
  // The danger of the season comes first.
  await expect(help.locator("h3").nth(2)).toHaveText("中暑");
});

test("a station is read aloud on request, in the page's language", async ({ nearby, page }) => {
  await page.addInitScript(() => {
    globalThis.spoken = [];
    SpeechSynthesis.prototype.speak = (utterance) => globalThis.spoken.push([utterance.lang, utterance.text]);
  });
  await nearby.open(AT);
  await page.getByRole("button", { name: "念给我听" }).click();
  const [[language, text]] = await page.evaluate(() => globalThis.spoken);
  expect(language).toBe("zh-CN");
  expect(text).toMatch(/^方泰文化分中心，开着.*骑车约 4 分钟/);
});

test("sharing hands on the link of this very station", async ({ nearby, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.addInitScript(() => delete Navigator.prototype.share);
  await nearby.open(STATION);
  // The title and description that WeChat's own menu shares.
  await expect(page).toHaveTitle("方泰文化分中心 · 驿站");
  await expect(page.locator('meta[property="og:description"]')).toHaveAttribute("content", /不上传位置/);
  await page.getByRole("button", { name: "转发" }).click();
  await expect(page.getByText("复制好了")).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain("station=anting-relay-1");
  // The link does not contain the rider's position.
  expect(link).not.toMatch(/at=|121\.2|31\.3/);
  await page.goto("about:blank");
  await page.goto(link);
  await nearby.screen("station");
});

test("a station found locked is said so, stands back for a day on this phone, and can be passed on", async ({ nearby, page }) => {
  await nearby.open(AT);
  const first = await nearby.hero.getAttribute("data-station");
  await nearby.open(`${AT}&station=${first}`);
  await page.getByRole("button", { name: "锁着 / 没开" }).click();
  await expect(page.getByText("你今天说：锁着 / 没开")).toBeVisible();
  await expect(page.getByText("记在这台手机里了")).toBeVisible();
  await expect(page.getByRole("button", { name: "复制给工会" })).toBeVisible();

  await nearby.open(AT);
  await expect(nearby.hero).not.toHaveAttribute("data-station", first);
  await expect(page.locator(`[data-station=${first}]`)).toContainText("你今天说");

  const twoDays = new Date(LUNCH.getTime() + 2 * 86_400_000);
  await nearby.open(AT, twoDays);
  await expect(nearby.hero).toHaveAttribute("data-station", first);
  await nearby.open(`${AT}&station=${first}`, twoDays);
  await expect(page.getByText("你 2 天前说：锁着 / 没开")).toBeVisible();
});

test("everything that this phone keeps can be cleared", async ({ nearby, page }) => {
  await nearby.open(STATION);
  await nearby.isKept();
  await page.getByRole("button", { name: "信息不对" }).click();
  await expect(page.getByText("你今天说：信息不对")).toBeVisible();
  await nearby.open(`${AT}&view=privacy`);
  await page.getByRole("button", { name: "清掉手机里记的" }).click();
  const kept = () => page.evaluate(() => Object.keys(localStorage));
  expect(await kept()).toEqual([]);
  await nearby.open(STATION);
  await expect(page.getByText("你今天说")).toHaveCount(0);
  // A visit like any other stores nothing either.
  expect(await kept()).toEqual([]);
});

test.describe("with a publisher that listens", () => {
  test.use({
    data: publish({
      "list.csv": "编号,名称,地址,经度,纬度,开放时间\none,测试一站,测试路1号,121.4870,31.2370,24小时\n",
      "stations.toml": `[dataset]\nreport_url = "/report"\n[[source]]\npath = "list.csv"\ncrs = "wgs84"\ncity = "上海"\n`,
    }),
  });

  test("a report waits while there is no network, is sent after, once, and without a position", async ({ nearby, page, context, server }) => {
    await nearby.open("#at=121.4880,31.2380&station=one");
    await nearby.screen("station");
    await context.setOffline(true);
    const failed = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/report"));
    await page.getByRole("button", { name: "锁着 / 没开" }).click();
    await expect(page.getByText("有网时自动发给工会")).toBeVisible();
    await failed;
    expect(server.reports).toEqual([]);

    await context.setOffline(false);
    await expect(page.getByText("已发给工会")).toBeVisible();
    expect(server.reports.length).toBe(1);
    const [{ body, headers }] = server.reports;
    expect(Object.keys(body).sort()).toEqual(["at", "edition", "report", "station", "type", "yizhan"]);
    expect(body).toMatchObject({ yizhan: 1, type: "report", station: "one", report: "locked", at: "2026-07-15T12:10" });
    expect(JSON.stringify([body, headers])).not.toMatch(/121\.48|31\.23/);
    expect(headers.referer).toBeUndefined();
    expect(headers.cookie).toBeUndefined();

    await page.reload();
    await expect(page.getByText("已发给工会")).toBeVisible();
    expect(server.reports.length).toBe(1);
  });
});

test("the home screen is offered once, below the list, and not again", async ({ nearby, page }) => {
  const offer = () =>
    page.evaluate(() => {
      globalThis.prompted = 0;
      const event = Object.assign(new Event("beforeinstallprompt", { cancelable: true }), { prompt: () => (globalThis.prompted += 1) });
      dispatchEvent(event);
      return event.defaultPrevented;
    });
  await nearby.open(AT);
  expect(await offer()).toBe(true);
  await page.getByRole("button", { name: "不用了" }).click();
  await expect(page.getByRole("button", { name: "放到桌面" })).toHaveCount(0);
  await nearby.open(AT);
  expect(await offer()).toBe(false);
  await expect(page.getByRole("button", { name: "放到桌面" })).toHaveCount(0);
});
