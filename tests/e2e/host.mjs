// Host pages, on another origin than the page's.

import { createServer } from "node:http";
import { publish } from "./nearby.mjs";

// People's Square, Shanghai; on GCJ-02 it is 121.478223, 31.228458.
export const SQUARE = { lon: 121.4737, lat: 31.2304, crs: "wgs84" };
export const SQUARE_GCJ02 = { lon: 121.478223, lat: 31.228458, crs: "gcj02" };

/**
 * Serves pages by path, from functions that return HTML or `{ body, type, headers }`.
 * `http://localhost` is another site than `http://127.0.0.1`, which serves the page itself.
 */
export function serveHost(pages = {}) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    const page = await pages[path]?.(request);
    if (page === undefined) return response.writeHead(404).end();
    const { body = page, type = "text/html; charset=utf-8", headers = {} } = page;
    response.writeHead(200, { "content-type": type, ...headers }).end(body);
  });
  return new Promise((started) => {
    server.listen(0, "127.0.0.1", () => {
      const origin = `http://localhost:${server.address().port}`;
      const close = () => new Promise((done) => server.close(done).closeAllConnections());
      started({ origin, url: `${origin}/`, pages, close });
    });
  });
}

/**
 * Stations around People's Square: one there, and one where its position would be if
 * the two reference systems were mixed up. `origins` may send positions.
 */
export function stationsFor(origins) {
  return publish({
    "list.csv": `编号,名称,地址,电话,经度,纬度,开放时间
square,广场站,人民大道1号,021-12345678,121.4738,31.2305,24小时
mixed-up,偏了站,测试路2号,,121.47822,31.22846,24小时
third,第三站,测试路3号,,121.4800,31.2400,24小时
`,
    "stations.toml": `[dataset]
edition = "2026-07-01"
embed_origins = [${origins.map((origin) => `"${origin}"`).join(", ")}]
[dataset.publisher]
name = "测试工会"
[[source]]
path = "list.csv"
crs = "wgs84"
city = "测试"
`,
  });
}
