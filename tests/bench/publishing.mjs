// Measures the time and memory to publish a whole country from CSV, and the bytes per station.
// The stations are invented, as their names say, and lie in a temporary folder.
//
//   node tests/bench/publishing.mjs [SHEET.csv ...]

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { sheet } from "./sheet.mjs";

const tool = resolve("target/release/stations");

/** Runs the tool. Returns seconds, and megabytes if GNU time is installed. */
function run(...args) {
  const started = process.hrtime.bigint();
  const { stderr, status } = spawnSync("/usr/bin/env", ["time", "-f", "%M", tool, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 30,
    env: { ...process.env, PATH: process.env.PATH },
  });
  if (status > 1) throw new Error(stderr.slice(-500));
  const kilobytes = Number(stderr.trim().split("\n").at(-1));
  return { s: Number(process.hrtime.bigint() - started) / 1e9, mb: kilobytes / 1000 };
}

function bytesPerStation(folder, count) {
  const size = (bytes) =>
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;
  // first.yz repeats the content of other files.
  const files = readdirSync(folder).filter((name) => name.endsWith(".yz") && name !== "first.yz");
  const total = files.reduce((sum, name) => sum + size(readFileSync(join(folder, name))), 0);
  return total / count;
}

const folder = mkdtempSync(join(tmpdir(), "yizhan-bench-"));
try {
  const sheets = process.argv.slice(2);
  if (sheets.length === 0) {
    for (const [count, cities] of [[1000, 1], [200_000, 340]]) {
      sheets.push(join(folder, `${count}.csv`));
      writeFileSync(sheets.at(-1), sheet(count, cities));
    }
  }
  console.log(`${cpus()[0].model}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}`);
  console.log("rows      check s   build s   both s   MB     bytes a station (brotli)");
  for (const path of sheets) {
    const config = join(folder, "stations.toml");
    writeFileSync(config, `[[source]]\npath = ${JSON.stringify(resolve(path))}\ncrs = "gcj02"\n`);
    const out = join(folder, "data");
    const count = readFileSync(path, "utf8").trim().split("\n").length - 1;
    const check = run("check", "--config", config, "--json");
    const build = run("build", "--config", config, "--out", out);
    const cells = [
      String(count).padEnd(10),
      check.s.toFixed(2).padEnd(10),
      build.s.toFixed(2).padEnd(10),
      (check.s + build.s).toFixed(2).padEnd(9),
      Math.max(check.mb, build.mb).toFixed(0).padEnd(7),
      bytesPerStation(out, count).toFixed(2),
    ];
    console.log(cells.join(""));
    rmSync(out, { recursive: true });
  }
} finally {
  rmSync(folder, { recursive: true });
}
