// Different releases and editions, for the tests of updates.

import { execFile } from "node:child_process";
import { appendFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { publish } from "./nearby.mjs";

export const AT = "#at=121.2174,31.3144";
export const ELSEWHERE = "#at=113.6,34.75";

/** The folder of the release with this mark. Playwright's global set-up packs them once. */
export const release = (mark) => join("target/releases", mark);

export const RELEASES = ["one", "two", "three"];

/** Packs all releases; Playwright calls it once, before any test. */
export default async function packReleases() {
  if (!existsSync("target/unpacked/index.html")) throw new Error("no build in target/unpacked: make page");
  await Promise.all(RELEASES.map(pack));
}

/** Packs the unpacked build, with a mark in each kind of file. */
async function pack(mark) {
  const folder = release(mark);
  rmSync(folder, { recursive: true, force: true });
  cpSync("target/unpacked", folder, { recursive: true });
  rmSync(join(folder, "data"), { recursive: true });
  appendFileSync(join(folder, "yizhan.css"), `:root { --release: ${mark}; }\n`);
  // At the start of the script: code after its first `await` may run after the "load" event.
  const boot = join(folder, "boot.js");
  writeFileSync(boot, `document.documentElement.dataset.boot = "${mark}";\n${readFileSync(boot, "utf8")}`);
  const index = join(folder, "index.html");
  writeFileSync(index, readFileSync(index, "utf8").replace("<html ", `<html data-index="${mark}" `));
  await promisify(execFile)("target/debug/stations", ["pack", folder]);
}

/** The marks of the files that the page loaded; a style sheet that failed has none. */
export const marks = (page) =>
  page
    .evaluate(() => {
      const root = document.documentElement;
      const style = getComputedStyle(root).getPropertyValue("--release");
      return [root.dataset.index, root.dataset.boot, style].filter(Boolean);
    })
    // The page is navigating.
    .catch(() => []);

/** The dataset of one day. The stations of Zhengzhou are the same on every day. */
export function edition(day, name) {
  return publish({
    "list.csv": `编号,名称,地址,经度,纬度,开放时间
near,${name}一站,测试路1号,121.2180,31.3150,24小时
next,${name}二站,测试路2号,121.2200,31.3160,24小时
far,测试郑州站,测试路3号,113.6010,34.7510,24小时
`,
    "programmes.csv": `编号,标题,内容,来源\none,${name}活动,测试,测试\n`,
    "stations.toml": `[dataset]
edition = "${day}"
[[source]]
path = "list.csv"
crs = "wgs84"
city = "测试"
[[programmes]]
path = "programmes.csv"
`,
  });
}
