// Updates from one release to the next and back, and random sequences of releases, editions and
// faults.

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
    // A reload does not switch to the new release: another tab may have the old one open.
    await page.reload();
    // Polls, since the scripts set their marks after the page is shown.
    await expect.poll(() => marks(page)).toEqual(whole("one"));

    let loads = 0;
    page.on("load", () => (loads += 1));
    await page.getByRole("button", { name: "点此更新" }).click();
    await expect.poll(() => marks(page)).toEqual(whole("two"));
    await expect(nearby.hero).toContainText("甲一站");
    await expect(page.getByText("有新版本")).toHaveCount(0);
    await expect(nearby.root).toHaveAttribute("data-sync", "fresh");
    await expect.poll(() => loads).toBe(1);
    // Only the cache of this release is left.
    expect(await page.evaluate(() => caches.keys())).toHaveLength(1);
  });

  test("an earlier release replaces a newer one", async ({ nearby, page, server }) => {
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

  test("a release with a damaged file is not installed", async ({ nearby, page, server }) => {
    server.deploy(ONE);
    await nearby.open(AT);
    await nearby.isKept();
    server.deploy(TWO);
    for (const [pattern, does] of [[/boot-.*js$/, "missing"], [/app-icon\.svg$/, "login"], [/app-icon-512/, "flipped"]]) {
      server.setFault((path) => (pattern.test(path) ? { does } : undefined));
      await nearby.open(AT);
      // The browser tries to install the newer worker, and discards it.
      await page.evaluate(async () => (await navigator.serviceWorker.ready).update().catch(() => {}));
      const isGone = () =>
        page.evaluate(async () => {
          const { installing, waiting } = await navigator.serviceWorker.ready;
          return installing === null && waiting === null;
        });
      await expect.poll(isGone).toBe(true);
      expect(await marks(page)).toEqual(whole("one"));
      await expect(page.getByText("有新版本")).toHaveCount(0);
      // Polls, since the browser may be trying again at this moment.
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
    await expect(other.locator("html")).toHaveAttribute("data-sync", "fresh");
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
    // The worker may navigate the page before it is loaded.
    await page.goto(nearby.url + AT, { waitUntil: "commit" });
    // The browser finds the kill switch by itself, which reloads the page from the network.
    await expect.poll(() => marks(page)).toEqual(whole("two"));
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
    await expect(nearby.hero).toContainText("甲一站");
  });
});

/** Whether the page has loaded the modules of all screens, which it fetches last. */
async function hasAllScreens(page, server) {
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname),
  );
  const modules = server.requests.filter((path) => path.endsWith(".wasm"));
  const isRequested = (name) => modules.some((path) => path.includes(name));
  return ["screens", "sheets"].every(isRequested) && modules.every((path) => loaded.includes(path));
}

test("a host without workers is used as long as its start page may be: reopened with the server stopped", async ({ browser }) => {
  const server = await serve(ONE, 0, FIRST);
  const context = await browser.newContext({ serviceWorkers: "block", locale: "zh-CN" });
  const page = await context.newPage();
  await page.goto(server.url + AT);
  const hero = page.locator("[data-hero]");
  await expect(hero).toContainText("甲一站");
  await expect.poll(() => page.evaluate(async () => (await globalThis.yizhanStore.names()).length)).toBe(4);
  await expect.poll(() => hasAllScreens(page, server)).toBe(true);
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
  // Only the cache of this release is left.
  expect(await page.evaluate(() => caches.keys())).toHaveLength(1);
  await nearby.isKept();
  await server.close();
  await open();
  await expect(nearby.hero).toBeVisible();
});

// ---- sequences ---------------------------------------------------------------

/** A small generator of repeatable numbers from 0 to 1 (mulberry32, public domain). */
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

// Without faults that never answer, which would only slow the sequences; faults.spec tests them.
const MISHAPS = FAULT_NAMES.filter((name) => !["silent", "stalled", "begun", "parted", "held"].includes(name));
const TARGETS = [/manifest\.yz$/, /cell-/, /programmes-/, /\.wasm$/, /\.js$/, /boot-/, /sw\.js$/, /app-icon/, /./];
// `make test` runs the same forty each time, so that its result does not depend on chance;
// `make soak` runs others (SEED=, SEQUENCES=).
const SEQUENCES = Number(process.env.SEQUENCES ?? 40);
const SEED = Number(process.env.SEED ?? 20260715);
const PARTS = Math.min(8, SEQUENCES);

test.describe("sequences of releases, editions and faults", () => {
  test.describe.configure({ mode: "parallel", timeout: 600_000 });
  for (let part = 0; part < PARTS; part += 1) {
    test(`a random sequence keeps the page and the list whole (${part + 1} of ${PARTS}, SEED=${SEED})`, async ({ browser }) => {
      for (let number = part; number < SEQUENCES; number += PARTS) await sequence(browser, SEED + number);
    });
  }
});

/** Loads the page anew. Ignores errors: `look` checks the result. */
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
      // Releases may go back; editions only get newer.
      latest = [Math.floor(next() * 3), Math.min(2, latest[1] + (next() < 0.5 ? 1 : 0))];
      const mishap = next() < 0.7 ? { does: pick(MISHAPS), in: pick(TARGETS), odds: 0.3 + next() * 0.7 } : null;
      server.deploy(release(RELEASES[latest[0]]), EDITIONS[latest[1]][1]);
      // Whether a file is hit depends on its name without the digest of its content: not on the
      // order of requests, which the browser chooses, and the same in another build.
      const named = (path) => path.replace(/-[0-9a-f]{16,}/, "");
      const isHit = (path) => mishap.in.test(path) && random(seed * 31 + step + hash(named(path)))() < mishap.odds;
      server.setFault(mishap && ((path) => (isHit(path) ? { does: mishap.does } : undefined)));
      const way = pick(["open", "reload", "update"]);
      story.push(`${RELEASES[latest[0]]}, ${EDITIONS[latest[1]][0]}, ${mishap ? `${mishap.in} ${mishap.does}` : "no fault"}, ${way}`);
      const button = page.getByRole("button", { name: "点此更新" });
      // Without the style sheet something else may cover the button.
      if (way === "update" && (await button.count())) await button.click({ timeout: 2000 }).catch(() => {});
      else if (way === "reload" && had !== null) await page.reload().catch(() => {});
      else await reopen(page, server);
      had = await look(page, server, story.join("; "), had);
    }
    // The faults stop: after a visit or two the page and its dataset are the newest.
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

/** Waits until the page is idle, and checks what it shows. Returns the edition that is shown. */
async function look(page, server, story, had) {
  const state = () =>
    page
      .evaluate(() => {
        const root = document.documentElement;
        const fallback = [...document.querySelectorAll(".fallback")].some((words) => words.checkVisibility({ visibilityProperty: true }));
        const isAtRest = root.dataset.screen && root.dataset.screen !== "loading" && root.dataset.sync !== "asking";
        const isOurs = root.dataset.index !== undefined;
        return {
          isResting: isAtRest || fallback || location.protocol !== "http:" || !isOurs,
          isOurs,
          // For the message of a failed test.
          page: `${document.readyState}, ${JSON.stringify({ ...root.dataset })}, ${root.outerHTML.length} characters`,
          fallback,
          screen: root.dataset.screen ?? null,
          edition: root.dataset.edition ?? null,
          stations: [...document.querySelectorAll("[data-station] .station-hero-name, .station-list [data-station] h3")].map((name) => name.textContent),
          words: document.body.innerText,
        };
      })
      // The page is navigating.
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
  // The browser's error page, a login page or an empty page came instead of ours, and no worker
  // was installed yet.
  if (!seen?.isOurs) return had;
  const found = await marks(page);
  // Files of two releases are never mixed.
  expect(new Set(found).size, `${story}: ${found}`).toBeLessThanOrEqual(1);
  if (seen.screen === "answer") {
    // Stations of two editions are never mixed, and the name of the edition is the right one.
    const names = new Set(seen.stations.map((name) => name[0]).filter((name) => "甲乙丙".includes(name)));
    expect(names.size, `${story}: ${seen.stations}`).toBe(1);
    const [name] = names;
    const day = `2026-07-1${"甲乙丙".indexOf(name) + 3}`;
    expect(seen.edition, story).toContain(day);
    // From now on each visit must show a list.
    return name;
  }
  // A message, without a programmer's words.
  expect(seen.words, story).not.toMatch(/digest|decode|undefined|panicked|Error/);
  expect(seen.words.trim().length, `${story}\n${seen.page}`).toBeGreaterThan(10);
  // A stored list is never lost: it is shown unless the page itself did not load.
  if (had !== null && !seen.fallback && seen.screen) expect(seen.screen, story).toBe("answer");
  return had;
}
