// The page object: controls by role and name, as a rider finds them.

import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import { serve } from "./server.mjs";

// Wednesday 15 July 2026, 12:10 in Shanghai: lunch time.
export const LUNCH = new Date("2026-07-15T12:10:00+08:00");

// 方泰, north-west of Shanghai (WGS-84), where the demo's Anting stations lie.
export const FANGTAI = { longitude: 121.2174, latitude: 31.3144 };

export class NearbyPage {
  constructor(page, server) {
    this.page = page;
    this.server = server;
    this.url = server.url;
    this.root = page.locator("html");
    this.find = page.getByRole("button", { name: "找最近的" });
    this.chooseInstead = page.getByRole("link", { name: "不给位置，自己选地方" });
    this.search = page.getByRole("searchbox", { name: "搜地方" });
    this.hero = page.locator("[data-hero]");
    this.stations = page.locator("[data-station]");
    this.rows = page.locator(".station-list [data-station]");
  }

  // Opens an address with the clock at lunch time, and waits until the check for a newer edition
  // is done and the application runs. A stored dataset is on the screen before that.
  async open(fragment, time, serverTime) {
    await this.openUnasked(fragment, time, serverTime);
    await expect(this.root).toHaveAttribute("data-sync", /^(?!asking$)./);
    await expect(this.root).toHaveAttribute("data-live", "");
  }

  // The same, but waits only for a dataset.
  async openUnasked(fragment = "", time = LUNCH, serverTime = time) {
    this.server.setClock(serverTime);
    // Forces a load, even if only the fragment differs.
    await this.page.goto("about:blank");
    await this.page.clock.setFixedTime(time);
    await this.page.goto(this.url + fragment);
    await expect(this.root).toHaveAttribute("data-edition", /.+/);
  }

  // Opens the page with a position for the device, and taps the button that asks for it.
  async openAt(context, position) {
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation(position);
    await this.open();
    await this.find.click();
    await this.screen("answer");
  }

  // Waits until the page and all stations are stored.
  async isKept() {
    await this.page.evaluate(() => navigator.serviceWorker.ready);
    const kept = () =>
      this.page.evaluate(async () => {
        const names = await globalThis.yizhanStore.names();
        const edition = localStorage.getItem("yizhan-edition");
        return (
          names.includes("manifest.yz") &&
          names.some((name) => name.startsWith("programmes-")) &&
          (edition === null || edition === document.documentElement.dataset.edition)
        );
      });
    await expect.poll(kept).toBe(true);
  }

  screen(name) {
    return expect(this.root).toHaveAttribute("data-screen", name);
  }

  // Waits for a station: the edition is known a moment before the list is rendered.
  async distances(stations = this.stations) {
    await expect(stations.first()).toBeVisible();
    return stations.evaluateAll((all) => all.map((one) => Number(one.dataset.distanceM)));
  }
}

// Publishes invented stations with the tool into a temporary folder.
export function publish(files) {
  const folder = mkdtempSync(join(tmpdir(), "yizhan-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const config = join(folder, "stations.toml");
  const data = join(folder, "data");
  const built = spawnSync("target/debug/stations", ["build", "--config", config, "--out", data]);
  if (built.error || built.status === 2) throw new Error(`${built.error ?? built.stderr}`);
  return data;
}

// Each test has a server of its own, which it may stop. `data` is a dataset folder to use instead
// of the demo's.
export const test = base.extend({
  data: [undefined, { option: true }],
  server: async ({ data }, use) => {
    const server = await serve("dist", 0, data);
    await use(server);
    await server.close();
  },
  nearby: async ({ page, server }, use) => {
    await use(new NearbyPage(page, server));
  },
});

export { expect };
