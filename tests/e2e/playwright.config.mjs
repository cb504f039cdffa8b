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
  testMatch: "*.spec.mjs",
  outputDir: "../../test-results",
  reporter: "list",
  workers: 2,
  forbidOnly: true,
  timeout: 30_000,
  use: {
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
