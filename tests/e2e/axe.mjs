// What axe finds on a page.

import { readFileSync } from "node:fs";

const AXE = readFileSync("node_modules/axe-core/axe.min.js", "utf8");

// What axe calls WCAG 2.2 AA, and below.
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** The violations, each with where it is. */
export async function axe(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    (rules) => globalThis.axe.run(document, { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] }),
    RULES,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}
