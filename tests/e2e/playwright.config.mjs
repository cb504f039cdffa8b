// Browser tests on the packed release build, in Chromium.

import { execFileSync } from "node:child_process";
import { defineConfig } from "@playwright/test";

// The browser that CHROMIUM names, else one with a usual name, else Playwright's own.
function chromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      // Not installed under this name.
    }
  }
  return undefined;
}

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  reporter: "list",
  globalSetup: "./releases.mjs",
  // Each test has a server of its own.
  fullyParallel: true,
  workers: 3,
  projects: [
    { name: "page", testMatch: "*.spec.mjs", testIgnore: "update.spec.mjs", workers: 2 },
    // No limit of workers: the sequences mostly wait for pauses of the browser.
    { name: "releases", testMatch: "update.spec.mjs" },
  ],
  forbidOnly: true,
  timeout: 30_000,
  // The same limit as for actions.
  expect: { timeout: 15_000 },
  use: {
    // So that a stuck test fails with the place where it waits.
    actionTimeout: 15_000,
    navigationTimeout: 15_000,
    viewport: { width: 360, height: 740 },
    locale: "zh-CN",
    // Not Shanghai on purpose: the page must not depend on the time zone.
    timezoneId: "America/New_York",
    launchOptions: {
      executablePath: chromium(),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // A name that is not this machine's own, so that a test can open the page without https.
        "--host-resolver-rules=MAP yizhan.test 127.0.0.1",
      ],
    },
  },
});
