// The page as a person meets it: controls by role and name.

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

  // Opens an address with the clock at lunch time, and waits until the network has been
  // asked: by then everything is drawn and listens. What was kept is on the screen before.
  async open(fragment, time, serverTime) {
    await this.openUnasked(fragment, time, serverTime);
    await expect(this.root).toHaveAttribute("data-supply", /^(?!asking$)./);
    await expect(this.root).toHaveAttribute("data-live", "");
  }

  // The same, and waits for the data alone.
  async openUnasked(fragment = "", time = LUNCH, serverTime = time) {
    this.server.setClock(serverTime);
    // A fresh load, even where only the fragment differs.
    await this.page.goto("about:blank");
    await this.page.clock.setFixedTime(time);
    await this.page.goto(this.url + fragment);
    await expect(this.root).toHaveAttribute("data-edition", /.+/);
  }

  // The device tells where it is, and the first tap asks it.
  async openAt(context, position) {
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation(position);
    await this.open();
    await this.find.click();
    await this.screen("answer");
  }

  // The page and all stations are on the phone.
  async isKept() {
    await this.page.evaluate(() => navigator.serviceWorker.ready);
    const kept = () =>
      this.page.evaluate(async () => {
        const names = await globalThis.yizhanKept.names();
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

  // The list may still be on its way: its edition is known a moment before.
  async distances(stations = this.stations) {
    await expect(stations.first()).toBeVisible();
    return stations.evaluateAll((all) => all.map((one) => Number(one.dataset.distanceM)));
  }
}

// Publishes invented stations with the tool into a folder of their own.
export function publish(files) {
  const folder = mkdtempSync(join(tmpdir(), "yizhan-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const config = join(folder, "stations.toml");
  const data = join(folder, "data");
  const built = spawnSync("target/debug/stations", ["build", "--config", config, "--out", data]);
  if (built.error || built.status === 2) throw new Error(`${built.error ?? built.stderr}`);
  return data;
}

// A server of its own for each test, which may be stopped; `data` is a folder of
// stations other than the demo's.
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
