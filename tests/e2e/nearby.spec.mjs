import { readFileSync } from "node:fs";
import { FANGTAI, LUNCH, expect, publish, test } from "./nearby.mjs";
import { SQUARE_GCJ02, stationsFor } from "./host.mjs";

const AT = "#at=121.2174,31.3144";

test("the position is asked for only after a tap, and the nearest open station comes first", async ({ nearby, page, context }) => {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation(FANGTAI);
  await nearby.open();
  await nearby.screen("first-visit");

  await nearby.find.click();

  await nearby.screen("answer");
  await expect(nearby.hero).toContainText("方泰文化分中心");
  await expect(nearby.hero).toHaveAttribute("data-state", "open");
  await expect(nearby.hero).toContainText("直线 720 米");
  await expect(page.getByRole("link", { name: "去这里" })).toHaveAttribute(
    "href",
    /^https:\/\/uri\.amap\.com\/navigation\?to=121\.218815,31\.318338,.*mode=ride/,
  );
});

test("with all doors shown, stations come by distance and say their state", async ({ nearby }) => {
  await nearby.open(`${AT}&open=any`);

  // The rows are rendered after the answer.
  await expect.poll(async () => (await nearby.distances()).length).toBeGreaterThan(5);
  const distances = await nearby.distances();
  expect(distances).toEqual([...distances].sort((one, other) => one - other));
  const states = await nearby.stations.evaluateAll((all) => all.map((one) => one.dataset.state));
  for (const state of states) expect(["open", "closing_soon", "closed", "unknown"]).toContain(state);
});

test("at lunch time a door that is shut for lunch is not offered as open", async ({ nearby, page }) => {
  await nearby.open(AT);

  const lunch = page.locator("[data-station=anting-warm-5]");
  await expect(lunch).toHaveAttribute("data-state", "closed");
  await expect(lunch).toContainText("午休 · 13:00 开");
  await expect(page.getByRole("heading", { name: /一小时内开门/ })).toBeVisible();
});

test("hours that nobody knows are never called open", async ({ nearby }) => {
  // The middle of Zhengzhou, where most stations have no known hours.
  await nearby.open("#at=113.55,34.81");

  const unknown = nearby.page.locator("[data-state=unknown]").first();
  await expect(unknown).toContainText("时间不明");
  await expect(unknown).not.toContainText("开着");
});

test("a refused position says what to do and still lists", async ({ nearby, page, context }) => {
  await context.clearPermissions();
  await nearby.open();
  await nearby.find.click();

  await nearby.screen("no-position");
  await expect(page.getByText("没拿到位置")).toBeVisible();
  await expect(page.getByText("允许「位置」")).toBeVisible();

  await page.getByRole("link", { name: /嘉定/ }).click();
  await nearby.screen("district");
  await expect(nearby.rows.first()).toBeVisible();
});

test("a position that is unavailable is no dead end", async ({ nearby, page, context }) => {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation(null);
  await nearby.open();
  await nearby.find.click();

  await nearby.screen("no-position");
  await expect(page.getByRole("button", { name: "再试一次定位" })).toBeVisible();
});

test("a place is picked by the name of a station, and the way back returns", async ({ nearby, page }) => {
  await nearby.open();
  await nearby.chooseInstead.click();
  await nearby.search.fill("方泰 菜场");
  await page.getByRole("link", { name: /方泰菜场公厕/ }).click();

  await nearby.screen("answer");
  // The chosen place is a toilet; the answer must be a place to cool down.
  await expect(nearby.hero).toHaveAttribute("data-station", "anting-relay-1");
  await expect(page.getByRole("link", { name: /^方泰菜场公厕附近，换个地方/ })).toBeVisible();

  await page.goBack();
  await nearby.screen("pick");
});

test("a place is found by the initials of its name in pinyin", async ({ nearby, page }) => {
  await nearby.open("#view=pick");
  // 方泰菜场公厕
  await nearby.search.fill("ftcc");
  await expect(page.getByRole("link", { name: /方泰菜场公厕/ })).toBeVisible();
  await nearby.search.fill("zzzzqq");
  await expect(page.getByText("没有找到")).toBeVisible();
});

test("stations with an address only are listed under their district and never ranked", async ({ nearby, page }) => {
  await nearby.open("#view=pick");
  await page.getByRole("link", { name: /普陀/ }).click();

  await nearby.screen("district");
  await expect(page.getByRole("heading", { name: /只知道地址，位置不明/ })).toBeVisible();
  await expect(nearby.rows).toHaveCount(3);
  await expect(nearby.rows.first()).not.toHaveAttribute("data-distance-m");
});

test("the season follows the date, and can be changed", async ({ nearby, page }) => {
  await nearby.open(AT);
  await expect(nearby.root).toHaveAttribute("data-season", "cool");
  await expect(nearby.hero).toContainText("可避暑");

  await page.getByRole("radio", { name: "取暖" }).click();

  await expect(nearby.root).toHaveAttribute("data-season", "warm");
  await expect(page.getByRole("radio", { name: "取暖" })).toBeChecked();
  await expect(nearby.hero).toContainText("可取暖");
  await expect(page).toHaveURL(/season=warm/);

  await nearby.open(AT, new Date("2026-12-15T12:10:00+08:00"));
  await expect(nearby.root).toHaveAttribute("data-season", "warm");
});

test("filters narrow the list and are kept in the address", async ({ nearby, page }) => {
  await nearby.open(AT);
  await page.getByRole("link", { name: "筛选" }).click();
  const sheet = page.getByRole("dialog", { name: "筛选" });
  await sheet.getByRole("button", { name: "淋浴" }).click();
  await sheet.getByRole("link", { name: "看结果" }).click();

  await expect(page).toHaveURL(/need=shower/);
  await expect(nearby.stations).toHaveCount(1);
  await expect(nearby.stations).toHaveAttribute("data-station", "anting-sinopec-4");

  await page.reload();
  await expect(nearby.root).toHaveAttribute("data-sync", "fresh");
  await expect(nearby.stations).toHaveCount(1);
});

test("a filter that nothing meets says so and offers a way out", async ({ nearby, page }) => {
  await nearby.open(`${AT}&need=shower,aed`);
  await expect(page.getByText("没有全都符合的")).toBeVisible();

  await page.getByRole("link", { name: "清掉筛选" }).click();

  await expect(nearby.hero).toBeVisible();
});

test("a station's page tells what is known, and that nobody has checked it", async ({ nearby, page }) => {
  await nearby.open(AT);
  await nearby.hero.locator(".station-hero-way").click();

  await nearby.screen("station");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("方泰文化分中心");
  await expect(page.getByText("没有人核对过")).toBeVisible();
  await expect(page.getByText("开门时间 8:30-20:00")).toBeVisible();

  await page.getByRole("link", { name: "返回" }).click();
  await nearby.screen("answer");
});

test("a position on GCJ-02 names the same station as on WGS-84", async ({ nearby }) => {
  await nearby.open("#at=121.220657,31.315552&crs=gcj02&open=any");

  await expect(nearby.hero).toHaveAttribute("data-station", "anting-sinopec-2");
  expect((await nearby.distances(nearby.hero))[0]).toBeLessThan(2);
});

test("a link with a part that makes no sense works, and says so", async ({ nearby, page }) => {
  await nearby.open(`${AT}&season=hot&from=wechat`);

  await expect(page.getByText("「season=hot」没有用上")).toBeVisible();
  await expect(nearby.hero).toBeVisible();
});

test("English is complete", async ({ nearby, page }) => {
  await nearby.open("#view=display");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("link", { name: "Done" }).click();

  await expect(nearby.root).toHaveAttribute("lang", "en");
  await expect(page.getByRole("button", { name: "Find the nearest" })).toBeVisible();

  await nearby.open(AT);
  await expect(nearby.hero).toContainText("Open when you get there");
  // Names and addresses stay as printed; everything else is English.
  const chinese = await page.locator("body").evaluate((body) => {
    const copy = body.cloneNode(true);
    const printed = "h3, .station-hero-name, .station-hero-where, noscript, .fallback, script";
    for (const element of copy.querySelectorAll(printed)) element.remove();
    return copy.textContent.match(/[\u4e00-\u9fff]+/g);
  });
  expect(chinese).toBeNull();
});

test("large text stays readable at 360 px, and is remembered", async ({ nearby, page }) => {
  await nearby.open(AT);
  await page.getByRole("button", { name: "长辈版" }).click();

  await expect(nearby.root).toHaveAttribute("data-elder", "");
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);

  await page.reload();
  await expect(nearby.root).toHaveAttribute("data-elder", "");
});

test("everything can be reached with the keyboard alone", async ({ nearby, page }) => {
  await nearby.open();
  for (let steps = 0; steps < 12; steps += 1) {
    await page.keyboard.press("Tab");
    if (await nearby.chooseInstead.evaluate((link) => link === document.activeElement)) break;
  }
  await page.keyboard.press("Enter");
  await nearby.screen("pick");

  await nearby.open(`${AT}&view=filter`);
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a second visit works with the server stopped", async ({ nearby, page, server }) => {
  await nearby.open(AT);
  const edition = await nearby.root.getAttribute("data-edition");
  await nearby.isKept();

  await server.close();
  await nearby.open(AT);

  await expect(nearby.root).toHaveAttribute("data-edition", edition);
  await expect(nearby.hero).toContainText("方泰文化分中心");

  await nearby.open("#at=113.55,34.81&lang=en");
  await expect(nearby.hero).toBeVisible();
});

// Makes the page hidden, without animation frames, until `isSeen()` is called in it.
const unseen = (page) =>
  page.addInitScript(() => {
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    const waiting = [];
    const ask = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) => waiting.push(callback);
    window.isSeen = () => {
      delete document.hidden;
      window.requestAnimationFrame = ask;
      for (const callback of waiting) ask(callback);
    };
  });

test("a page that was opened behind another tells the time at which it is seen", async ({ nearby, page }) => {
  await nearby.open(AT);
  await nearby.isKept();
  await unseen(page);
  await nearby.openUnasked(AT);
  await expect(nearby.hero).toContainText("方泰文化分中心");

  await page.clock.setFixedTime(new Date("2026-07-15T13:30:00+08:00"));
  await page.evaluate(() => window.isSeen());

  // It was shut for lunch when the page was opened. The page's clock ticks too rarely to show it.
  await expect(page.locator("[data-station=anting-warm-5]")).toHaveAttribute("data-state", "open");
});

test("what somebody does before the first frame is painted is not lost", async ({ nearby, page }) => {
  await nearby.open(AT);
  await nearby.isKept();
  await unseen(page);

  await nearby.openUnasked(`${AT}&view=filter`);
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await nearby.openUnasked(`${AT}&view=display`);
  await page.getByRole("button", { name: "English" }).click();
  await expect(nearby.root).toHaveAttribute("lang", "en");

  // The first frame starts nothing a second time.
  await page.evaluate(() => window.isSeen());
  await page.getByRole("link", { name: "Done" }).click();
  await page.getByRole("button", { name: "Large text" }).click();
  await expect(nearby.root).toHaveAttribute("data-elder", "");
});

test("the last place is a start without a position, says how old it is, and can be switched off", async ({ nearby, page, context }) => {
  await nearby.openAt(context, FANGTAI);
  await context.clearPermissions();
  await nearby.open("", new Date(LUNCH.getTime() + 2 * 3_600_000));
  await page.getByRole("button", { name: "上次的位置（2 小时前）" }).click();
  await nearby.screen("answer");
  await expect(page.getByRole("link", { name: "上次的位置（2 小时前），换个地方" })).toBeVisible();
  // The position is not in the address.
  expect(page.url()).not.toMatch(/121|31\.3/);

  await nearby.open("#view=display");
  await page.getByRole("button", { name: "不记" }).click();
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toMatch(/121\.2|31\.3/);
  await nearby.open();
  await expect(page.getByRole("button", { name: /上次的位置/ })).toHaveCount(0);
});

test("a device whose numbers are on GCJ-02 is read so from then on", async ({ nearby, page, context, server }) => {
  server.deploy("dist", stationsFor([]));
  // What such a device reports at People's Square.
  await nearby.openAt(context, { longitude: SQUARE_GCJ02.lon, latitude: SQUARE_GCJ02.lat });
  await expect(nearby.hero).toContainText("偏了站");
  await page.getByRole("link", { name: "我的位置，换个地方" }).click();
  await expect(page.getByRole("button", { name: "离偏了站 10 米" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: /^离广场站/ }).click();
  await expect(page.getByRole("button", { name: /^离广场站/ })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("link", { name: "返回" }).click();
  await expect(nearby.hero).toContainText("广场站");
  await page.reload();
  await nearby.find.click();
  await expect(nearby.hero).toContainText("广场站");
});

test("without any data the page says what to do", async ({ nearby, page, context }) => {
  await context.route("**/data/**", (route) => route.fulfill({ status: 404 }));
  await page.goto(nearby.url);

  await nearby.screen("data-failed");
  await expect(page.getByText("站点名单没取到")).toBeVisible();
  await context.unroute("**/data/**");
  await page.getByRole("button", { name: "再取一次" }).click();
  await nearby.screen("first-visit");
});

test("a damaged cell is refused, not shown", async ({ nearby, page, context }) => {
  await context.route("**/data/first.yz", (route) => route.fulfill({ status: 404 }));
  await context.route("**/data/cell-*", async (route) => {
    const response = await route.fetch();
    const body = Buffer.from(await response.body());
    body[body.length - 1] ^= 1;
    await route.fulfill({ response, body });
  });
  await page.goto(nearby.url + AT);

  await nearby.screen("data-failed");
  await expect(nearby.stations).toHaveCount(0);
  // The page keeps requesting; requests that are pending when the test ends do not matter.
  await context.unrouteAll({ behavior: "ignoreErrors" });
});

test("the page is quiet: no error is logged", async ({ nearby, page }) => {
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await nearby.open(AT);
  await nearby.open("#view=pick");
  await nearby.open("#view=privacy");
  await nearby.isKept();
  expect(errors).toEqual([]);
});

test("a phone whose clock is off is told so, and one whose clock is right is not", async ({ nearby, page }) => {
  await nearby.open(AT, LUNCH, new Date(LUNCH.getTime() - 7 * 60_000));
  await expect(page.getByText("手机时间快了 7 分钟")).toBeVisible();
  await expect(nearby.hero).toBeVisible();

  await nearby.open(AT, LUNCH, new Date(LUNCH.getTime() - 4 * 60_000));
  await expect(nearby.hero).toBeVisible();
  await expect(page.getByText("手机时间")).toHaveCount(0);
});

test.describe("on the Bund, with stations on both banks", () => {
  const LIST = `编号,名称,地址,经度,纬度,开放时间
bund,测试外滩站,测试路1号,121.4870,31.2370,24小时
square,测试广场站,测试路2号,121.4760,31.2320,24小时
tower,测试明珠站,测试路3号,121.4960,31.2415,24小时
`;
  const TOML = `[[source]]
path = "list.csv"
crs = "wgs84"
city = "上海"
[[barrier]]
geometry = "huangpu.geojson"
crossings = "ferries.csv"
`;
  const RIVER = readFileSync("data/huangpu.geojson");
  const BUND = "#at=121.4903,31.2397";
  const withFerry = (hours) =>
    publish({
      "list.csv": LIST,
      "stations.toml": TOML,
      "huangpu.geojson": RIVER,
      "ferries.csv": `名称,经度,纬度,开放时间,等候分钟,过江分钟,核实日期\n测试轮渡,121.4998,31.2325,${hours},8,6,2026-07-01\n`,
    });

  test.describe("without a ferry that is known to run", () => {
    test.use({ data: withFerry("") });
    test("the other bank stands apart with the reason, and no minutes", async ({ nearby, page }) => {
      await nearby.open(BUND);
      await expect(nearby.hero).toHaveAttribute("data-station", "bund");
      await expect(page.getByRole("heading", { name: /对岸/ })).toBeVisible();
      const tower = page.locator("[data-station=tower]");
      await expect(tower).toContainText("隔着黄浦江");
      await expect(tower).toContainText("测试轮渡：时间不明");
      await expect(tower).not.toHaveAttribute("data-minutes");
    });
  });

  test.describe("in the picture around", () => {
    test.use({ data: withFerry("7:00-22:00") });
    test("the river and both landings are drawn, and the stations of both banks", async ({ nearby, page }) => {
      await nearby.open(`${BUND}&view=radar`);
      await nearby.screen("radar");
      await expect(page.locator(".radar-river")).toHaveCount(1);
      await expect(page.locator(".radar-river-name")).toHaveText("黄浦江");
      await expect(page.locator(".radar-crossing")).toHaveCount(2);
      await expect(page.locator(".radar .radar-station")).toHaveCount(3);
    });
  });

  test.describe("with a ferry by day", () => {
    test.use({ data: withFerry("7:00-22:00") });
    test("the minutes include the ferry, and at night the bank stands apart", async ({ nearby, page }) => {
      await nearby.open(BUND);
      const tower = page.locator("[data-station=tower]");
      await expect(tower).toContainText("经测试轮渡");
      expect(Number(await tower.getAttribute("data-minutes"))).toBeGreaterThan(15);

      await nearby.open(BUND, new Date("2026-07-15T23:10:00+08:00"));
      await expect(tower).toContainText("测试轮渡：明天 7:00 开");
      await expect(tower).not.toHaveAttribute("data-minutes");
    });
  });
});

test.describe("with a country of stations", () => {
  // Three distant towns, with more cells than one round of requests loads.
  const town = (name, lon, lat) =>
    Array.from({ length: 4000 }, (_, n) => {
      const [east, north] = [((n * 37) % 100) / 1000, ((n * 61) % 100) / 1000];
      return `${name}${n},测试${name}${n}站,测试路${n}号${name}小区,${(lon + east).toFixed(5)},${(lat + north).toFixed(5)},24小时`;
    }).join("\n");
  const LIST = `编号,名称,地址,经度,纬度,开放时间
${town("甲", 121.4, 31.2)}
${town("乙", 116.3, 39.9)}
${town("丙", 113.2, 23.1)}
`;
  test.use({
    data: publish({
      "list.csv": LIST,
      "stations.toml": `[dataset]\nmerge = false\n[[source]]\npath = "list.csv"\ncrs = "wgs84"\ncity = "测试"\n`,
    }),
  });

  test("the list is final as soon as the near cells are here, and the rest follows", async ({ nearby, page }) => {
    // A town has a handful of cells, the country several times as many.
    const near = 10;
    let asked = 0;
    let release;
    const held = new Promise((done) => (release = done));
    await page.route(/data\/cell-/, async (route) => {
      asked += 1;
      if (asked > near) await held;
      await route.continue();
    });
    await nearby.open("#at=121.45,31.25");
    // Shown while the cells of the other towns are still held back.
    await expect(nearby.hero).toContainText("测试甲");
    await expect.poll(() => asked).toBeGreaterThan(near);
    release();
    await nearby.open("#at=116.35,39.95");
    await expect(nearby.hero).toContainText("测试乙");
  });
});
