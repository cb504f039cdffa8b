// The page `/publish/` under test, and the archives that it gives.

import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { expect } from "./nearby.mjs";

/** The page `/publish/`, as a clerk uses it. */
export class PublishPage {
  /** On the site at `url`. */
  constructor(page, url) {
    this.page = page;
    this.url = `${url}publish/`;
    this.totals = page.getByRole("heading", { name: "总数" });
    this.take = page.getByRole("button", { name: "下载 data.zip" });
  }

  async open() {
    await this.page.setViewportSize({ width: 1280, height: 800 });
    await this.page.goto(this.url);
    await expect(this.page.getByRole("heading", { name: "把站点表格拖到这里" })).toBeVisible();
  }

  async drop(name, content) {
    const buffer = Buffer.from(content);
    await this.page.locator("input[type=file]").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
  }

  async chooseDatum() {
    await this.page.getByRole("radio", { name: /WGS-84/ }).check();
  }

  async download(button) {
    const [download] = await Promise.all([this.page.waitForEvent("download"), button.click()]);
    return readFileSync(await download.path());
  }

  issue(text) {
    return this.page.locator("tr:is(.error, .warning, .note)").filter({ hasText: text }).first();
  }
}

/** The files of an archive, by name. */
export function unzip(zip) {
  const files = new Map();
  // The central directory: one entry a file, each after the other.
  let at = zip.readUInt32LE(zip.lastIndexOf("PK\x05\x06") + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [method, length] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place));
    const head = zip.readUInt32LE(at + 42);
    const start = head + 30 + zip.readUInt16LE(head + 26) + zip.readUInt16LE(head + 28);
    const packed = zip.subarray(start, start + length);
    files.set(zip.toString("utf8", at + 46, at + 46 + name), method === 0 ? packed : inflateRawSync(packed));
    at += 46 + name + extra + comment;
  }
  return files;
}
