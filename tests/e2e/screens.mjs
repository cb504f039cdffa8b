// Takes the screenshots of docs/screens from the packed page: make screens

import { chromium } from "@playwright/test";
import { PICTURES, openPicture } from "./pictures.mjs";
import config from "./playwright.config.mjs";
import { serve } from "./server.mjs";

const server = await serve("dist");
const browser = await chromium.launch(config.use.launchOptions);
for (const picture of PICTURES) {
  const page = await browser.newPage({ viewport: config.use.viewport, locale: "zh-CN" });
  await openPicture(page, server, picture);
  await page.screenshot({ path: `docs/screens/${picture.name}.png` });
  await page.close();
}
await browser.close();
await server.close();
