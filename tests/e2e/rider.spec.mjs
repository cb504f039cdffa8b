// A rider's reports and choices, a stable answer while moving, and steps back.

import { FANGTAI, LUNCH, expect, publish, test } from "./nearby.mjs";

const AT = "#at=121.2174,31.3144&crs=wgs84";

// Repeatable numbers from 0 to 1 for a seed (Numerical Recipes' LCG).
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

// Normally distributed noise, each value correlated with the one before, as on a phone.
function drift(next, metres) {
  const normal = () => Math.sqrt(-2 * Math.log(next() + 1e-12)) * Math.cos(2 * Math.PI * next());
  const keeps = 0.95;
  let value = metres * normal();
  return () => (value = keeps * value + Math.sqrt(1 - keeps * keeps) * metres * normal());
}

const METRE = 1 / 111_195;

function place(eastM, northM) {
  const { longitude, latitude } = FANGTAI;
  return {
    longitude: longitude + (eastM * METRE) / Math.cos((latitude * Math.PI) / 180),
    latitude: latitude + northM * METRE,
  };
}

// Records the first answers, the announcements to screen readers, and layout shifts.
async function watchAnswers(page) {
  await page.evaluate(() => {
    const hero = () => document.querySelector("[data-hero]")?.dataset.station;
    const said = document.querySelector("[data-part=announcement]");
    globalThis.answers = [hero()];
    globalThis.spoken = 0;
    globalThis.shifted = 0;
    new MutationObserver(() => {
      if (hero() && globalThis.answers.at(-1) !== hero()) globalThis.answers.push(hero());
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
    new MutationObserver(() => (globalThis.spoken += 1)).observe(said, { subtree: true, childList: true, characterData: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifted += entry.value;
    }).observe({ type: "layout-shift", buffered: false });
    navigator.geolocation.watchPosition(({ coords }) => (globalThis.heard = `${coords.longitude},${coords.latitude}`));
  });
}

// Moves the device after two seconds, and waits until the page has received the position.
async function walkTo(page, context, clock, at, accuracy) {
  clock.time += 2000;
  await page.clock.setFixedTime(clock.time);
  await context.setGeolocation({ ...at, accuracy });
  await expect.poll(() => page.evaluate(() => globalThis.heard)).toBe(`${at.longitude},${at.latitude}`);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}

// Two cooled stations a kilometre apart, with the rider halfway.
const TIE = {
  "list.csv": `编号,名称,经度,纬度,服务设施,开放时间
west,西站,${place(-500, 0).longitude},${place(-500, 0).latitude},空调,24小时
east,东站,${place(500, 0).longitude},${place(500, 0).latitude},空调,24小时
`,
  "stations.toml": `[[source]]\npath = "list.csv"\ncrs = "wgs84"\ncity = "测试"\ndistrict = "测试"\n`,
};

test.describe("two stations that are as near", () => {
  test.use({ data: async ({}, use) => use(publish(TIE)) });

  for (const [travel, metres, seed] of [["ebike", 15, 11], ["ebike", 25, 12], ["foot", 15, 13], ["foot", 25, 14]]) {
    test(`standing still for three minutes, ${travel}, noise of ${metres} m, seed ${seed}: at most one change`, async ({ nearby, page, context }) => {
      test.setTimeout(90_000);
      const next = random(seed);
      const [east, north] = [drift(next, metres), drift(next, metres)];
      await context.grantPermissions(["geolocation"]);
      await context.setGeolocation({ ...place(0, 0), accuracy: metres * 2 });
      await nearby.open(`#travel=${travel}`);
      await nearby.find.click();
      await nearby.screen("answer");
      await watchAnswers(page);
      const clock = { time: LUNCH.getTime() };
      for (let step = 0; step < 90; step += 1) await walkTo(page, context, clock, place(east(), north()), metres * 2);
      const { answers, spoken, shifted } = await page.evaluate(() => ({ answers: globalThis.answers, spoken: globalThis.spoken, shifted: globalThis.shifted }));
      expect(answers.length - 1).toBeLessThanOrEqual(1);
      expect(spoken).toBe(answers.length - 1);
      expect(shifted).toBeLessThan(0.05);
    });
  }

  test("riding a kilometre from one to the other the answer changes once", async ({ nearby, page, context }) => {
    const seed = 21;
    const next = random(seed);
    const [east, north] = [drift(next, 15), drift(next, 15)];
    await nearby.openAt(context, { ...place(-500, 0), accuracy: 30 });
    await watchAnswers(page);
    const clock = { time: LUNCH.getTime() };
    for (let step = 0; step <= 60; step += 1) {
      await walkTo(page, context, clock, place(-500 + (step * 1000) / 60 + east(), north()), 30);
    }
    const { answers, spoken } = await page.evaluate(() => ({ answers: globalThis.answers, spoken: globalThis.spoken }));
    expect(answers).toEqual(["west", "east"]);
    expect(spoken).toBe(1);
  });

  test("one jump of 27 km changes nothing, nor does a bad fix; what both say twice does", async ({ nearby, page, context }) => {
    await nearby.openAt(context, { ...place(-300, 0), accuracy: 12 });
    await watchAnswers(page);
    const clock = { time: LUNCH.getTime() };
    const before = await nearby.hero.getAttribute("data-distance-m");
    await walkTo(page, context, clock, place(0, 27_000), 12);
    await walkTo(page, context, clock, place(-301, 0), 12);
    await walkTo(page, context, clock, place(900, 0), 2000);
    expect(await nearby.hero.getAttribute("data-distance-m")).toBe(before);
    expect(await page.evaluate(() => globalThis.answers)).toEqual(["west"]);
    await walkTo(page, context, clock, place(400, 900), 12);
    await walkTo(page, context, clock, place(401, 900), 12);
    await expect(nearby.hero).toHaveAttribute("data-station", "east");
  });

  test("a rough place is told as rough, with minutes from and to", async ({ nearby, page, context }) => {
    await nearby.openAt(context, { ...place(-100, 0), accuracy: 250 });
    await expect(nearby.hero.locator(".station-hero-minutes")).toHaveText(/^\d+–\d+分钟$/);
    await expect(page.getByRole("link", { name: /大概位置（±250 米）/ })).toBeVisible();
  });

  test("after some minutes without a fix the page says how old the place is", async ({ nearby, page, context }) => {
    await nearby.openAt(context, { ...place(-100, 0), accuracy: 10 });
    await expect(page.getByRole("link", { name: /^我的位置，/ })).toBeVisible();
    await page.clock.setFixedTime(LUNCH.getTime() + 8 * 60_000);
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
    await expect(page.getByRole("link", { name: /上次的位置（8 分钟前）/ })).toBeVisible();
  });

  test("asking again keeps the answer until there is a better one", async ({ nearby, page, context }) => {
    await nearby.openAt(context, { ...place(-300, 0), accuracy: 10 });
    await expect(nearby.hero).toHaveAttribute("data-station", "west");
    await context.clearPermissions();
    await page.getByRole("button", { name: "刷新位置" }).click();
    await expect(nearby.hero).toHaveAttribute("data-station", "west");
    await nearby.screen("answer");
  });
});

test("how one travels is asked once, named in the answer, and remembered", async ({ nearby, page }) => {
  await nearby.open(AT);
  await expect(nearby.hero).toContainText("骑电动车");
  const question = page.getByRole("group", { name: "你怎么去？" });
  await question.getByRole("button", { name: "走路" }).click();
  await expect(nearby.hero).toContainText("走路");
  await expect(question).toHaveCount(0);
  await nearby.open(AT);
  await expect(nearby.hero).toContainText("走路");
  await expect(question).toHaveCount(0);
});

test("a station that this rider found locked is last, and green nowhere", async ({ nearby, page }) => {
  await nearby.open(AT);
  const first = await nearby.hero.getAttribute("data-station");
  await nearby.open(`${AT}&station=${first}`);
  await page.getByRole("button", { name: "锁着 / 没开" }).click();
  await expect(page.locator("[data-tone=open]")).toHaveCount(0);
  await expect(page.locator(".state-strip")).toContainText("你说过去不了");
  await nearby.open(AT);
  await expect(nearby.hero).not.toHaveAttribute("data-station", first);
  const row = page.locator(`.station-list [data-station="${first}"]`);
  await expect(row).toHaveAttribute("data-state", "unknown");
  await expect(row).toContainText("你说过去不了");
  await expect(row).toContainText("你今天说");
});

test("a report that the phone cannot keep is not said to be kept", async ({ nearby, page }) => {
  await nearby.open(AT);
  const first = await nearby.hero.getAttribute("data-station");
  await nearby.open(`${AT}&station=${first}`);
  // Fills the storage completely.
  await page.evaluate(() => {
    for (let size = 1 << 22; size >= 1; size >>= 1) {
      try {
        for (let n = 0; ; n += 1) localStorage.setItem(`full-${size}-${n}`, "x".repeat(size));
      } catch {
        // No room for this size; continues with half of it.
      }
    }
  });
  await page.getByRole("button", { name: "锁着 / 没开" }).click();
  await expect(page.getByText("你今天说：锁着 / 没开").first()).toBeVisible();
  await expect(page.getByText("这台手机存不下")).toBeVisible();
  await expect(page.getByText("记在这台手机里了")).toHaveCount(0);
});

test("a sheet that was closed is not opened again by the way back, and what was behind it was out of reach", async ({ nearby, page }) => {
  await nearby.open("#");
  await page.getByRole("link", { name: "不给位置，自己选地方" }).click();
  await page.getByRole("link", { name: /嘉定/ }).click();
  await nearby.screen("district");
  for (const close of ["关上", "Escape"]) {
    const help = page.getByRole("link", { name: "急救" });
    await help.click();
    const sheet = page.getByRole("dialog", { name: "急救" });
    await expect(sheet).toBeVisible();
    await expect(page.locator(".page")).toHaveAttribute("inert", "");
    if (close === "Escape") await page.keyboard.press("Escape");
    else await sheet.getByRole("link", { name: close }).first().click();
    await expect(sheet).toHaveCount(0);
    await expect(page.locator(".page")).not.toHaveAttribute("inert", "");
    await expect(help).toBeFocused();
  }
  await page.goBack();
  await nearby.screen("pick");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the way back leads to the same row, by the phone's and by the page's own, fourteen times", async ({ nearby, page }) => {
  test.setTimeout(60_000);
  await nearby.open(AT);
  await expect(nearby.rows.nth(8)).toBeVisible();
  for (let time = 0; time < 14; time += 1) {
    const row = nearby.rows.nth(2 + (time % 7));
    const id = await row.getAttribute("data-station");
    // Where the list stands at the tap: a click may scroll the row into sight first.
    await page.evaluate(() => addEventListener("click", () => (window.before = scrollY), { capture: true, once: true }));
    await row.click();
    await nearby.screen("station");
    const before = await page.evaluate(() => window.before);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    if (time % 2 === 0) await page.goBack();
    else await page.getByRole("link", { name: "返回" }).click();
    await nearby.screen("answer");
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(before);
    await expect(page.locator(`.station-list [data-station="${id}"]`)).toBeFocused();
  }
  // The fourteen visits left no history entries.
  await page.goBack();
  expect(page.url()).toBe("about:blank");
});

test("nothing that has the focus lies under the bar", async ({ nearby, page }) => {
  await nearby.open(AT);
  await expect(nearby.rows.nth(8)).toBeVisible();
  const covered = [];
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press("Tab");
    const what = await page.evaluate(() => {
      const at = document.activeElement;
      const bar = document.querySelector(".bottom-bar").getBoundingClientRect();
      const box = at.getBoundingClientRect();
      return at.closest(".bottom-bar") || box.bottom <= bar.top + 1 ? "" : at.textContent.trim().slice(0, 20);
    });
    if (what) covered.push(what);
  }
  expect(covered).toEqual([]);
});

test("the season's two sides are one stop, and follow the arrow keys", async ({ nearby, page }) => {
  await nearby.open(AT);
  await page.getByRole("radio", { name: "清凉" }).focus();
  await page.keyboard.press("ArrowRight");
  const warm = page.getByRole("radio", { name: "取暖" });
  await expect(warm).toBeChecked();
  await expect(warm).toBeFocused();
  await expect(page.locator("[role=radio][tabindex='0']")).toHaveCount(1);
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("radio", { name: "清凉" })).toBeChecked();
});

test("a station is heard name first, and the button names its station", async ({ nearby, page }) => {
  await nearby.open(AT);
  const name = await nearby.hero.locator("h1").textContent();
  expect((await nearby.hero.textContent()).startsWith(name)).toBe(true);
  await expect(page.getByRole("link", { name: `去这里 ${name}` })).toBeVisible();
  const row = nearby.rows.first();
  const rowName = await row.locator("h3").textContent();
  expect((await row.textContent()).startsWith(rowName)).toBe(true);
});

test("a question that nobody answers gets a hint after ten seconds", async ({ nearby, page }) => {
  // As in a host page that never answers the permission prompt.
  await page.clock.install({ time: LUNCH });
  await page.addInitScript(() => {
    const silent = { watchPosition: () => 1, clearWatch: () => {} };
    Object.defineProperty(navigator, "geolocation", { value: silent });
  });
  nearby.server.setClock(LUNCH);
  await page.goto(nearby.url);
  await nearby.find.click();
  await nearby.screen("locating");
  await page.clock.fastForward(10_500);
  await expect(page.locator(".state-strip")).toContainText("还没有回应");
  await expect(page.locator(".state-strip")).toContainText("看看屏幕上方有没有「允许定位」");
});

for (const [fragment, said] of [
  ["at=999,31", "999,31"],
  ["at=abc", "abc"],
  ["at=121.2174，31.3144", "31.3144"],
  ["at=31.3144,121.2174", "经度和纬度写反了"],
  ["at=121.2174,31.3144&crs=mars", "crs=mars"],
  ["season=hot", "season=hot"],
  ["lang=xx", "lang=xx"],
  ["need=sauna", "need=sauna"],
]) {
  test(`the first screen tells of a bad value: ${fragment}`, async ({ nearby, page }) => {
    await nearby.open(`#${fragment}`);
    await expect(page.locator(".notice").first()).toContainText(said);
    await nearby.screen("first-visit");
  });
}

test("a position of an older host without a datum is told on the first screen", async ({ nearby, page, server }) => {
  await page.goto(`${server.url}?lat=31.3144&lng=121.2174`);
  await nearby.screen("first-visit");
  await expect(page.locator(".notice").first()).toBeVisible();
});

test("a district that is not in the list offers those that are, a station that is gone what is near", async ({ nearby, page }) => {
  await nearby.open("#area=上海/没有");
  await nearby.screen("district-gone");
  await page.getByRole("link", { name: /嘉定/ }).click();
  await nearby.screen("district");
  await nearby.open(`${AT}&station=gone`);
  await page.getByRole("link", { name: "看附近的" }).click();
  await nearby.screen("answer");
});

test("filters that are on are seen, and taken off from the answer", async ({ nearby, page }) => {
  await nearby.open(`${AT}&need=shower`);
  const active = page.getByRole("group", { name: "正在用的筛选" });
  await expect(active).toContainText("淋浴");
  await expect(active).toBeInViewport();
  await active.getByRole("button", { name: "清掉筛选" }).click();
  await expect(active).toHaveCount(0);
  await expect(nearby.hero).toBeVisible();
});

test("first aid says how the place is known, and the nearest box by what is open", async ({ nearby, page, context }) => {
  const help = page.getByRole("dialog", { name: "急救" });
  await nearby.open(`${AT}&view=emergency`, new Date("2026-07-15T05:10:00+08:00"));
  await expect(help).toContainText("这是选定的地点");
  const boxes = help.getByRole("link", { name: /急救箱/ });
  await expect(boxes).toHaveCount(2);
  await expect(boxes.nth(1)).toContainText("开着");
  // With permission the device's position is used.
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ ...FANGTAI, accuracy: 1500 });
  await nearby.open(`${AT}&view=emergency`);
  await expect(help).toContainText("手机定位，误差约 1.5 公里");
  await expect(help).toContainText("我在它附近");
});
