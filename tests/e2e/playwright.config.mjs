// Browser tests on the packed release build, in Chromium.

import { execFileSync } from "node:child_process";
import { defineConfig } from "@playwright/test";

// CHROMIUM names a browser; else the usual names are tried; else Playwright's own.
function chromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      // Not this one.
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
    // The sequences mostly wait for the browser's own pauses.
    { name: "releases", testMatch: "update.spec.mjs" },
  ],
  forbidOnly: true,
  timeout: 30_000,
  // As long as an action may take.
  expect: { timeout: 15_000 },
  use: {
    // Nothing waits for ever without saying where.
    actionTimeout: 15_000,
    navigationTimeout: 15_000,
    viewport: { width: 360, height: 740 },
    locale: "zh-CN",
    // Not Shanghai on purpose: the page must not care.
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
      ],
    },
  },
});
