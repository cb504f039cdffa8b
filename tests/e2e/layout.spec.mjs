// No text overflows, is clipped, breaks inside a word or overlaps other text: every screen, at
// five screen sizes, three text sizes and in all languages, with long names.

import { expect, publish, test } from "./nearby.mjs";
import { faults } from "./layout_faults.mjs";

const LONG = "上海市嘉定区安亭镇方泰社区户外职工爱心接力站暨新就业形态劳动者党群服务中心（二期）";

const DATA = {
  "list.csv": `编号,名称,地址,楼层,经度,纬度,类型,服务设施,开放时间,进门方式,服务对象,电话,备注
one,${LONG},嘉定区安亭镇方中路84弄1号楼（靠近轨道交通11号线安亭站2号口）,2楼东侧电梯旁,121.2180,31.3150,户外职工爱心接力站,"空调、暖气、饮水、热水、微波炉、充电、座椅、卫生间、无线网络、药箱、AED、冰箱、雨具、图书、停车位、换电、淋浴、洗衣、工具",6:30-22:00,扫码,仅限工会会员,021-59501234 转 8002,自带水杯，雨天地滑
two,方泰站,方泰路1号,,121.2200,31.3190,工会驿站,"空调、座椅",6:30-21:00,推门,所有人,,
three,Anting Community Service Center and Reading Room,Fangtai Road 12,,121.2300,31.3160,驿站,"空调、饮水",看情况,,,13800000000,
four,方泰公厕,方泰路3号,,121.2174,31.3146,公共厕所,卫生间,6:30-22:00,,,,
`,
  "programmes.csv": `编号,标题,对象,内容,时间,参加方式,电话,来源
one,夏送清凉,户外劳动者,高温天在驿站领饮料，每人每天一份,每月28日,出示工会会员卡,12351,测试
two,互助保障,新就业形态劳动者,住院和意外保障,每周三,向街道工会申请,,测试
three,体检,会员,免费体检,长期,预约,,测试
`,
  "stations.toml": `[dataset]
title = "排版"
[[source]]
path = "list.csv"
crs = "wgs84"
city = "上海"
district = "嘉定"
publish_contacts = true
[[programmes]]
path = "programmes.csv"
`,
};

test.use({ data: async ({}, use) => use(publish(DATA)) });

const AT = "at=121.2174,31.3144&crs=wgs84";
const SCREENS = {
  "first visit": "",
  "first visit, odd link": "season=hot&at=999,31&need=sauna",
  answer: AT,
  "answer, filtered": `${AT}&need=shower,laundry&who=anyone&kind=工会驿站`,
  "answer, named place": `${AT}&place=${LONG}`,
  "all doors": `${AT}&open=any&season=warm`,
  radar: `${AT}&view=radar`,
  benefits: `${AT}&view=benefits`,
  pick: `${AT}&view=pick`,
  filters: `${AT}&view=filter`,
  display: `${AT}&view=display`,
  privacy: `${AT}&view=privacy`,
  emergency: `${AT}&view=emergency`,
  offline: `${AT}&view=offline`,
  station: `${AT}&station=one`,
  "station gone": `${AT}&station=gone`,
  district: "area=上海/嘉定",
  "district gone": "area=上海/没有",
};

const DAY = new Date("2026-07-15T14:00:00+08:00");
const NIGHT = new Date("2026-07-15T23:30:00+08:00");

for (const [width, height] of [[320, 568], [360, 740], [414, 896], [740, 360], [640, 400]]) {
  test(`every screen is whole at ${width}×${height}`, async ({ page, nearby }) => {
    test.setTimeout(120_000);
    await page.setViewportSize({ width, height });
    await nearby.open("#", DAY);
    const found = [];
    const look = async (name) => {
      for (const lang of ["zh-CN", "en", "ko"]) {
        for (const scale of ["1.00", "1.30", "1.67"]) {
          const settings = `&lang=${lang}&scale=${scale}`;
          await page.evaluate((hash) => (location.hash = hash), `#${SCREENS[name]}${settings}`);
          await expect(nearby.root).toHaveAttribute("lang", lang);
          await expect.poll(() => nearby.root.evaluate((root) => root.style.getPropertyValue("--user-scale"))).toBe(scale);
          // The other rows are rendered a frame later.
          await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
          for (const fault of await page.evaluate(faults)) found.push(`${name} ${lang} ${scale}: ${fault}`);
        }
      }
    };
    for (const name of Object.keys(SCREENS)) await look(name);
    // At night, when all is shut, the answer names a day and a time.
    await nearby.open("#", NIGHT);
    await look("answer");
    expect(found).toEqual([]);
  });
}

for (const [width, height, scale, odd] of [
  // Two invalid parts of the link, which give several notices.
  [320, 568, "1.00", "&lang=xx&need=sauna"],
  [320, 568, "1.67", ""],
  [740, 360, "1.00", ""],
  [640, 400, "1.00", ""],
]) {
  test(`name and minutes are seen at ${width}×${height}, scale ${scale}, without scrolling`, async ({ page, nearby }) => {
    await page.setViewportSize({ width, height });
    await nearby.open(`#${AT}&scale=${scale}${odd}`, DAY);
    await nearby.screen("answer");
    const seen = (selector) =>
      page.evaluate((selector) => {
        const box = document.querySelector(selector).getBoundingClientRect();
        const at = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 20) / 2);
        return at !== null && document.querySelector(selector).contains(at);
      }, selector);
    await expect(page.locator(".notice >> visible=true")).toHaveCount(odd ? 1 : 0);
    expect(await seen("[data-hero] .station-hero-minutes")).toBe(true);
    expect(await seen("[data-hero] h1")).toBe(true);
  });
}
