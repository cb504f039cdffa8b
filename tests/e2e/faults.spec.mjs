// Whatever happens to a response, the page shows the right station or an honest message; never a
// blank page or a wrong station, and it never loses the stored dataset.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { LUNCH, expect, test } from "./nearby.mjs";
import { AT, ELSEWHERE, edition, release } from "./releases.mjs";

const [OLD, NEW] = [edition("2026-07-14", "甲"), edition("2026-07-15", "乙")];
const PAGE = release("one");

test.use({ data: OLD });

const MANIFEST = /manifest\.yz/;
const CELL = /cell-/;
// The file that a first visit requests, and the one that it requests if that is missing.
const FIRST = /(first|manifest)\.yz/;
const fault = (pattern, does) => (path) => (pattern.test(path) ? { does } : undefined);

/** Opens the page as it is, without waiting for anything. */
async function reopen(page, url, time = LUNCH) {
  await page.goto("about:blank");
  await page.clock.setFixedTime(time);
  await page.goto(url);
}

test.describe("on a later visit", () => {
  // What fails and how · the value of data-sync · the message to the rider.
  const TABLE = [
    [MANIFEST, "missing", "missing", "网站上暂时取不到新名单"],
    [MANIFEST, "broken", "missing", "网站上暂时取不到新名单"],
    [MANIFEST, "overloaded", "missing", "网站上暂时取不到新名单"],
    [MANIFEST, "closed", "unreached", "没连上网"],
    [MANIFEST, "cut", "unreached", "没连上网"],
    [MANIFEST, "shortened", "damaged", "新名单没收完整"],
    [MANIFEST, "empty", "not-ours", "这个网络送来的不是站点名单"],
    [MANIFEST, "flipped", "damaged", "新名单没收完整"],
    [MANIFEST, "newer format", "newer-format", "要先更新页面"],
    [MANIFEST, "login", "not-ours", "可能是 Wi-Fi 要先登录"],
    [MANIFEST, "redirected", "not-ours", "可能是 Wi-Fi 要先登录"],
    [CELL, "missing", "missing", "网站上暂时取不到新名单"],
    [CELL, "broken", "missing", "网站上暂时取不到新名单"],
    [CELL, "closed", "unreached", "没连上网"],
    [CELL, "cut", "unreached", "没连上网"],
    [CELL, "shortened", "damaged", "新名单没收完整"],
    [CELL, "empty", "damaged", "新名单没收完整"],
    [CELL, "flipped", "damaged", "新名单没收完整"],
    [CELL, "newer format", "damaged", "新名单没收完整"],
    [CELL, "login", "not-ours", "可能是 Wi-Fi 要先登录"],
    [CELL, "redirected", "not-ours", "可能是 Wi-Fi 要先登录"],
  ];
  for (const [pattern, does, sync, words] of TABLE) {
    test(`${pattern.source} is ${does}: the last good list stays, and the page says why`, async ({ nearby, page, server }) => {
      await nearby.open(AT);
      await nearby.isKept();
      // Only the stations are new: a newer release would be offered in a notice too.
      server.deploy("dist", NEW);
      server.setFault(fault(pattern, does));
      await reopen(page, nearby.url + AT);

      await expect(nearby.root).toHaveAttribute("data-sync", sync);
      await expect(nearby.hero).toContainText("甲一站");
      await expect(page.locator(".notice").filter({ hasText: words })).toContainText("1 天前");

      // Once the network works again, the list is updated.
      server.setFault(null);
      await page.evaluate(() => dispatchEvent(new Event("online")));
      await expect(nearby.hero).toContainText("乙一站");
      await expect(nearby.root).toHaveAttribute("data-sync", "fresh");
      await expect(page.locator(".notice")).toHaveCount(0);
    });
  }

  for (const [pattern, does] of [[MANIFEST, "silent"], [MANIFEST, "stalled"], [CELL, "silent"], [CELL, "stalled"]]) {
    test(`${pattern.source} is ${does}: the list is there at once, and after half a minute the page says so`, async ({ nearby, page, server }) => {
      await nearby.open(AT);
      await nearby.isKept();
      server.deploy(PAGE, NEW);
      server.setFault(fault(pattern, does));
      await page.goto("about:blank");
      await page.clock.install({ time: LUNCH });
      const before = server.requests.length;
      await page.goto(nearby.url + AT);
      await expect(nearby.hero).toContainText("甲一站");
      // The file is requested after the first frame.
      await expect.poll(() => server.requests.slice(before).some((path) => pattern.test(path))).toBe(true);
      await page.clock.fastForward(31_000);
      await expect(nearby.root).toHaveAttribute("data-sync", "unreached");
      await expect(nearby.hero).toContainText("甲一站");
    });
  }

  test("a cell of another edition under this one's name is not taken", async ({ nearby, page, server }) => {
    await nearby.open(AT);
    await nearby.isKept();
    const old = readdirSync(OLD).find((name) => /^cell-\w+\.yz$/.test(name));
    server.deploy(PAGE, NEW);
    server.setFault((path) => (CELL.test(path) ? { file: join(OLD, old) } : undefined));
    await reopen(page, nearby.url + AT);
    await expect(nearby.root).toHaveAttribute("data-sync", "damaged");
    await expect(nearby.hero).toContainText("甲一站");
  });

  test("a manifest that went backwards is not taken", async ({ nearby, page, server }) => {
    server.deploy(PAGE, NEW);
    await nearby.open(AT);
    await nearby.isKept();
    server.deploy(PAGE, OLD);
    await reopen(page, nearby.url + AT);
    await expect(nearby.root).toHaveAttribute("data-sync", "older");
    await expect(nearby.hero).toContainText("乙一站");
    // No notice; only the sheet about offline use says it.
    await expect(page.locator(".notice")).toHaveCount(0);
    await page.getByRole("link", { name: "离线状态" }).click();
    await expect(page.getByRole("dialog")).toContainText("网站给的比手机里的还旧");
  });

  test("the programmes alone are missing: the new list is shown, the benefits say so", async ({ nearby, page, server }) => {
    await nearby.open(AT);
    await nearby.isKept();
    server.deploy(PAGE, NEW);
    server.setFault(fault(/programmes-/, "missing"));
    await reopen(page, nearby.url + AT);
    await expect(nearby.hero).toContainText("乙一站");
    await page.getByRole("link", { name: "权益" }).click();
    await nearby.screen("data-failed");
    await expect(page.getByText("网站那边出了问题")).toBeVisible();
    server.setFault(null);
    await page.getByRole("button", { name: "再取一次" }).click();
    await expect(page.getByText("乙活动")).toBeVisible();
  });

  test("the server is gone for a month: it answers, and says how old it is", async ({ nearby, page, server }) => {
    await nearby.open(AT);
    await nearby.isKept();
    await server.close();
    await reopen(page, nearby.url + AT, new Date(LUNCH.getTime() + 31 * 86_400_000));
    await expect(nearby.hero).toContainText("甲一站");
    await expect(page.getByText("数据是 32 天前的")).toBeVisible();
    // One notice is shown in full, the other behind a summary.
    await page.getByText("还有 1 条").click();
    await expect(page.getByText("没连上网，先用手机里存的")).toBeVisible();
    await expect(page.getByText("7月14日的数据，32 天前").first()).toBeVisible();
  });

  test("a clock before the day of the data is no reason to call it today's", async ({ nearby, page }) => {
    await nearby.open(AT, new Date("2026-07-01T12:10:00+08:00"), LUNCH);
    await expect(nearby.hero).toContainText("甲一站");
    await expect(page.getByText("手机时间慢了")).toBeVisible();
    await expect(page.locator(".data-age")).toContainText("7月14日的数据");
  });

  /** Spoils the stored cells, and waits until they came again. */
  async function spoilAndMend(nearby) {
    const { page } = nearby;
    const lastBytes = () =>
      page.evaluate(async () => {
        const names = (await globalThis.yizhanStore.names()).filter((name) => name.startsWith("cell-"));
        return (await globalThis.yizhanStore.read(names)).map((bytes) => bytes.at(-1));
      });
    const whole = await lastBytes();
    expect(whole).not.toEqual([]);
    await page.evaluate(async () => {
      const names = (await globalThis.yizhanStore.names()).filter((name) => name.startsWith("cell-"));
      const files = await globalThis.yizhanStore.read(names);
      for (const bytes of files) bytes[bytes.length - 1] ^= 1;
      await globalThis.yizhanStore.change(names.map((name, index) => [name, files[index]]));
    });
    expect(await lastBytes()).not.toEqual(whole);
    await reopen(page, nearby.url + AT);
    await expect(nearby.hero).toContainText("甲一站");
    await expect(nearby.root).toHaveAttribute("data-sync", "fresh");
    await expect.poll(lastBytes).toEqual(whole);
  }

  test("files that were spoilt on the phone come again", async ({ nearby, page, server }) => {
    await nearby.open(AT);
    await nearby.isKept();
    await spoilAndMend(nearby);
    await server.close();
    await reopen(page, nearby.url + AT);
    await expect(nearby.root).toHaveAttribute("data-sync", "unreached");
    await expect(nearby.hero).toContainText("甲一站");
  });

  test("files that were spoilt on the phone come again over http, where no browser counts digests", async ({ nearby, page, server }) => {
    // Unlike 127.0.0.1, a site without https to the browser.
    nearby.url = server.url.replace("127.0.0.1", "yizhan.test");
    await nearby.open(AT);
    expect(await page.evaluate(() => crypto.subtle)).toBeUndefined();
    await expect.poll(() => page.evaluate(async () => (await globalThis.yizhanStore.names()).includes("manifest.yz"))).toBe(true);
    await spoilAndMend(nearby);
  });

  test("a database that the browser closed is opened again", async ({ nearby, page }) => {
    await nearby.open(AT);
    await nearby.isKept();
    // The page's connection is gone, as on an iPhone after a while in the background.
    await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase("yizhan-data");
          request.onsuccess = resolve;
          request.onblocked = reject;
        }),
    );
    const stored = await page.evaluate(async () => {
      const { yizhanStore } = globalThis;
      return [await yizhanStore.change([["x", new Uint8Array([1])]]), await yizhanStore.names()];
    });
    expect(stored).toEqual([true, ["x"]]);
  });

  /** Loses the name of the stored edition, and stores more files than are read in advance. */
  const forgetEdition = (page) =>
    page.evaluate(async () => {
      await globalThis.yizhanStore.change(Array.from({ length: 30 }, (_, number) => [`x${number}`, new Uint8Array([1])]));
      localStorage.removeItem("yizhan-edition");
    });

  test("a network's sign-in page does not hide the stored list, also where the edition's name was lost", async ({ nearby, page, server }) => {
    await nearby.open(AT);
    await nearby.isKept();
    await forgetEdition(page);
    server.setFault(fault(FIRST, "login"));
    await reopen(page, nearby.url + AT);
    await expect(nearby.hero).toContainText("甲一站");
    await expect(nearby.root).toHaveAttribute("data-sync", "not-ours");
  });

  test("a newer edition replaces the stored one as a whole, also where the edition's name was lost", async ({ nearby, page, server }) => {
    await nearby.open(AT);
    await nearby.isKept();
    await forgetEdition(page);
    server.deploy("dist", NEW);
    // The new edition's cell of Anting comes with the first request; its programmes do not.
    server.setFault(fault(/programmes-/, "missing"));
    await reopen(page, nearby.url + AT);
    await expect(nearby.hero).toContainText("乙一站");
    await expect(nearby.root).toHaveAttribute("data-live", "");
    const cells = () => page.evaluate(async () => (await globalThis.yizhanStore.names()).filter((name) => name.startsWith("cell-")));
    await expect.poll(async () => (await cells()).length).toBe(3);
    await server.close();
    await reopen(page, nearby.url + AT);
    await expect(nearby.hero).toContainText("甲一站");
  });

  test("a cell that comes before the application is stored too", async ({ nearby, page, server }) => {
    await nearby.open(AT);
    await nearby.isKept();
    // Of the stored edition, one cell is missing, as in a large dataset.
    await page.evaluate(async () => {
      const names = await globalThis.yizhanStore.names();
      const [cell] = names.filter((name) => name.startsWith("cell-"));
      await globalThis.yizhanStore.change([], names.filter((name) => name !== cell));
    });
    for (const place of [AT, ELSEWHERE]) {
      await reopen(page, nearby.url + place);
      await expect(nearby.hero).toBeVisible();
      await expect(nearby.root).toHaveAttribute("data-sync", "fresh");
    }
    await nearby.isKept();
    await server.close();
    for (const place of [AT, ELSEWHERE]) {
      await reopen(page, nearby.url + place);
      await expect(nearby.hero).toBeVisible();
    }
  });

  test("a manifest that was spoilt on the phone is as good as none", async ({ nearby, page }) => {
    await nearby.open(AT);
    await nearby.isKept();
    await page.evaluate(() => globalThis.yizhanStore.change([["manifest.yz", new Uint8Array([89, 90, 77, 4, 1])]]));
    await reopen(page, nearby.url + AT);
    await expect(nearby.hero).toContainText("甲一站");
  });

  test("an update fetches only the cells that changed", async ({ nearby, page, server }) => {
    await nearby.open(AT);
    await nearby.isKept();
    server.deploy(PAGE, NEW);
    server.requests.length = 0;
    await reopen(page, nearby.url + AT);
    await expect(nearby.hero).toContainText("乙一站");
    await expect(nearby.root).toHaveAttribute("data-sync", "fresh");
    await nearby.isKept();
    // Only the cell of Anting; that of Zhengzhou has the same name as before.
    expect(server.requests.filter((path) => CELL.test(path))).toHaveLength(1);
    await server.close();
    await reopen(page, nearby.url + ELSEWHERE);
    await expect(nearby.hero).toContainText("测试郑州站");
  });

  test("an update that was interrupted leaves the old edition whole, and goes on later", async ({ nearby, page, server }) => {
    await nearby.open(AT);
    await nearby.isKept();
    server.deploy(PAGE, NEW);
    server.setFault(fault(/programmes-/, "closed"));
    await reopen(page, nearby.url + AT);
    // The new list is shown already, but not all of it is stored.
    await expect(nearby.hero).toContainText("乙一站");
    await server.close();
    await reopen(page, nearby.url + AT);
    await expect(nearby.hero).toContainText("甲一站");
    await page.getByRole("link", { name: "权益" }).click();
    await expect(page.getByText("甲活动")).toBeVisible();
  });
});

test.describe("on a first visit", () => {
  const TABLE = [
    [FIRST, "missing", "网站那边出了问题"],
    [FIRST, "broken", "网站那边出了问题"],
    [FIRST, "closed", "第一次打开要有网"],
    [FIRST, "cut", "第一次打开要有网"],
    [FIRST, "shortened", "收到的名单不完整"],
    [FIRST, "login", "可能是 Wi-Fi 要先登录"],
    [FIRST, "newer format", "名单换了新格式|关掉页面再打开一次"],
    // The cells come with the manifest; a damaged one is requested separately.
    [/first|cell-/, "flipped", "收到的名单不完整"],
    // A host without the file for first visits.
    [/first|cell-/, "missing", "网站那边出了问题"],
  ];
  for (const [pattern, does, words] of TABLE) {
    test(`${pattern.source} is ${does}: honest words, no station, and another try`, async ({ nearby, page, server }) => {
      server.setFault(fault(pattern, does));
      await reopen(page, nearby.url + AT);
      await nearby.screen("data-failed");
      await expect(page.getByRole("alert")).toContainText(words.split("|").at(-1));
      await expect(nearby.stations).toHaveCount(0);
      server.setFault(null);
      // A request that the page started itself may still be pending, and fail, at the first tap.
      await expect(async () => {
        const again = page.getByRole("button", { name: "再取一次" });
        if (await again.isVisible()) await again.click({ timeout: 1000 });
        await expect(nearby.hero).toContainText("甲一站", { timeout: 3000 });
      }).toPass({ timeout: 15_000 });
    });
  }

  test("a cell that is spoilt once, as in a cache, comes again and is right", async ({ nearby, page, server }) => {
    const seen = new Set();
    server.setFault((path) => {
      const isFirst = !seen.has(path);
      seen.add(path);
      return CELL.test(path) && isFirst ? { does: "flipped" } : undefined;
    });
    await reopen(page, nearby.url + AT);
    await expect(nearby.hero).toContainText("甲一站");
  });

  for (const [does, where] of [["begun", "in its head"], ["cut", "in its style"]]) {
    test(`the page is cut off ${where}: there are words all the same`, async ({ nearby, page, server }) => {
      const faults = [fault(/^\/$/, does), fault(/\/boot-/, "cut")];
      server.setFault((path) => faults[0](path) ?? faults[1](path));
      // The load event never fires.
      await page.goto("about:blank");
      await page.clock.install({ time: LUNCH });
      await page.goto(nearby.url + AT, { waitUntil: "commit" }).catch(() => {});
      await expect.poll(() => page.evaluate(() => document.readyState).catch(() => "")).not.toBe("");
      // The page counts from when its script runs, which may be after this.
      await expect(async () => {
        await page.clock.fastForward(21_000);
        await expect(page.getByText("页面没有加载完整")).toBeVisible({ timeout: 1000 });
      }).toPass({ timeout: 15_000 });
    });
  }

  test("the script fails while the page is still being read: the words stand in its body", async ({ nearby, page, server }) => {
    const faults = [fault(/^\/$/, "parted"), fault(/\/boot-/, "missing")];
    server.setFault((path) => faults[0](path) ?? faults[1](path));
    await page.goto("about:blank");
    await page.goto(nearby.url + AT, { waitUntil: "commit" });
    // The repair requests it a second time, which fails too.
    const asked = () => page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => /boot-/.test(name)).length);
    await expect.poll(asked).toBe(2);
    server.goOn();
    await expect(page.locator("body #not-loaded")).toBeVisible();
    await expect(page.locator(".fallback:visible")).toHaveCount(1);
  });

  for (const [how, most, ends] of [["comes again", 1, 1], ["is no better then, and says so", Infinity, 0]]) {
    test(`the page is half of what it was: it ${how}`, async ({ nearby, page, server }) => {
      let opens = 0;
      server.setFault((path) => {
        if (path !== "/") return undefined;
        opens += 1;
        return opens <= most ? { does: "shortened" } : undefined;
      });
      await reopen(page, nearby.url + AT);
      await expect.poll(() => opens).toBeGreaterThan(1);
      if (ends) await expect(nearby.hero).toContainText("甲一站");
      else await expect(page.getByText("页面没有加载完整")).toBeVisible();
      await expect(page.locator("#end")).toHaveCount(ends);
    });
  }

  for (const [pattern, does] of [
    [/\.wasm$/, "login"],
    [/\.wasm$/, "shortened"],
    [/\.wasm$/, "missing"],
    [/\/boot-/, "login"],
    [/\/boot-/, "flipped"],
    [/\/boot-/, "missing"],
    [/\/boot-/, "cut"],
  ]) {
    test(`${pattern.source} is ${does}: the page says that it is not complete`, async ({ nearby, page, server }) => {
      server.setFault(fault(pattern, does));
      await reopen(page, nearby.url + AT);
      await expect(page.getByText("页面没有加载完整")).toBeVisible();
      await expect(nearby.stations).toHaveCount(0);
      server.setFault(null);
      await page.getByRole("link", { name: "再试一次" }).click();
      await expect(nearby.hero).toContainText("甲一站");
    });
  }

  for (const [pattern, does] of [
    [/sw\.js$/, "missing"],
    [/sw\.js$/, "login"],
    [/app-icon-512/, "flipped"],
    [/webmanifest$/, "login"],
  ]) {
    test(`${pattern.source} is ${does}: the page works, and says that it is not kept`, async ({ nearby, page, server }) => {
      server.setFault(fault(pattern, does));
      await reopen(page, nearby.url + AT);
      await expect(nearby.hero).toContainText("甲一站");
      // The worker was requested, and not installed.
      await expect.poll(() => server.requests.some((path) => pattern.test(path))).toBe(true);
      await page.getByRole("link", { name: "离线状态" }).click();
      await expect(page.getByRole("dialog")).toContainText("全部存好了");
      await expect(page.getByRole("dialog")).toContainText("这里存不住");
      await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(0);
    });
  }
});

test.describe("where storage fails", () => {
  const SPOILS = {
    "no database": () => Object.defineProperty(globalThis, "indexedDB", { get: () => undefined }),
    "a database that throws": () => (IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); }),
    "a database that opens and then fails": () => (IDBDatabase.prototype.transaction = () => { throw new DOMException("no", "InvalidStateError"); }),
  };
  for (const [name, spoil] of Object.entries(SPOILS)) {
    test(`${name}: the small storage takes its place`, async ({ nearby, page }) => {
      await page.addInitScript(spoil);
      await nearby.open(AT);
      await page.getByRole("link", { name: "离线状态" }).click();
      await expect(page.getByRole("dialog")).toContainText("这里只能存一点点");
      await expect(page.getByRole("dialog")).toContainText("全部存好了");
    });
  }

  test("everything is closed: the network still serves, and the page says so", async ({ nearby, page }) => {
    await page.addInitScript(() => {
      const closed = { get: () => { throw new DOMException("no", "SecurityError"); } };
      for (const name of ["indexedDB", "localStorage", "caches"]) Object.defineProperty(globalThis, name, closed);
      Object.defineProperty(Navigator.prototype, "serviceWorker", closed);
    });
    await nearby.open(AT);
    await expect(nearby.hero).toContainText("甲一站");
    await page.getByRole("link", { name: "离线状态" }).click();
    await expect(page.getByRole("dialog")).toContainText("这里不让存");
    await expect(page.getByRole("dialog")).toContainText("没有存");
  });

  test("the room runs out in the middle: the list stays complete on the screen, the last good edition on the phone", async ({ nearby, page, server }) => {
    await nearby.open(AT);
    await nearby.isKept();
    server.deploy(PAGE, NEW);
    await page.addInitScript(() => {
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (bytes, name) {
        if (name.startsWith("cell-")) throw new DOMException("full", "QuotaExceededError");
        return put.call(this, bytes, name);
      };
    });
    await reopen(page, nearby.url + AT);
    await expect(nearby.hero).toContainText("乙一站");
    await page.getByRole("link", { name: "离线状态" }).click();
    await expect(page.getByRole("dialog")).toContainText("手机空间不够，没存全");
    await server.close();
    await reopen(page, nearby.url + AT);
    await expect(nearby.root).toHaveAttribute("data-sync", "unreached");
    await expect(nearby.hero).toContainText("甲一站");
  });
});

test("what is kept can be cleared, and kept again", async ({ nearby, page, server }) => {
  await nearby.open(AT);
  await nearby.isKept();
  await page.getByRole("link", { name: "离线状态" }).click();
  const sheet = page.getByRole("dialog", { name: "离线状态" });
  await expect(sheet).toContainText("全部存好了，1 kB");
  await sheet.getByRole("button", { name: "清除" }).click();
  await expect(sheet).toContainText("没有存");
  await sheet.getByRole("button", { name: "保存整个城市" }).click();
  await expect(sheet).toContainText("全部存好了");
  await server.close();
  await reopen(page, nearby.url + AT);
  await expect(nearby.root).toHaveAttribute("data-sync", "unreached");
  await expect(nearby.hero).toContainText("甲一站");
});
