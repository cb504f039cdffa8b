// What the page shows before its module is here: what stood at this address when it was open last.

import { LUNCH, NearbyPage, expect, test } from "./nearby.mjs";
import { edition } from "./releases.mjs";

const AT = "#at=121.217400,31.314400&crs=wgs84";
const MINUTE = 60_000;

// The frame that is kept for this address, once nothing more is looked at.
async function keptFrame(page) {
  const minutes = () =>
    page.evaluate(() => {
      const kept = JSON.parse(localStorage.getItem("yizhan-frame") ?? "null");
      return kept?.key === globalThis.yizhanFrame.key() ? [kept.from, kept.until] : null;
    });
  let last;
  await expect(async () => {
    // Longer than the page looks ahead for.
    await page.clock.runFor(10_000);
    last = await minutes();
    expect(last).not.toBeNull();
  }).toPass();
  return last.map((minute) => new Date(minute * MINUTE));
}

// From now on no module comes, until `letStart()` is called in the page.
const withoutModule = (page) =>
  page.addInitScript(() => {
    const take = Document.prototype.importNode;
    Document.prototype.importNode = function (content) {
      window.letStart = () => document.head.append(take.call(document, content, true));
      return document.createDocumentFragment();
    };
  });

async function reopen(nearby, page, fragment, time = LUNCH) {
  nearby.server.setClock(time);
  await page.goto("about:blank");
  await page.clock.setFixedTime(time);
  await page.goto(nearby.url + fragment);
  // The last script of the page has run.
  await page.waitForFunction(() => globalThis.letStart);
}

// Lets the module start, and tells what it changed above the rows by the time it follows what happens.
async function changesByModule(nearby, page) {
  await page.evaluate(() => {
    window.changes = [];
    const note = (records) => {
      for (const { target, type } of records) {
        const part = (target.closest ?? target.parentElement.closest).call(target.closest ? target : target.parentElement, "[data-part]");
        if (["top", "notices", "plate", "bar", "sheet"].includes(part?.dataset.part)) window.changes.push(`${part.dataset.part}: ${type}`);
      }
    };
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    const look = (records) => {
      for (const { attributeName, oldValue } of records) {
        if (/^data-(screen|edition|supply)$/.test(attributeName)) continue;
        if (document.documentElement.getAttribute(attributeName) !== oldValue) window.changes.push(`root: ${attributeName}`);
      }
    };
    new MutationObserver(look).observe(document.documentElement, { attributes: true, attributeOldValue: true });
    window.letStart();
  });
  await expect(nearby.root).toHaveAttribute("data-screen", /./);
  // What lies below the plate comes with the page's ears.
  await expect(page.locator("[data-part=list], [data-part=foot]").filter({ hasText: /./ }).first()).toBeVisible();
  return page.evaluate(() => window.changes);
}

for (const [name, fragment, words] of [
  ["an answer", AT, "嘉泰加油站"],
  ["an answer with filters, in large text", `${AT}&has=wc&scale=1.67`, /./],
  ["an answer in English", `${AT}&lang=en`, /./],
  ["an answer for the cold", `${AT}&season=warm`, /./],
  ["a station", `${AT}&station=anting-warm-5`, "午休"],
  ["a first visit", "", "找最近的"],
]) {
  test(`${name} is there before the module, which then changes nothing`, async ({ nearby, page, server, context }) => {
    await nearby.open(fragment);
    await nearby.isKept();
    const [from, until] = await keptFrame(page);
    expect(from).toEqual(LUNCH);
    expect(until.getTime()).toBeGreaterThan(from.getTime());
    await withoutModule(page);

    const last = new Date(until.getTime() - 1);
    for (const [time, isOffline] of [[LUNCH, false], [last, false], [LUNCH, true], [last, true]]) {
      if (isOffline) await context.setOffline(true);
      await reopen(nearby, page, fragment, time);
      const part = page.locator(name === "a station" ? "main" : "[data-part=plate]");
      await expect(part).toContainText(words);
      await expect(nearby.root).not.toHaveAttribute("data-screen");
      expect(await changesByModule(nearby, page)).toEqual([]);
      if (isOffline && name.startsWith("an answer")) await expect(page.locator("[data-part=notices]")).not.toBeEmpty();
    }
  });
}

test("a frame is not shown when it may no longer be true", async ({ nearby, page }) => {
  await nearby.open(AT);
  await nearby.isKept();
  const [from, until] = await keptFrame(page);
  const texts = await page.evaluate(() => ({ ...localStorage }));
  await withoutModule(page);
  const frame = page.locator("[data-part]");
  const open = async ({ fragment = AT, time = LUNCH, others = {} }) => {
    await page.evaluate((texts) => {
      localStorage.clear();
      for (const [name, text] of Object.entries(texts)) localStorage.setItem(name, text);
    }, { ...texts, ...others });
    await reopen(nearby, page, fragment, time);
  };

  await open({});
  await expect(nearby.hero).toBeVisible();
  for (const other of [
    // The minute behind, a clock that was put back, another place.
    { time: until },
    { time: new Date(from.getTime() - 1) },
    { fragment: "#at=121.3,31.3&crs=wgs84" },
    // What another page of ours wrote down.
    { others: { "yizhan-settings": "167 dark" } },
    { others: { "yizhan-reports": "x" } },
    { others: { "yizhan-place": "121.3 31.3 29731000" } },
    // What is not ours.
    { others: { "yizhan-frame": "{" } },
  ]) {
    await open(other);
    await expect(frame).toHaveCount(0);
    await open({});
    await expect(nearby.hero).toBeVisible();
  }
  await open({ time: until });
  expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("yizhan-frame")))).toEqual([]);
});

test("a short visit takes nothing from what a longer one found", async ({ nearby, page }) => {
  await nearby.open(AT);
  await nearby.isKept();
  const kept = await keptFrame(page);
  expect(kept[1] - kept[0]).toBeGreaterThan(2 * MINUTE);
  await nearby.open(AT, new Date(kept[0].getTime() + MINUTE));
  const [from, until] = await keptFrame(page);
  expect(from).toEqual(kept[0]);
  expect(until.getTime()).toBeGreaterThanOrEqual(kept[1].getTime());
});

test("what was tapped in it is done when the module is here", async ({ nearby, page }) => {
  await nearby.open();
  await nearby.isKept();
  await keptFrame(page);
  await withoutModule(page);

  await reopen(nearby, page, "");
  await nearby.find.click();
  await page.evaluate(() => window.letStart());
  await nearby.screen(/locating|no-position/);

  // Links are links.
  await reopen(nearby, page, "");
  await page.getByRole("link", { name: "急救" }).click();
  await page.evaluate(() => window.letStart());
  await expect(page.getByRole("dialog")).toContainText("120");
});

test.describe("in a mini-program", () => {
  test.use({ userAgent: "Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.66 miniProgram/wx0123456789abcdef" });

  test("去这里 in it leads to the mini-program's own page", async ({ nearby, page }) => {
    await page.addInitScript(() => {
      window.gone = [];
      window.wx = { miniProgram: { navigateTo: ({ url }) => window.gone.push(url) } };
    });
    await nearby.open(AT);
    await nearby.isKept();
    await keptFrame(page);
    await withoutModule(page);
    await reopen(nearby, page, AT);
    await page.getByRole("link", { name: "去这里" }).click();
    await page.evaluate(() => window.letStart());
    await nearby.screen("station");
    expect(await page.evaluate(() => window.gone)).toEqual([expect.stringContaining("/pages/navigate/navigate?")]);
    expect(page.context().pages()).toHaveLength(1);
  });
});

test("no frame is kept where no place is to be remembered, and none of a list that was cleared", async ({ nearby, page, server }) => {
  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("yizhan-frame")).length);
  // With all that the page does by itself meanwhile.
  const later = () => page.clock.runFor(10_000);
  const done = async () => {
    await page.getByRole("link", { name: "好了" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await later();
  };
  server.setClock(LUNCH);
  await page.clock.install({ time: LUNCH });
  await page.goto(nearby.url + AT);
  await nearby.isKept();
  await later();
  expect(await kept()).toBe(2);

  await page.getByRole("link", { name: "显示和语言" }).click();
  await page.getByRole("button", { name: "不记" }).click();
  expect(await kept()).toBe(0);
  await done();
  expect(await kept()).toBe(0);
  await page.getByRole("link", { name: "显示和语言" }).click();
  await page.getByRole("button", { name: "记住" }).click();
  await done();
  expect(await kept()).toBe(2);

  await page.getByRole("link", { name: "离线状态" }).click();
  await page.getByRole("button", { name: "清除" }).click();
  expect(await kept()).toBe(0);
  await done();
  expect(await kept()).toBe(0);
});

test("a frame whose stations are gone from the phone goes too, and honest words come", async ({ nearby, page, server }) => {
  await nearby.open(AT);
  await nearby.isKept();
  await keptFrame(page);
  await page.evaluate(() => globalThis.yizhanKept.clear());
  await server.close();
  await withoutModule(page);

  await reopen(nearby, page, AT);
  await expect(nearby.hero).toBeVisible();
  await page.evaluate(() => window.letStart());
  await nearby.screen("data-failed");
  await expect(nearby.hero).toHaveCount(0);
});

test.describe("of two editions", () => {
  const [OLD, NEW] = [edition("2026-07-13", "甲"), edition("2026-07-14", "乙")];
  test.use({ data: OLD });
  const HERE = "#at=121.2500,31.3500&crs=wgs84";

  test("the frame is never of the older one once the newer is kept", async ({ nearby, page, server }) => {
    await nearby.open(HERE);
    await nearby.isKept();
    await keptFrame(page);
    server.deploy("dist", NEW);
    await nearby.open(HERE);
    await expect(nearby.hero).toContainText("乙");
    await expect(nearby.root).toHaveAttribute("data-supply", "fresh");
    await nearby.isKept();
    await keptFrame(page);
    await withoutModule(page);
    await reopen(nearby, page, HERE);
    await expect(nearby.hero).toContainText("乙");
    expect(await changesByModule(nearby, page)).toEqual([]);
  });

  test("nor does a tab that shows the older one keep its frame then", async ({ nearby, page, server, context }) => {
    server.setClock(LUNCH);
    await page.clock.install({ time: LUNCH });
    await page.goto(nearby.url + HERE);
    await nearby.isKept();
    server.deploy("dist", NEW);
    const other = await context.newPage();
    await other.goto(nearby.url + HERE);
    await expect(other.locator("[data-hero]")).toContainText("乙");
    await new NearbyPage(other, server).isKept();
    await keptFrame(other);
    await other.close();
    await server.close();

    // Minutes pass in the first tab, with all that it does meanwhile.
    await page.clock.runFor(3 * MINUTE);
    await expect(nearby.hero).toContainText("甲");
    const kept = await page.evaluate(() => localStorage.getItem("yizhan-frame"));
    expect(kept).toContain("乙");
  });
});
