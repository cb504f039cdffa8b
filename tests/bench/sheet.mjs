// Sheets of invented stations, as their names say.

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
export function sheet(count, cities) {
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
