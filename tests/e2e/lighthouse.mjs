// Fails unless Lighthouse scores 100 for accessibility and for best practices.
// Its performance score is not used (docs/performance.md).
//   node tests/e2e/lighthouse.mjs dist

import { chromium } from "@playwright/test";
import lighthouse from "lighthouse";
import config from "./playwright.config.mjs";
import { serve } from "./server.mjs";

const CATEGORIES = ["accessibility", "best-practices"];
const PAGES = ["", "#at=121.2174,31.3144", "#at=121.2174,31.3144&station=anting-relay-1"];

const [dist = "dist"] = process.argv.slice(2);
const server = await serve(dist);
const { launchOptions } = config.use;
// A free port: that of a server that was just closed.
const free = await serve(dist);
const port = Number(new URL(free.url).port);
await free.close();
const browser = await chromium.launch({
  ...launchOptions,
  args: [...launchOptions.args, `--remote-debugging-port=${port}`],
});
let isGood = true;
for (const page of PAGES) {
  const { lhr } = await lighthouse(server.url + page, {
    port,
    onlyCategories: CATEGORIES,
    logLevel: "error",
    // Localhost has no certificate; docs/hosting.md asks for https.
    skipAudits: ["is-on-https", "redirects-http"],
  });
  for (const category of CATEGORIES) {
    const mark = Math.round(lhr.categories[category].score * 100);
    console.log(`${mark} ${category} ${page || "(first visit)"}`);
    if (mark === 100) continue;
    isGood = false;
    for (const { id } of lhr.categories[category].auditRefs) {
      const audit = lhr.audits[id];
      if (audit.score !== null && audit.score < 1) console.log(`  ${id}: ${audit.title}`, JSON.stringify(audit.details?.items?.slice(0, 3) ?? ""));
    }
  }
}
await browser.close();
await server.close();
process.exit(isGood ? 0 : 1);
