// Every screen, in every theme and size: automatic checks that people can read, reach and press
// everything.

import { axe, axeColours } from "./axe.mjs";
import { FANGTAI, LUNCH, expect, test } from "./nearby.mjs";

const AT = "at=121.2174,31.3144";

// Name, fragment, and the value of data-screen.
const SCREENS = [
  ["first visit", "", "first-visit"],
  ["answer", AT, "answer"],
  ["all doors", `${AT}&open=any`, "answer"],
  ["hours unknown", "at=113.55,34.81", "answer"],
  ["nothing near", "at=100,40", "answer"],
  ["odd link", `${AT}&season=hot`, "answer"],
  ["place picker", "view=pick", "pick"],
  ["district", "area=上海/嘉定", "district"],
  ["station", `${AT}&station=anting-relay-1`, "station"],
  ["station without a place", "station=gone", "station-gone"],
  ["radar", `${AT}&view=radar`, "radar"],
  ["benefits", `${AT}&view=benefits`, "benefits"],
  ["first aid", `${AT}&view=emergency`, "answer"],
  ["first aid without a position", "view=emergency", "first-visit"],
  ["filters", `${AT}&view=filter`, "answer"],
  ["display", `${AT}&view=display`, "answer"],
  ["privacy", `${AT}&view=privacy`, "answer"],
  ["embedded answer", `${AT}&embed=1`, "answer"],
  ["embedded filters", `${AT}&embed=1&view=filter`, "answer"],
  ["what is kept", `${AT}&view=offline`, "answer"],
];

// Finds what overflows the screen, is too small to press, or too small to read.
function flaws(least) {
  const flaws = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) flaws.push(`${wide} px wider than the screen`);
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && getComputedStyle(element).visibility === "visible";
  };
  const said = (element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}"> ${element.textContent.trim().slice(0, 20)}`;
  for (const element of document.querySelectorAll("a[href], button, input, [role=radio]")) {
    if (!seen(element) || element.classList.contains("sheet-scrim")) continue;
    // The list below the radar picture repeats its marks.
    if (element.closest(".radar")) continue;
    // A press anywhere on the label reaches the field.
    const { width, height } = (element.closest("label") ?? element).getBoundingClientRect();
    if (height < least - 0.5 || width < least - 0.5) flaws.push(`${Math.round(width)}×${Math.round(height)} ${said(element)}`);
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !seen(element) || element.closest("svg, noscript, script")) continue;
    if (parseFloat(getComputedStyle(element).fontSize) < 15.9) flaws.push(`text of ${getComputedStyle(element).fontSize} ${said(element)}`);
    // Measures the text, not its element: a line of facts hides the dot before its first fact.
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const box = range.getBoundingClientRect();
    const scrolls = element.closest(".filter-chips");
    if (!scrolls && (box.right > innerWidth + 1 || box.left < -1)) flaws.push(`cut off ${said(element)}`);
  }
  return flaws;
}

// Finds important text whose contrast with its background is below 7 to 1; axe checks 4.5 for all
// other text. All backgrounds are plain colours.
function pale() {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, alpha = 1] = channels(getComputedStyle(at).backgroundColor);
      if (alpha > 0.99) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const pale = [];
  const main = document.querySelectorAll(
    ".state-strip, .station-hero-number, .station-hero-name, .go-button, .station-row-name, .state-mark, .button, .notice-title",
  );
  for (const element of main) {
    if (!element.textContent.trim() || element.closest("[hidden]")) continue;
    const style = getComputedStyle(element);
    const [one, other] = [light(channels(style.color)), light(ground(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    // White text on the red button is 32 px and bold: large text needs no more than 4.5.
    const least = element.classList.contains("button-danger") ? 4.5 : 7;
    if (ratio < least) pale.push(`${ratio.toFixed(1)} ${element.className} ${element.textContent.trim().slice(0, 16)}`);
  }
  return pale;
}

async function theme(page, name) {
  await page.evaluate((name) => (document.documentElement.dataset.theme = name), name);
}

for (const [name, fragment, screen] of SCREENS) {
  test(`${name}: axe finds nothing and what matters stands out, in every theme`, async ({ nearby, page }) => {
    await nearby.open(`#${fragment}`);
    await nearby.screen(screen);
    expect(await axe(page)).toEqual([]);
    for (const colours of ["light", "dark", "sunlight"]) {
      await theme(page, colours);
      expect(await axeColours(page), colours).toEqual([]);
      expect(await page.evaluate(pale), colours).toEqual([]);
    }
  });

  test(`${name}: nothing sticks out or is too small, at every size`, async ({ nearby, page }) => {
    for (const lang of ["zh-CN", "en"]) {
      for (const scale of ["1", "1.67"]) {
        await nearby.open(`#${fragment}&lang=${lang}&scale=${scale}`);
        await nearby.screen(screen);
        for (const [width, height] of [[320, 640], [360, 740], [412, 915], [768, 1024]]) {
          await page.setViewportSize({ width, height });
          const least = scale === "1" ? 48 : 60;
          expect(await page.evaluate(flaws, least), `${lang} ${scale} ${width}`).toEqual([]);
        }
      }
    }
  });
}

test("the main screens speak Korean and fit, at every size", async ({ nearby, page }) => {
  for (const scale of ["1", "1.67"]) {
    for (const [fragment, screen] of [["", "first-visit"], [AT, "answer"], [`${AT}&view=radar`, "radar"], [`${AT}&station=anting-relay-1`, "station"]]) {
      await nearby.open(`#${fragment}&lang=ko&scale=${scale}`);
      await nearby.screen(screen);
      await expect(nearby.root).toHaveAttribute("lang", "ko");
      for (const [width, height] of [[320, 640], [768, 1024]]) {
        await page.setViewportSize({ width, height });
        expect(await page.evaluate(flaws, scale === "1" ? 48 : 60), `${fragment} ${scale} ${width}`).toEqual([]);
      }
    }
  }
  await nearby.open(`#${AT}&lang=ko`);
  await expect(page.getByRole("link", { name: "가기" })).toBeVisible();
});

test("no position: axe finds nothing", async ({ nearby, page, context }) => {
  await context.clearPermissions();
  await nearby.open();
  await nearby.find.click();
  await nearby.screen("no-position");
  expect(await axe(page)).toEqual([]);
  expect(await page.evaluate(flaws, 48)).toEqual([]);
});

test("a station is reached and left with the keyboard alone", async ({ nearby, page }) => {
  await nearby.open(`#${AT}`);
  const way = page.getByRole("link", { name: "去这里" });
  await expect(way).toBeVisible();
  const reach = async (locator) => {
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press("Tab");
      if (await locator.evaluate((element) => element === document.activeElement)) {
        const outline = await locator.evaluate((element) => getComputedStyle(element).outlineStyle);
        expect(outline).not.toBe("none");
        return;
      }
    }
    throw new Error("not reached in 40 steps");
  };
  await reach(way);
  await reach(nearby.rows.first());
  await page.keyboard.press("Enter");
  await nearby.screen("station");
  await page.goBack();
  await nearby.screen("answer");
  await reach(page.getByRole("link", { name: "急救" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "急救" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("moving along a street re-orders without a jump, and keeps focus and scroll", async ({ nearby, page, context }) => {
  await nearby.openAt(context, FANGTAI);
  await page.evaluate(() => {
    globalThis.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifts.push(entry.value);
    }).observe({ type: "layout-shift", buffered: false });
  });
  const first = await nearby.hero.getAttribute("data-station");
  const filter = page.getByRole("link", { name: "筛选" });
  await filter.focus();
  await page.evaluate(() => scrollTo(0, 120));
  for (let step = 1; step <= 12; step += 1) {
    const before = await nearby.hero.getAttribute("data-distance-m");
    await context.setGeolocation({ longitude: FANGTAI.longitude - step * 0.0006, latitude: FANGTAI.latitude + step * 0.0004 });
    await expect.poll(() => nearby.hero.getAttribute("data-distance-m")).not.toBe(before);
  }
  expect(await nearby.hero.getAttribute("data-station")).not.toBe(first);
  await expect(filter).toBeFocused();
  expect(await page.evaluate(() => scrollY)).toBe(120);
  const shifts = await page.evaluate(() => globalThis.shifts);
  expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.02);
});

test("nothing moves under a finger", async ({ nearby, page, context }) => {
  await nearby.openAt(context, FANGTAI);
  const before = await nearby.hero.getAttribute("data-distance-m");
  await page.evaluate(() => {
    navigator.geolocation.watchPosition((fix) => (globalThis.heard = fix.coords.longitude));
  });
  await page.mouse.move(180, 400);
  await page.mouse.down();
  const farther = FANGTAI.longitude - 0.002;
  await context.setGeolocation({ longitude: farther, latitude: FANGTAI.latitude });
  // By now the page has the position, since this test's subscription came after the page's.
  await expect.poll(() => page.evaluate(() => globalThis.heard)).toBe(farther);
  expect(await nearby.hero.getAttribute("data-distance-m")).toBe(before);
  await page.mouse.move(10, 10);
  await page.mouse.up();
  await expect.poll(() => nearby.hero.getAttribute("data-distance-m")).not.toBe(before);
});

test("from a cold page with a known position two taps lead to the map, from the icon one", async ({ nearby, page, context }) => {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation(FANGTAI);
  await nearby.open();
  // The first tap finds the station, the second opens the map.
  await nearby.find.click();
  const way = page.getByRole("link", { name: "去这里" });
  await expect(way).toHaveAttribute("href", /^https:\/\/uri\.amap\.com\/navigation/);
  await nearby.open(`#${AT}`, LUNCH);
  await expect(way).toBeInViewport();
});

test("a filter pressed with the keyboard keeps the focus while the list changes", async ({ nearby, page }) => {
  await nearby.open(`#${AT}`);
  const chip = page.getByRole("button", { name: "饮水" });
  await nearby.screen("answer");
  const before = await nearby.rows.count();
  await chip.focus();
  await page.keyboard.press("Enter");
  await expect(chip).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => nearby.rows.count()).not.toBe(before);
  await expect(chip).toBeFocused();
});

test("without a network the page says so, and how old its data is", async ({ nearby, page, context }) => {
  await nearby.open(`#${AT}`);
  await expect(nearby.hero).toBeVisible();
  await context.setOffline(true);
  const said = page.getByRole("status").filter({ hasText: "没有网络，照样能用" });
  await expect(said).toContainText("的数据");
  await expect(nearby.hero).toBeVisible();
  await context.setOffline(false);
  await expect(said).toHaveCount(0);
});

test("the button to go stays in sight above the bar, however large the text", async ({ nearby, page }) => {
  for (const scale of ["1", "1.3", "1.67"]) {
    for (const [width, height] of [[320, 640], [360, 740], [412, 915]]) {
      await page.setViewportSize({ width, height });
      await nearby.open(`#${AT}&scale=${scale}`);
      const way = await page.getByRole("link", { name: "去这里" }).boundingBox();
      const bar = await page.getByRole("navigation", { name: "主要页面" }).boundingBox();
      expect(way.y + way.height, `${scale} ${width}`).toBeLessThanOrEqual(bar.y + 3);
      expect(way.y, `${scale} ${width}`).toBeGreaterThan(0);
    }
  }
});
