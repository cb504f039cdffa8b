// The accessibility violations that axe finds on a page.

import { readFileSync } from "node:fs";

const AXE = readFileSync("node_modules/axe-core/axe.min.js", "utf8");

// axe's tags for WCAG 2.2 AA and below.
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

// Rules that depend on the colours of a theme; all others give the same result in each theme.
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** The violations, each with its elements. */
export const axe = (page) => violations(page, { type: "tag", values: RULES });

/** The violations that a theme's colours cause. */
export const axeColours = (page) => violations(page, { type: "rule", values: COLOUR_RULES });

async function violations(page, runOnly) {
  // Waits for animations: a sheet that is still fading in has other colours.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    (runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ["violations"] }),
    runOnly,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}
