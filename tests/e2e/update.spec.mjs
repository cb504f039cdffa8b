// From one release to the next and back, and through sequences of releases, editions
// and faults.

import { cpSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LUNCH, expect, test } from "./nearby.mjs";
import { AT, RELEASES, edition, marks, release } from "./releases.mjs";
import { FAULT_NAMES, serve } from "./server.mjs";

const [ONE, TWO] = [release("one"), release("two")];
const EDITIONS = ["甲", "乙", "丙"].map((name, index) => [name, edition(`2026-07-1${index + 3}`, name)]);
const [[, FIRST]] = EDITIONS;

const whole = (mark) => [mark, mark, mark];

test.describe("a newer release", () => {
  test.use({ data: FIRST });

  test("waits until the person agrees, then opens once, whole", async ({ nearby, page, server }) => {
    server.deploy(ONE);
    await nearby.open(AT);
    await nearby.isKept();
    server.deploy(TWO);
    await nearby.open(AT);
    expect(await marks(page)).toEqual(whole("one"));
    await expect(page.getByText("有新版本")).toBeVisible();
    // A reload alone does not change it: another page of the old one may be open.
    await page.reload();
    // Its module comes behind the frame that is kept.
    await expect.poll(() => marks(page)).toEqual(whole("one"));

    let loads = 0;
    page.on("load", () => (loads += 1));
    await page.getByRole("button", { name: "点此更新" }).click();
    await expect.poll(() => marks(page)).toEqual(whole("two"));
    await expect(nearby.hero).toContainText("甲一站");
    await expect(page.getByText("有新版本")).toHaveCount(0);
    await expect(nearby.root).toHaveAttribute("data-supply", "fresh");
    await expect.poll(() => loads).toBe(1);
    // Only this release is left, and nothing of others is touched.
    expect(await page.evaluate(() => caches.keys())).toHaveLength(1);
  });

  test("goes back as it came", async ({ nearby, page, server }) => {
    for (const [folder, mark] of [[TWO, "two"], [ONE, "one"]]) {
      server.deploy(folder);
      await nearby.open(AT);
      const button = page.getByRole("button", { name: "点此更新" });
      if (mark === "one") await button.click();
      else await nearby.isKept();
      await expect.poll(() => marks(page)).toEqual(whole(mark));
    }
    await server.close();
    await nearby.open(AT);
    expect(await marks(page)).toEqual(whole("one"));
    await expect(nearby.hero).toContainText("甲一站");
  });

  test("with a file that is not as released does not begin", async ({ nearby, page, server }) => {
    server.deploy(ONE);
    await nearby.open(AT);
    await nearby.isKept();
    server.deploy(TWO);
    for (const [pattern, does] of [[/boot-.*js$/, "missing"], [/app-icon\.svg$/, "login"], [/app-icon-512/, "flipped"]]) {
      server.setFault((path) => (pattern.test(path) ? { does } : undefined));
      await nearby.open(AT);
      // The browser tries the newer worker, and throws it away.
      await page.evaluate(async () => (await navigator.serviceWorker.ready).update().catch(() => {}));
      const isGone = () =>
        page.evaluate(async () => {
          const { installing, waiting } = await navigator.serviceWorker.ready;
          return installing === null && waiting === null;
        });
      await expect.poll(isGone).toBe(true);
      expect(await marks(page)).toEqual(whole("one"));
      await expect(page.getByText("有新版本")).toHaveCount(0);
      // It may be trying again just now.
      await expect.poll(() => page.evaluate(() => caches.keys())).toHaveLength(1);
    }
    server.setFault(null);
    await nearby.open(AT);
    await page.getByRole("button", { name: "点此更新" }).click();
    await expect.poll(() => marks(page)).toEqual(whole("two"));
  });

  test("in two tabs: the one that agreed changes, the other goes on whole", async ({ nearby, page, context, server }) => {
    server.deploy(ONE);
    await nearby.open(AT);
    await nearby.isKept();
    const other = await context.newPage();
    await other.goto(nearby.url + AT);
    await expect(other.locator("[data-hero]")).toContainText("甲一站");
    await expect(other.locator("html")).toHaveAttribute("data-supply", "fresh");
    server.deploy(TWO);
    await nearby.open(AT);
    await page.getByRole("button", { name: "点此更新" }).click();
    await expect.poll(() => marks(page)).toEqual(whole("two"));
    await expect.poll(() => marks(other)).toEqual(whole("one"));
    await other.getByRole("link", { name: "筛选" }).click();
    await expect(other.getByRole("dialog")).toBeVisible();
    await other.reload();
    await expect.poll(() => marks(other)).toEqual(whole("two"));
  });

  test("is called off by the kill switch, which gives the page back to the network", async ({ nearby, page, server }) => {
    server.deploy(ONE);
    await nearby.open(AT);
    await nearby.isKept();
    const off = mkdtempSync(join(tmpdir(), "yizhan-off-"));
    cpSync(TWO, off, { recursive: true });
    for (const suffix of ["", ".br", ".gz"]) cpSync(join(off, `off/sw.js${suffix}`), join(off, `sw.js${suffix}`));
    server.deploy(off);
    await page.goto("about:blank");
    // The worker may lead the page elsewhere before it is loaded.
    await page.goto(nearby.url + AT, { waitUntil: "commit" });
    // The browser finds it by itself, and the page opens again, from the network.
    await expect.poll(() => marks(page)).toEqual(whole("two"));
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
    await expect(nearby.hero).toContainText("甲一站");
  });
});

test("a host without workers is used as long as its start page may be: reopened with the server stopped", async ({ browser }) => {
  const server = await serve(ONE, 0, FIRST);
  const context = await browser.newContext({ serviceWorkers: "block", locale: "zh-CN" });
  const page = await context.newPage();
  await page.goto(server.url + AT);
  const hero = page.locator("[data-hero]");
  await expect(hero).toContainText("甲一站");
  await expect.poll(() => page.evaluate(async () => (await globalThis.yizhanKept.names()).length)).toBe(4);
  await server.close();
  for (const fragment of [AT, "#at=113.6,34.75", `${AT}&lang=en`, "#station=next"]) {
    await page.goto("about:blank");
    await page.goto(server.url + fragment);
    await expect(page.locator("[data-station]").first()).toBeVisible();
  }
  await page.goto(`${server.url}${AT}&view=offline`);
  await expect(page.getByRole("dialog")).toContainText("这里存不住，过一阵要有网才能打开");
  await context.close();
});

// `make upgrade` builds an earlier revision and names its folder here.
const { PREVIOUS_DIST } = process.env;

test("from the build before to this one, and back", async ({ nearby, page, server }) => {
  test.skip(!PREVIOUS_DIST, "no earlier build: make upgrade");
  const mine = (folder) => /src="(boot-[^"]+)"/.exec(readFileSync(join(folder, "index.html"), "utf8"))[1];
  const running = () => page.evaluate(() => document.querySelector("script[src^=boot]")?.getAttribute("src")).catch(() => "");
  const open = async () => {
    await page.goto("about:blank");
    await page.clock.setFixedTime(LUNCH);
    await page.goto(server.url + AT);
    const button = page.getByRole("button", { name: "点此更新" });
    if (await button.isVisible()) await button.click();
  };
  server.setClock(LUNCH);
  for (const folder of [PREVIOUS_DIST, "dist", PREVIOUS_DIST, "dist"]) {
    server.deploy(folder, join(folder, "data"));
    await expect(async () => {
      await open();
      await expect.poll(running, { timeout: 3000 }).toBe(mine(folder));
      await expect(nearby.hero).toBeVisible({ timeout: 3000 });
    }).toPass({ timeout: 25_000 });
    await page.evaluate(() => navigator.serviceWorker.ready);
  }
  // Only what this release keeps is left.
  expect(await page.evaluate(() => caches.keys())).toHaveLength(1);
  await nearby.isKept();
  await server.close();
  await open();
  await expect(nearby.hero).toBeVisible();
});

// ---- sequences ---------------------------------------------------------------

/** Small and good enough (mulberry32, public domain). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const hash = (text) => [...text].reduce((sum, character) => (Math.imul(sum, 31) + character.charCodeAt(0)) | 0, 7);

// One that never answers would only make the sequences long; faults.spec has it.
const MISHAPS = FAULT_NAMES.filter((name) => !["silent", "stalled", "begun", "parted", "held"].includes(name));
const TARGETS = [/manifest\.yz$/, /cell-/, /programmes-/, /\.wasm$/, /\.js$/, /boot-/, /sw\.js$/, /app-icon/, /./];
// `make test` plays the same forty each time, so that a landing does not hang on luck;
// `make soak` plays others (SEED=, SEQUENCES=).
const SEQUENCES = Number(process.env.SEQUENCES ?? 40);
const SEED = Number(process.env.SEED ?? 20260715);
const PARTS = Math.min(8, SEQUENCES);

test.describe("sequences of releases, editions and faults", () => {
  test.describe.configure({ mode: "parallel", timeout: 600_000 });
  for (let part = 0; part < PARTS; part += 1) {
    test(`part ${part + 1} of ${PARTS} (SEED=${SEED})`, async ({ browser }) => {
      for (let number = part; number < SEQUENCES; number += PARTS) await sequence(browser, SEED + number);
    });
  }
});

/** Opens the page anew; what stands in the way is seen afterwards. */
async function reopen(page, server) {
  await page.goto("about:blank").catch(() => {});
  await page.goto(server.url + AT).catch(() => {});
}

async function sequence(browser, seed) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const server = await serve(ONE, 0, FIRST);
  server.setClock(LUNCH);
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.clock.setFixedTime(LUNCH);
  const story = [`SEED=${seed} SEQUENCES=1`];
  let latest = [0, 0];
  let had = null;
  try {
    for (let step = 0; step < 2 + next() * 3; step += 1) {
      // Time goes forward: releases may go back, lists are only built anew.
      latest = [Math.floor(next() * 3), Math.min(2, latest[1] + (next() < 0.5 ? 1 : 0))];
      const mishap = next() < 0.7 ? { does: pick(MISHAPS), in: pick(TARGETS), odds: 0.3 + next() * 0.7 } : null;
      server.deploy(release(RELEASES[latest[0]]), EDITIONS[latest[1]][1]);
      // Whether a file is hit depends on its name alone, without the digest of its content: the order of
      // requests is the browser's, and another build is hit where this one is.
      const named = (path) => path.replace(/-[0-9a-f]{16,}/, "");
      const isHit = (path) => mishap.in.test(path) && random(seed * 31 + step + hash(named(path)))() < mishap.odds;
      server.setFault(mishap && ((path) => (isHit(path) ? { does: mishap.does } : undefined)));
      const way = pick(["open", "reload", "update"]);
      story.push(`${RELEASES[latest[0]]}, ${EDITIONS[latest[1]][0]}, ${mishap ? `${mishap.in} ${mishap.does}` : "no fault"}, ${way}`);
      const button = page.getByRole("button", { name: "点此更新" });
      // Without its style sheet the page may hide it under something else.
      if (way === "update" && (await button.count())) await button.click({ timeout: 2000 }).catch(() => {});
      else if (way === "reload" && had !== null) await page.reload().catch(() => {});
      else await reopen(page, server);
      had = await look(page, server, story.join("; "), had);
    }
    // The faults stop: after a visit or two it is the newest, all of it.
    server.setFault(null);
    const newest = [RELEASES[latest[0]], EDITIONS[latest[1]][0]];
    await expect(async () => {
      await reopen(page, server);
      const hero = page.locator("[data-hero]");
      await expect(hero).toContainText(`${newest[1]}一站`, { timeout: 3000 });
      const isNewest = async () => (await marks(page)).join() === whole(newest[0]).join();
      if (!(await isNewest())) {
        await page.getByRole("button", { name: "点此更新" }).click({ timeout: 2000 });
        await expect.poll(() => marks(page), { timeout: 3000, intervals: [50] }).toEqual(whole(newest[0]));
      }
      await expect(hero).toContainText(`${newest[1]}一站`, { timeout: 3000 });
    }, story.join("; ")).toPass({ timeout: 20_000, intervals: [50] });
  } finally {
    await context.close();
    await server.close();
  }
}

/** Waits until the page has come to rest, and looks whether it is true; the edition that is shown. */
async function look(page, server, story, had) {
  const state = () =>
    page
      .evaluate(() => {
        const root = document.documentElement;
        const fallback = [...document.querySelectorAll(".fallback")].some((words) => words.checkVisibility({ visibilityProperty: true }));
        const isAtRest = root.dataset.screen && root.dataset.screen !== "loading" && root.dataset.supply !== "asking";
        const isOurs = root.dataset.index !== undefined;
        return {
          isResting: isAtRest || fallback || location.protocol !== "http:" || !isOurs,
          isOurs,
          // For whoever reads why this test failed.
          page: `${document.readyState}, ${JSON.stringify({ ...root.dataset })}, ${root.outerHTML.length} characters`,
          fallback,
          screen: root.dataset.screen ?? null,
          edition: root.dataset.edition ?? null,
          stations: [...document.querySelectorAll("[data-station] .station-hero-name, .station-list [data-station] h3")].map((name) => name.textContent),
          words: document.body.innerText,
        };
      })
      // It is on its way to another page.
      .catch(() => null);
  let seen = null;
  const isResting = async () => {
    seen = await state();
    return seen?.isResting ?? false;
  };
  await expect
    .poll(isResting, { message: story, timeout: 30_000, intervals: [50] })
    .toBe(true)
    .catch((error) => {
      throw new Error(`${error.message}\n${seen?.page ?? "no page"}`);
    });
  // The browser's own words, a login, or nothing at all came instead of our page,
  // and no worker was there yet.
  if (!seen?.isOurs) return had;
  const found = await marks(page);
  // Never parts of two releases.
  expect(new Set(found).size, `${story}: ${found}`).toBeLessThanOrEqual(1);
  if (seen.screen === "answer") {
    // Never stations of two editions, nor one of an edition under another's name.
    const names = new Set(seen.stations.map((name) => name[0]).filter((name) => "甲乙丙".includes(name)));
    expect(names.size, `${story}: ${seen.stations}`).toBe(1);
    const [name] = names;
    const day = `2026-07-1${"甲乙丙".indexOf(name) + 3}`;
    expect(seen.edition, story).toContain(day);
    // Never back to an older one, as long as what was shown is kept.
    return name;
  }
  // Words, and never those of a programmer.
  expect(seen.words, story).not.toMatch(/digest|decode|undefined|panicked|Error/);
  expect(seen.words.trim().length, `${story}\n${seen.page}`).toBeGreaterThan(10);
  // What was kept is never lost: only a page that did not load at all shows no list.
  if (had !== null && !seen.fallback && seen.screen) expect(seen.screen, story).toBe("answer");
  return had;
}
