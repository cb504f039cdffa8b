// The page `/publish/`: from a clerk's sheets to the files of a dataset.

import { readFileSync } from "node:fs";
import { axe } from "./axe.mjs";
import { expect, test } from "./nearby.mjs";
import { PublishPage, unzip } from "./publish.mjs";

const LIST = `编号,名称,地址,经度,纬度,开放时间
a,黄浦测试站,测试路1号,121.4870,31.2370,24小时
b,静安测试站,测试路2号,121.4500,31.2300,看情况
`;

/** A list of which the check takes a while. */
function manyRows() {
  const rows = Array.from({ length: 20_000 }, (_, row) => `s${row},测试${row}站,测试路${row}号,${121 + (row % 100) / 200},${31 + row / 50_000},24小时`);
  return ["编号,名称,地址,经度,纬度,开放时间", ...rows].join("\n");
}

// The same list in GB18030.
const GB18030 = Buffer.from(
  "seC6xSzD+7PGLLXY1rcsvq22yCzOs7bILL+qt8XKsbzkCmEsu8bG1rLiytTVviyy4srUwrcxusUsMTIxLjQ4NzAsMzEuMjM3MCwyNNChyrEKYiy+srCysuLK1NW+LLLiytTCtzK6xSwxMjEuNDUwMCwzMS4yMzAwLL+0x+m/9go=",
  "base64",
);

const it = test.extend({
  publish: async ({ page, server }, use) => use(new PublishPage(page, server.url)),
});

it("the demo's sheets become the files that the tool writes, and nothing leaves the machine", async ({ publish, page }) => {
  const sent = [];
  page.on("request", (request) => sent.push([request.method(), new URL(request.url()).origin]));
  await publish.open();
  await page.getByRole("button", { name: "用示例数据试试" }).click();
  await expect(publish.totals).toBeVisible();
  await expect(page.getByRole("row", { name: "站点 116" })).toBeVisible();
  const files = unzip(await publish.download(publish.take));
  expect(files.size).toBeGreaterThan(10);
  expect(files.get("怎么发布-how-to-publish.html").toString()).toContain(new URL(publish.url).origin);
  files.delete("怎么发布-how-to-publish.html");
  for (const [name, bytes] of files) {
    expect(bytes.equals(readFileSync(`dist/${name}`)), name).toBe(true);
  }
  const origin = new URL(publish.url).origin;
  expect(sent.filter(([method, to]) => method !== "GET" || (to !== origin && !to.startsWith("blob:") && to !== "null"))).toEqual([]);
});

it("a list is understood: its faults by row, its columns, its datum asked for before anything is published", async ({ publish, page }) => {
  await publish.open();
  await publish.drop("名单.csv", LIST);
  await expect(publish.totals).toBeVisible();
  await expect(publish.take).toBeDisabled();
  await expect(page.getByText("还没有选坐标系：名单.csv")).toBeVisible();
  await expect(publish.issue("看情况")).toContainText("3");
  await publish.chooseDatum();
  // A reading opens to its week.
  await page.getByRole("heading", { name: "开放时间读成了什么" }).click();
  await page.getByText("24/7").click();
  await expect(page.getByRole("row", { name: "周日 24 小时" })).toBeVisible();
  // A column is taken for something else.
  const column = page.getByRole("combobox", { name: "C 地址" });
  await column.selectOption("landmark");
  // What was said is there at the next visit.
  await page.reload();
  await publish.drop("名单.csv", LIST);
  await expect(page.getByRole("radio", { name: /WGS-84/ })).toBeChecked();
  await expect(column).toHaveValue("landmark");
});

it("columns that nobody knows are named by a choice each, and the focus stays on it", async ({ publish, page }) => {
  await publish.open();
  await publish.drop("名单.csv", "户外名单,,,,\n甲项,乙项,丙项,丁项\n黄浦测试站,测试路1号,121.4870,31.2370\n");
  await expect(publish.issue("表头")).toBeVisible();
  for (const [column, field] of [["A 甲项", "name"], ["B 乙项", "address"], ["C 丙项", "lon"], ["D 丁项", "lat"]]) {
    const choice = page.getByRole("combobox", { name: column });
    await choice.focus();
    await choice.selectOption(field);
    await expect(choice).toHaveValue(field);
    await expect(choice).toBeFocused();
  }
  await expect(page.getByRole("row", { name: "站点 1", exact: true })).toBeVisible();
});

it("with the keyboard a choice passes over others without taking their columns", async ({ publish, page }) => {
  await publish.open();
  await publish.drop("名单.csv", LIST);
  const [kept, changed] = [page.getByRole("combobox", { name: "B 名称" }), page.getByRole("combobox", { name: "F 开放时间" })];
  await kept.selectOption("name");
  await expect(kept).toHaveValue("name");
  await changed.focus();
  // Up to the first, over the name and others.
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(changed).toHaveValue("address");
  await expect(kept).toHaveValue("name");
});

it("what a check finds is shown although something else was asked for meanwhile, and is all that is published", async ({ publish, page }) => {
  await publish.open();
  await publish.drop("名单.csv", LIST);
  await publish.chooseDatum();
  await page.getByRole("checkbox", { name: /不见了/ }).check();
  await expect(publish.take).toBeEnabled();
  await publish.drop("名单.csv", manyRows());
  await publish.download(page.getByRole("button", { name: "下载空白模板" }));
  await expect(page.getByRole("row", { name: "站点 20000" })).toBeVisible();
  await expect(publish.take).toBeDisabled();
});

it("a file that cannot be read is named on its card, and does not keep the others from being published", async ({ publish, page }) => {
  await publish.open();
  await publish.drop("名单.csv", LIST);
  await publish.chooseDatum();
  await publish.drop("有密码.xlsx", Buffer.from(`\xd0\xcf\x11\xe0 ${[..."EncryptedPackage"].join("\0")}\0`, "latin1"));
  await expect(page.locator("section.file").filter({ hasText: "有密码.xlsx" })).toContainText("工作簿打不开");
  await page.getByRole("checkbox", { name: /不见了/ }).check();
  await expect(publish.take).toBeEnabled();
});

it("two lists of the same name that are chosen together are two lists", async ({ publish, page }) => {
  await publish.open();
  const file = (hour) => ({ name: "名单.csv", mimeType: "text/csv", buffer: Buffer.from(LIST.replaceAll("测试", `测试${hour}`)) });
  await page.locator("input[type=file]").setInputFiles([file(1), file(2)]);
  await expect(page.getByRole("heading", { name: "名单-2.csv" }).first()).toBeVisible();
});

it("a row that was marked and is right now is green", async ({ publish, page }) => {
  await publish.open();
  const marked = LIST.trim().split("\n").map((line, row) => `${line},${["问题,怎么改", "经纬度反了,请对调", "看不懂,请改"][row]}`);
  await publish.drop("名单.csv", marked.join("\n"));
  const row = page.locator("tr.fixed");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("改好了");
  await expect(row).toContainText("2");
});

it("a list in GB18030 is read", async ({ publish, page }) => {
  await publish.open();
  await publish.drop("名单.csv", GB18030);
  await expect(publish.issue("静安测试站")).toBeVisible();
  await expect(page.locator(".map svg title").first()).toHaveText("黄浦测试站");
});

const BROKEN = [
  ["空的.csv", "", "文件是空的"],
  ["坏的.xlsx", "PK\x03\x04 nothing of a workbook", "工作簿打不开"],
  ["旧的.xls", "\xd0\xcf\x11\xe0 old", "旧格式"],
  ["有密码.xlsx", `\xd0\xcf\x11\xe0 ${[..."EncryptedPackage"].join("\0")}\0`, "有密码"],
  ["照片.xlsx", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "这是图片，不是表格"],
  ["通知.xlsx", "PK\x03\x04 word/document.xml", "这是文字文档或演示文稿，不是表格"],
];
for (const [name, content, words] of BROKEN) {
  it(`${name} ends in a sentence that helps`, async ({ publish, page }) => {
    await publish.open();
    await publish.drop(name, Buffer.from(content, "latin1"));
    await expect(publish.issue(words)).toBeVisible();
    await expect(page.getByText("没有可发布的站点。")).toBeVisible();
    await expect(publish.take).toBeDisabled();
  });
}

it("the marked workbook goes back in, and the template is a workbook too", async ({ publish, page }) => {
  await publish.open();
  await publish.drop("名单.csv", LIST);
  await publish.chooseDatum();
  const marked = await publish.download(page.getByRole("button", { name: "下载标好问题的表格" }));
  // It replaces the sheet that it was made of, with all that was said of it.
  await publish.drop("名单-要改的.xlsx", marked);
  await expect(page.getByRole("button", { name: "移除" })).toHaveCount(1);
  await expect(page.getByRole("radio", { name: /WGS-84/ })).toBeChecked();
  await expect(publish.issue("看情况")).toContainText("3");
  await expect(page.getByRole("row", { name: "站点 2", exact: true })).toBeVisible();
  const template = await publish.download(page.getByRole("button", { name: "下载空白模板" }));
  await page.getByRole("button", { name: "移除" }).click();
  await publish.drop("模板.xlsx", template);
  await expect(publish.issue("示例")).toBeVisible();
});

it("a workbook comes back as it is, with what is wrong marked in it", async ({ publish, page }) => {
  await publish.open();
  const template = await publish.download(page.getByRole("button", { name: "下载空白模板" }));
  await publish.drop("名单.xlsx", template);
  await expect(publish.issue("示例")).toBeVisible();
  const marked = await publish.download(page.getByRole("button", { name: "下载标好问题的表格" }));
  const [before, after] = [unzip(template), unzip(marked)];
  expect([...after.keys()]).toEqual([...before.keys()]);
  // The explanation, the headings' look and the drop-downs are those of the template.
  const changed = [...before.keys()].filter((name) => !before.get(name).equals(after.get(name)));
  expect(changed.sort()).toEqual(["xl/styles.xml", "xl/worksheets/sheet1.xml"]);
  const sheet = after.get("xl/worksheets/sheet1.xml").toString();
  expect(sheet).toContain("请删除这一行");
  expect(sheet.split("</sheetData>")[1]).toBe(before.get("xl/worksheets/sheet1.xml").toString().split("</sheetData>")[1]);
});

it("a single column that is pasted is refused with a sentence", async ({ publish, page }) => {
  await publish.open();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "名称\n甲\n乙\n");
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  });
  await expect(page.getByRole("alert").filter({ hasText: "选中整张表再复制" })).toBeVisible();
});

it("what was said is forgotten only when asked twice, and comes back from the file", async ({ publish, page }) => {
  await publish.open();
  await publish.drop("名单.csv", LIST);
  await publish.chooseDatum();
  const settings = await publish.download(page.getByRole("button", { name: /stations\.toml/ }));
  const forget = page.getByRole("button", { name: "清掉记住的设置" });
  page.once("dialog", (dialog) => dialog.dismiss());
  await forget.click();
  await expect(page.getByRole("radio", { name: /WGS-84/ })).toBeChecked();
  page.once("dialog", (dialog) => dialog.accept());
  await forget.click();
  await expect(page.getByRole("radio", { name: /WGS-84/ })).not.toBeChecked();
  await publish.drop("stations.toml", settings);
  await expect(page.getByText("已读入 stations.toml 里的设置")).toBeVisible();
  await expect(page.getByRole("radio", { name: /WGS-84/ })).toBeChecked();
});

it("the demo leaves the clerk's files and what he said alone", async ({ publish, page }) => {
  await publish.open();
  await publish.drop("名单.csv", LIST);
  await page.getByLabel("发布单位").fill("测试总工会");
  await publish.chooseDatum();
  await page.getByRole("button", { name: "用示例数据试试" }).click();
  await expect(page.getByText("这是示例数据")).toBeVisible();
  await expect(page.getByRole("row", { name: "站点 116" })).toBeVisible();
  await page.getByRole("button", { name: "回到自己的表格" }).click();
  await expect(page.getByRole("row", { name: "站点 2", exact: true })).toBeVisible();
  await page.reload();
  await publish.drop("名单.csv", LIST);
  await expect(page.getByLabel("发布单位")).toHaveValue("测试总工会");
  await expect(page.getByRole("row", { name: "站点 2", exact: true })).toBeVisible();
});

it("what is being typed stays when another setting changes", async ({ publish, page }) => {
  await publish.open();
  await publish.drop("名单.csv", LIST);
  const publisher = page.getByLabel("发布单位");
  await publisher.pressSequentially("测试");
  // The change comes from elsewhere: the focus stays in the field.
  await page.getByRole("radio", { name: /WGS-84/ }).evaluate((radio) => radio.click());
  await expect(page.getByRole("radio", { name: /WGS-84/ })).toBeChecked();
  await publisher.pressSequentially("总工会");
  await expect(publisher).toHaveValue("测试总工会");
});

it("what was said is there at the next visit, even if the page was left before the check ended", async ({ publish, page }) => {
  await publish.open();
  await publish.drop("名单.csv", LIST);
  // Both happen before the worker can answer.
  const leave = (radio) => {
    radio.click();
    location.reload();
  };
  await Promise.all([page.waitForEvent("load"), page.getByRole("radio", { name: /WGS-84/ }).evaluate(leave)]);
  await publish.drop("名单.csv", LIST);
  await expect(page.getByRole("radio", { name: /WGS-84/ })).toBeChecked();
});

it("a sheet that is taken away while it is checked leaves nothing behind", async ({ publish, page }) => {
  await publish.open();
  await publish.drop("名单.csv", manyRows());
  await page.getByRole("button", { name: "移除" }).click();
  // The worker answers one after the other: what it found in the sheet has come by then.
  await publish.download(page.getByRole("button", { name: "下载空白模板" }));
  await expect(publish.totals).toHaveCount(0);
});

it("settings that cannot be read are named, and change nothing", async ({ publish, page }) => {
  await publish.open();
  await publish.drop("名单.csv", LIST);
  await publish.chooseDatum();
  await publish.drop("stations.toml", "[dataset]\ntitle = “甲”\n");
  await expect(page.getByText("stations.toml 看不懂，设置没有改动")).toBeVisible();
  await expect(page.getByRole("radio", { name: /WGS-84/ })).toBeChecked();
});

it("in English nothing is left in Chinese but the sheet's own words", async ({ publish, page }) => {
  await publish.open();
  await page.getByRole("button", { name: "English" }).click();
  await publish.drop("list.csv", "id,name,address,lon,lat,hours\na,Stop,Road 1,121.4,31.2,24/7\n");
  await expect(page.getByRole("heading", { name: "Totals" })).toBeVisible();
  await expect(page).toHaveTitle("Yizhan · publish");
  const words = await page.evaluate(() => {
    // The other language, and the template's headings, which are what sheets are written in.
    for (const part of document.querySelectorAll("header button, option, td:nth-child(4)")) part.remove();
    return document.body.innerText.match(/[\u4e00-\u9fff]+/g);
  });
  expect(words).toBeNull();
});

it("missing stations must be confirmed by a tick that names their number", async ({ publish, page }) => {
  await publish.open();
  await publish.drop("名单.csv", LIST);
  await publish.chooseDatum();
  // The site publishes the demo, of which nothing is left.
  const word = page.getByRole("checkbox", { name: /有 116 个不见了/ });
  await expect(word).toBeVisible();
  await expect(publish.take).toBeDisabled();
  await word.check();
  await expect(publish.take).toBeEnabled();
});

/** Goes on with the Tab key alone until the element has the focus. */
async function tabTo(page, element) {
  await expect(element).toBeVisible();
  for (let key = 0; key < 200; key += 1) {
    if (await element.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("the Tab key does not lead there");
}

it("the keyboard alone leads from the choice of a file to the download", async ({ publish, page }) => {
  await publish.open();
  await tabTo(page, page.locator("input[type=file]"));
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Enter")]);
  await chooser.setFiles({ name: "名单.csv", mimeType: "text/csv", buffer: Buffer.from(LIST) });
  await tabTo(page, page.getByRole("radio", { name: /GCJ-02/ }));
  await page.keyboard.press("Space");
  await tabTo(page, page.getByRole("checkbox", { name: /有 116 个不见了/ }));
  await page.keyboard.press("Space");
  await expect(publish.take).toBeEnabled();
  await tabTo(page, publish.take);
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  expect(download.suggestedFilename()).toBe("data.zip");
});

it("the dataset is written into a folder: all or nothing, and nobody's file is touched", async ({ publish, page }) => {
  // The dialog is the system's; the private folder of a site is of the same kind as the folder it gives.
  await page.addInitScript(() => (window.showDirectoryPicker = () => navigator.storage.getDirectory()));
  const inFolder = async () =>
    new Map(
      await page.evaluate(async () => {
        const files = [];
        for await (const [name, file] of (await navigator.storage.getDirectory()).entries()) {
          files.push([name, [...new Uint8Array(await (await file.getFile()).arrayBuffer())]]);
        }
        return files.sort(([one], [other]) => (one < other ? -1 : 1));
      }),
    );
  const expected = async () => {
    const files = [...unzip(await publish.download(publish.take))].filter(([name]) => name.startsWith("data/"));
    return new Map(files.map(([name, bytes]) => [name.slice("data/".length), [...bytes]]).sort(([one], [other]) => (one < other ? -1 : 1)));
  };
  const write = page.getByRole("button", { name: "写进文件夹…" });
  await publish.open();
  await publish.drop("名单.csv", LIST);
  await publish.chooseDatum();
  await page.getByRole("checkbox", { name: /不见了/ }).check();

  await page.evaluate(async () => (await navigator.storage.getDirectory()).getFileHandle("名单.xlsx", { create: true }));
  await write.click();
  await expect(page.getByText("文件夹里有别的东西：名单.xlsx")).toBeVisible();
  expect([...(await inFolder()).keys()]).toEqual(["名单.xlsx"]);
  await page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry("名单.xlsx"));

  await write.click();
  await expect(page.getByText("已写进文件夹。")).toBeVisible();
  const first = await expected();
  expect(await inFolder()).toEqual(first);

  // The next edition; the disk is full when its manifest is written.
  await publish.drop("名单.csv", LIST.replace("黄浦测试站", "黄浦新站"));
  await page.getByRole("checkbox", { name: /不见了/ }).check();
  await page.evaluate(() => {
    const { createWritable } = FileSystemFileHandle.prototype;
    window.mend = () => (FileSystemFileHandle.prototype.createWritable = createWritable);
    FileSystemFileHandle.prototype.createWritable = async function () {
      if (this.name === "manifest.yz") throw new DOMException("no space left", "QuotaExceededError");
      return createWritable.call(this);
    };
  });
  await write.click();
  await expect(page.getByText("里面原来的数据没有动")).toBeVisible();
  expect(await inFolder()).toEqual(first);

  await page.evaluate(() => window.mend());
  await write.click();
  await expect(page.getByText("已写进文件夹。")).toBeVisible();
  const second = await expected();
  expect(second).not.toEqual(first);
  expect(await inFolder()).toEqual(second);
});

it.describe("on a site without stations", () => {
  it.use({ data: "tests/e2e" });

  it("the rider's page is tried with the new stations, and stores nothing", async ({ publish, page }) => {
    await publish.open();
    await publish.drop("名单.csv", LIST);
    await publish.chooseDatum();
    await page.getByRole("button", { name: "先在骑手的页面里试" }).click();
    const trial = page.frameLocator("iframe");
    await expect(trial.getByRole("button", { name: "找最近的" })).toBeVisible();
    await page.locator("iframe").evaluate((frame) => (frame.contentWindow.location.hash = "#at=121.4872,31.2371"));
    await expect(trial.locator("[data-hero]")).toContainText("黄浦测试站");
    // What is tried is never older than what is shown.
    await publish.drop("名单.csv", LIST.replace("黄浦测试站", "黄浦新站"));
    await expect(page.locator("iframe")).toHaveCount(0);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(["yizhan-publish-settings"]);
    expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([]);
  });

  it("works without a network once it was opened", async ({ publish, page, server }) => {
    await publish.open();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await server.close();
    await page.reload();
    await publish.drop("名单.csv", LIST);
    await expect(publish.issue("看情况")).toBeVisible();
    await publish.chooseDatum();
    // Nobody knows what the site publishes.
    await expect(publish.take).toBeDisabled();
    await page.getByRole("checkbox", { name: /读不到，没法比较/ }).check();
    const files = unzip(await publish.download(publish.take));
    expect([...files.keys()]).toContain("data/manifest.yz");
  });

  // The last is 1280×800 at 200 %.
  for (const [width, height] of [[1280, 800], [768, 1024], [640, 400]]) {
    it(`axe finds nothing, and nothing sticks out, at ${width}×${height}`, async ({ publish, page }) => {
      await publish.open();
      await page.setViewportSize({ width, height });
      await publish.drop("名单.csv", LIST);
      await expect(publish.totals).toBeVisible();
      expect(await axe(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  }
});
