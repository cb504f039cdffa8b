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
await publishing();
await browser.close();
await server.close();

// The rows to correct, with the demo's sheets.
async function publishing() {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: "zh-CN" });
  await page.goto(`${server.url}publish/`);
  await page.getByRole("button", { name: "用示例数据试试" }).click();
  await page.getByRole("heading", { name: "要看的行" }).evaluate((heading) => heading.scrollIntoView());
  await page.locator("tr.error").first().evaluate((row) => row.scrollIntoView({ block: "center" }));
  await page.screenshot({ path: "docs/screens/publish.png" });
  await page.close();
}
