// What a phone loads until the first station is painted, compressed with brotli.
//   node tests/e2e/size.mjs dist

import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

// docs/performance.md says why.
const LIMIT = 200_000;

const [dist = "dist"] = process.argv.slice(2);
const page = readFileSync(join(dist, "index.html"), "utf8");
const parts = { "index.html": ["index.html"], code: [], data: [] };
for (const name of readdirSync(dist)) {
  if (name.endsWith(".js") && name !== "sw.js" && (page.includes(name) || name.startsWith("web-"))) parts.code.push(name);
  if (name.endsWith(".wasm")) parts.code.push(name);
}
for (const name of readdirSync(join(dist, "data"))) {
  if (name.endsWith(".yz")) parts.data.push(`data/${name}`);
}
let total = 0;
for (const [part, names] of Object.entries(parts)) {
  const bytes = names.reduce((sum, name) => sum + statSync(join(dist, `${name}.br`)).size, 0);
  total += bytes;
  console.log(`${part.padEnd(12)} ${String(bytes).padStart(8)} bytes in ${names.length} files`);
}
console.log(`first list   ${String(total).padStart(8)} bytes, limit ${LIMIT}`);
if (total >= LIMIT) process.exit(1);
