// Takes the screenshots of docs/screens from the packed page: make screens

import { chromium } from "@playwright/test";
import config from "./playwright.config.mjs";
import { serve } from "./server.mjs";

const NOON = "2026-11-25T12:10:00+08:00";
const SCREENS = [
  ["first", "", NOON],
  ["answer", "#at=121.2174,31.3144&season=cool", NOON],
  ["station", "#at=121.2174,31.3144&season=cool&station=anting-relay-1", NOON],
  ["unknown", "#at=113.55,34.81", NOON],
  ["radar", "#at=121.2174,31.3144&season=cool&view=radar", NOON],
  ["benefits", "#at=121.2174,31.3144&view=benefits", NOON],
  ["emergency", "#at=121.2174,31.3144&season=cool&view=emergency", NOON],
  ["pick", "#view=pick", NOON],
  ["filter", "#at=121.2174,31.3144&view=filter", NOON],
  ["elder", "#at=121.2174,31.3144&season=cool&scale=1.67", NOON],
  ["dark-en", "#at=121.2174,31.3144&lang=en", "2026-11-25T23:10:00+08:00"],
];

const server = await serve("dist");
const browser = await chromium.launch(config.use.launchOptions);
for (const [name, fragment, time] of SCREENS) {
  const page = await browser.newPage({ viewport: config.use.viewport, locale: "zh-CN" });
  server.setClock(new Date(time));
  await page.clock.setFixedTime(new Date(time));
  await page.goto(server.url + fragment);
  await page.locator("html[data-edition]").waitFor();
  // Benefits come last of all.
  if (name === "benefits") await page.locator(".programme").first().waitFor();
  await page.screenshot({ path: `docs/screens/${name}.png` });
  await page.close();
}
await browser.close();
await server.close();
