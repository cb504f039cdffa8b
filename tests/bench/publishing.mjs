// How long a whole country takes from CSV to a dataset, how much memory, and how
// many bytes a station costs. The stations are invented, live in a temporary
// folder, and are called so in their names.
//
//   node tests/bench/publishing.mjs [SHEET.csv ...]

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const tool = resolve("target/release/stations");

/** A small generator of repeatable numbers from 0 to 1 (Numerical Recipes' LCG). */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const ROADS = "人民路 中山路 解放路 建设路 和平路 新华路 胜利路 滨河路 站前路 文化路 花园路 环城路".split(" ");
const PLACES = "地铁站 便利店 图书馆 社区中心 银行网点 营业厅 公园".split(" ");
const KINDS = "工会驿站 爱心接力站 党群服务站 环卫休息点".split(" ");
const HOURS = "24小时,08:30-17:00,周一至周五 08:30-17:00,周二至周日 09:00-17:00,06:00-22:00,09:00-16:30,".split(",");
const SERVICES = "空调 暖气 饮水 热水 微波炉 充电 座椅 卫生间 无线网络 药箱 冰箱 雨具".split(" ");

/** A sheet of `count` invented stations in `cities` towns of one country. */
function sheet(count, cities) {
  const next = random(count);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const near = () => (next() + next() + next() - 1.5) * 0.12;
  const centres = Array.from({ length: cities }, () => [104 + next() * 16, 24 + next() * 16]);
  const rows = ["编号,名称,地址,经度,纬度,类型,服务设施,开放时间,电话"];
  for (let number = 1; number <= count; number += 1) {
    const city = Math.floor(next() * cities);
    const [lon, lat] = centres[city];
    const [road, kind] = [pick(ROADS), pick(KINDS)];
    const phone = next() < 0.8 ? `0${300 + city}-${Math.floor(1e7 + next() * 9e7)}` : "";
    rows.push(
      [
        `BENCH-${String(number).padStart(6, "0")}`,
        `虚构${road}${pick(PLACES)}${kind}`,
        `虚构市${city}区${road}${Math.floor(1 + next() * 2000)}号`,
        (lon + near()).toFixed(5),
        (lat + near()).toFixed(5),
        kind,
        SERVICES.filter(() => next() < 0.6).join("、"),
        pick(HOURS),
        phone,
      ].join(","),
    );
  }
  return `${rows.join("\n")}\n`;
}

/** Runs the tool; seconds, and megabytes where GNU time is there to say. */
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
  const files = readdirSync(folder).filter((name) => name.endsWith(".yz"));
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
