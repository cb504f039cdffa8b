// The bytes that a phone loads before the first answer is shown, compressed with brotli: with the
// demo's stations, and with 1,000 invented ones of one town.
//   node tests/e2e/size.mjs dist

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sheet } from "../bench/sheet.mjs";

// docs/performance.md explains the limits.
const LIMITS = { "the demo": 122_000, "1,000 stations": 131_000 };

const [dist = "dist"] = process.argv.slice(2);
const page = readFileSync(join(dist, "index.html"), "utf8");
const named = readdirSync(dist).filter((name) => page.includes(name));
const of = (beginning) => named.filter((name) => name.startsWith(beginning)).map((name) => join(dist, name));
const parts = { "index.html": [join(dist, "index.html")], script: of("boot-"), module: of("web_bg-") };

const folder = mkdtempSync(join(tmpdir(), "yizhan-size-"));
try {
  const invented = join(folder, "data");
  writeFileSync(join(folder, "sheet.csv"), sheet(1000, 1));
  writeFileSync(join(folder, "stations.toml"), '[[source]]\npath = "sheet.csv"\ncrs = "gcj02"\n');
  const { status, stderr } = spawnSync("target/debug/stations", ["build", "--config", join(folder, "stations.toml"), "--out", invented], { encoding: "utf8" });
  if (status > 1) throw new Error(stderr.slice(-500));
  for (const [title, data] of [["the demo", join(dist, "data")], ["1,000 stations", invented]]) {
    let total = 0;
    for (const [part, paths] of Object.entries({ ...parts, stations: [join(data, "first.yz")] })) {
      const bytes = paths.reduce((sum, path) => sum + statSync(`${path}.br`).size, 0);
      total += bytes;
      console.log(`${part.padEnd(15)} ${String(bytes).padStart(8)} bytes in ${paths.length} files`);
    }
    console.log(`${title.padEnd(15)} ${String(total).padStart(8)} bytes, limit ${LIMITS[title]}\n`);
    if (total > LIMITS[title]) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
