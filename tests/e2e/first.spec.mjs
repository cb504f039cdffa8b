// A first visit: the first screen works before the module is loaded, the answer takes two rounds
// of requests, and everything else is loaded after it.

import { FANGTAI, LUNCH, expect, test } from "./nearby.mjs";

const AT = "#at=121.2174,31.3144";
const MODULE = /web_bg-.*\.wasm$/;
const fault = (pattern, does) => (path) => (pattern.test(path) ? { does } : undefined);

test.beforeEach(({ server }) => server.setClock(LUNCH));

/** Opens the page at lunch time without waiting for the module. */
async function open(page, url) {
  await page.clock.setFixedTime(LUNCH);
  await page.goto(url);
}

test("the first answer takes two rounds of requests, and no more than five of them", async ({ page, server }) => {
  server.setRounds(2);
  await open(page, server.url + AT);
  await expect(page.locator("[data-hero]")).toBeVisible();
  expect(server.answered.length, server.answered.join()).toBeLessThanOrEqual(5);
});

test.describe("before the module is there", () => {
  test.beforeEach(({ server }) => server.setFault(fault(MODULE, "held")));

  for (const how of ["tap", "key"]) {
    test(`找最近的 asks the device at the ${how}, and the answer comes with the module`, async ({ nearby, page, server, context }) => {
      await context.grantPermissions(["geolocation"]);
      await context.setGeolocation({ ...FANGTAI, accuracy: 20 });
      await open(page, server.url);
      if (how === "tap") await nearby.find.click();
      else {
        await nearby.find.focus();
        await page.keyboard.press("Enter");
      }
      await expect(page.locator(".state-strip")).toContainText("正在找你的位置");
      // Screen readers announce it.
      await expect(page.locator("[aria-live][data-part=announcement]")).toContainText("正在找你的位置");
      // The device has answered; the module is still held back.
      const [longitude] = await page.evaluate(() => globalThis.yizhanEarly.position());
      expect(longitude).toBeCloseTo(FANGTAI.longitude, 6);
      await expect(nearby.hero).toHaveCount(0);

      server.setFault(null);
      server.goOn();
      await expect(nearby.hero).toBeVisible();
      // The position is in no request and not in the address.
      expect(server.heads.join()).not.toMatch(/121\.2174|31\.3144/);
      expect(page.url()).not.toMatch(/121|31\.3/);
    });
  }

  test("a refusal is handed over too", async ({ nearby, page, server }) => {
    await open(page, server.url);
    await nearby.find.click();
    expect(await page.evaluate(() => globalThis.yizhanEarly.position())).toBe("refused");
    server.setFault(null);
    server.goOn();
    await nearby.screen("no-position");
  });

  test("the last of two early taps wins", async ({ nearby, page, server, context }) => {
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation({ ...FANGTAI, accuracy: 20 });
    server.setFault((path) => (MODULE.test(path) || /split_live/.test(path) ? { does: "held" } : undefined));
    await open(page, server.url);
    const steps = await page.evaluate(() => history.length);
    await nearby.find.click();
    server.setFault(fault(/split_live/, "held"));
    server.goOn();
    await expect(nearby.hero).toBeVisible();
    await page.getByRole("link", { name: "急救" }).click();
    server.setFault(null);
    server.goOn();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(page.url()).toContain("view=emergency");
    expect(await page.evaluate(() => history.length)).toBe(steps + 1);
  });

  test("what has the focus keeps it: the first screen, and the module over it", async ({ nearby, page, server }) => {
    await open(page, server.url);
    const focused = () => page.evaluate(() => document.activeElement.textContent);
    await page.getByRole("radio", { name: "清凉" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(nearby.root).toHaveAttribute("data-season", "warm");
    expect(await focused()).toBe("取暖");
    await nearby.find.focus();
    server.setFault(null);
    server.goOn();
    await nearby.screen("first-visit");
    expect(await focused()).toBe("找最近的");
  });

  test("a link and another button are done when the module is there", async ({ nearby, page, server }) => {
    await open(page, server.url);
    await page.getByRole("radio", { name: "取暖" }).click();
    await nearby.chooseInstead.click();
    server.setFault(null);
    server.goOn();
    await nearby.screen("pick");
    await expect(nearby.root).toHaveAttribute("data-season", "warm");
  });

  test("a page that is opened on its way elsewhere shows that it is on its way", async ({ nearby, page, server }) => {
    for (const fragment of [AT, "#station=anting-warm-5", "#view=pick"]) {
      await page.goto("about:blank");
      await open(page, server.url + fragment);
      await expect(page.getByText("正在取站点名单")).toBeVisible();
      await expect(nearby.find).toHaveCount(0);
    }
  });
});

test("the module draws what the first screen showed: nothing looks otherwise, nothing moves", async ({ browser, server }) => {
  test.slow();
  const [seasons, languages] = [["cool", "warm"], ["zh-CN", "en", "ko"]];
  const looks = ["", "&scale=1.67", "&theme=dark", "&theme=sunlight&scale=1.3", "&embed=1"];
  const seen = (page) =>
    page.evaluate(() => {
      const box = (selector) => {
        const element = document.querySelector(selector);
        if (!element) return null;
        const { x, y, width, height } = element.getBoundingClientRect();
        return [selector, element.innerText, x, y, width, height].join(" ");
      };
      const { attributes } = document.documentElement;
      const names = ["lang", "style", "data-season", "data-theme", "data-elder", "data-large", "data-embed"];
      const boxes = [".top-bar", ".season-switch", ".brand", ".station-hero", ".first-visit-title", ".promise", ".go-button", ".block > .button", ".bottom-bar"];
      return [...names.map((name) => `${name}=${attributes[name]?.value}`), ...boxes.map(box)];
    });
  for (const season of seasons) {
    for (const [number, language] of languages.entries()) {
      // Each look with at least one language in each season.
      for (const look of looks.filter((_, place) => season === "cool" || place % 3 === number)) {
        const page = await browser.newPage({ viewport: { width: 360, height: 740 }, locale: language });
        await page.addInitScript(() => {
          globalThis.shifted = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) globalThis.shifted += entry.value;
          }).observe({ type: "layout-shift", buffered: true });
        });
        server.setFault(fault(MODULE, "held"));
        await open(page, `${server.url}#season=${season}${look}`);
        await expect(page.locator(".go-button")).toBeVisible();
        const before = await seen(page);
        server.setFault(null);
        server.goOn();
        await expect(page.locator("html")).toHaveAttribute("data-screen", "first-visit");
        await expect(page.locator("#shell")).toHaveCount(0);
        expect(await seen(page), `${season} ${language} ${look}`).toEqual(before);
        expect(await page.evaluate(() => globalThis.shifted), `${season} ${language} ${look}`).toBe(0);
        await page.close();
      }
    }
  }
});

for (const language of ["en", "ko"]) {
  test(`in ${language} the first answer takes no more rounds`, async ({ page, server }) => {
    server.setRounds(2);
    await open(page, `${server.url}${AT}&lang=${language}`);
    await expect(page.locator("[data-hero]")).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", language);
  });
}

test.describe("a part that does not come", () => {
  for (const [fragment, name] of [["#station=anting-warm-5", "a station"], ["#view=pick", "the place picker"], ["", "the start"]]) {
    test(`a failed module on the way to ${name} is reported, with a button that fetches it again`, async ({ nearby, page, server }) => {
      server.setFault(fault(/split_live/, "missing"));
      await open(page, server.url + fragment);
      await expect(page.getByRole("heading", { name: "这一页没有加载下来" })).toBeVisible();
      server.setFault(null);
      await page.getByRole("button", { name: "再取一次" }).click();
      await expect(nearby.root).toHaveAttribute("data-screen", /^(station|pick|first-visit)$/);
    });
  }

  test("the number to call is there on the way to first aid", async ({ page, server }) => {
    server.setFault(fault(/split_live/, "missing"));
    await open(page, `${server.url}#view=emergency`);
    await expect(page.getByRole("link", { name: /120/ })).toHaveAttribute("href", "tel:120");
  });

  test("a module that is spoilt in the browser's cache is fetched past it", async ({ nearby, page, server }) => {
    const seen = new Set();
    server.setFault((path) => {
      const isFirst = !seen.has(path);
      seen.add(path);
      return /split_/.test(path) && isFirst ? { does: "shortened" } : undefined;
    });
    await open(page, server.url + AT);
    await nearby.rows.first().click();
    await nearby.screen("station");
  });

  test("a failed application is reported, and the next tap fetches it again", async ({ nearby, page, server }) => {
    server.setFault(fault(/split_live/, "missing"));
    await open(page, server.url + AT);
    await expect(nearby.hero).toBeVisible();
    await expect(page.getByText("页面没有加载完整，有些按钮还不能用")).toBeVisible();
    server.setFault(null);
    await page.getByRole("radio", { name: "取暖" }).click();
    await expect(nearby.root).toHaveAttribute("data-season", "warm");
    await expect(page.locator(".notice")).toHaveCount(0);
    await expect(nearby.rows.first()).toBeVisible();
  });

  test("a failed screen is reported with a button, and the rest goes on", async ({ nearby, page, server }) => {
    server.setFault(fault(/split_screens/, "closed"));
    await open(page, server.url + AT);
    await nearby.rows.first().click();
    await expect(page.getByRole("heading", { name: "这一页没有加载下来" })).toBeVisible();
    await page.getByRole("link", { name: "最近" }).click();
    await expect(nearby.hero).toBeVisible();
    await nearby.rows.first().click();
    server.setFault(null);
    await page.getByRole("button", { name: "再取一次" }).click();
    await nearby.screen("station");
  });

  test("the number to call is there without the screen of first aid", async ({ nearby, page, server }) => {
    server.setFault(fault(/split_sheets/, "closed"));
    await open(page, server.url + AT);
    await expect(nearby.rows.first()).toBeVisible();
    await page.getByRole("link", { name: "急救" }).click();
    await expect(page.getByRole("dialog").getByRole("link", { name: /120/ })).toHaveAttribute("href", "tel:120");
    const again = page.getByRole("dialog").getByRole("button", { name: "再取一次" });
    await expect(again).toBeVisible();
    server.setFault(null);
    await again.click();
    await expect(page.getByRole("dialog")).toContainText("中暑");
  });
});
