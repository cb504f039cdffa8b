// A rider's report reaches the receiver of reports, a process of its own.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, publish, test } from "./nearby.mjs";

const PROGRAM = "target/debug/stations-collect";
const HEADING = "编号,名称,地址,经度,纬度,开放时间\n";
const ONE = "one,测试一站,测试路1号,121.4870,31.2370,24小时\n";
const TWO = "two,测试二站,测试路2号,121.4880,31.2380,24小时\n";
const SETTINGS = `[dataset]\nreport_url = "/report"\n[[source]]\npath = "list.csv"\ncrs = "wgs84"\ncity = "上海"\n`;

test.use({ data: publish({ "list.csv": HEADING + ONE + TWO, "stations.toml": SETTINGS }) });

const it = test.extend({
  // The publisher's list lacks the second station already.
  receiver: async ({ server }, use) => {
    const folder = mkdtempSync(join(tmpdir(), "yizhan-"));
    const data = publish({ "list.csv": HEADING + ONE, "stations.toml": SETTINGS });
    const place = ["--database", `sqlite:${join(folder, "reports.db")}`, "--data", data];
    const notices = join(folder, "notices.yz");
    const origin = new URL(server.url).origin;
    const process = spawn(PROGRAM, ["serve", ...place, "--listen", "127.0.0.1:0", "--origin", origin, "--behind-proxy", "--notices", notices]);
    for await (const line of createInterface(process.stderr)) {
      const { address } = JSON.parse(line).fields;
      if (!address) continue;
      server.passReportsTo(`http://${address}`);
      break;
    }
    process.stderr.resume();
    const run = (...command) => execFileSync(PROGRAM, [...command, ...place], { encoding: "utf8" });
    await use({ run, notices });
    process.kill("SIGTERM");
    await once(process, "exit");
  },
});

// The receiver has the clock of this machine; the page is given the same.
const visit = (nearby, station) => nearby.open(`#at=121.4880,31.2380&station=${station}`, new Date());

it("a tap without a network is sent when there is one, stored once, listed, and in the notices", async ({ nearby, page, context, receiver }) => {
  await visit(nearby, "one");
  await nearby.screen("station");
  await context.setOffline(true);
  await page.getByRole("button", { name: "锁着 / 没开" }).click();
  await expect(page.getByText("有网时自动发给工会")).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("已发给工会")).toBeVisible();
  await page.reload();
  await expect(page.getByText("已发给工会")).toBeVisible();
  const [, row, ...others] = receiver.run("reports").trim().split("\n");
  expect(row).toMatch(/^one,测试一站,测试路1号,24小时,1,0,0,0,/);
  expect(others).toEqual([]);
  receiver.run("notices", receiver.notices);
  expect(readFileSync(receiver.notices).includes("one")).toBe(true);
  receiver.run("answer", "one", "open");
  expect(receiver.run("reports")).toContain("one,测试一站,测试路1号,24小时,0,0,0,0,");
});

it("a report that is refused for good says so and holds up no other", async ({ nearby, page, receiver }) => {
  await visit(nearby, "two");
  await nearby.screen("station");
  await page.getByRole("button", { name: "锁着 / 没开" }).click();
  await expect(page.getByText("工会的系统没有收下")).toBeVisible();
  await visit(nearby, "one");
  await page.getByRole("button", { name: "信息不对" }).click();
  await expect(page.getByText("已发给工会")).toBeVisible();
  expect(receiver.run("reports")).toContain("one,测试一站,测试路1号,24小时,0,1,0,0,");
  expect(receiver.run("reports")).not.toContain("two");
});
