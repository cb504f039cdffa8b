// Serves a packed page on 127.0.0.1, with the compressed twins and the headers
// that docs/hosting.md asks of a web host.
//   node tests/e2e/server.mjs dist 8080

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".geojson": "application/geo+json",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".yz": "application/octet-stream",
};

// Names that hold a digest of the content never change their content.
const IMMUTABLE = /-[0-9a-f]{16,}\.[a-z]+$/;

// docs/hosting.md: where there is no service worker, the page opens from the HTTP
// cache for a while, also without a network.
function cacheControl(file) {
  if (IMMUTABLE.test(file)) return "public, max-age=31536000, immutable";
  if (file.endsWith("index.html")) return "max-age=600, stale-while-revalidate=86400, stale-if-error=2592000";
  return "no-cache";
}

/**
 * Starts a server for `folder`; resolves to `{ url, close, setClock, reports }`. Port 0 takes a
 * free one. `data` may be another folder of stations than the page was packed with.
 * `setClock` makes the `Date` header stand at some time.
 */
export function serve(folder, port = 0, data = join(folder, "data")) {
  const root = resolve(folder);
  const dataset = resolve(data);
  let time = null;
  // A publisher's end for reports, as docs/report.md describes it.
  const reports = [];
  const take = async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    reports.push({ headers: request.headers, body: JSON.parse(Buffer.concat(parts).toString()) });
    response.writeHead(204);
    response.end();
  };
  const sockets = new Set();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    if (path === "/report" && request.method === "POST") return take(request, response);
    const inData = path.startsWith("/data/");
    const base = inData ? dataset : root;
    let file = join(base, normalize(inData ? path.slice("/data".length) : path));
    if (!file.startsWith(base)) return end(response, 403);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!existsSync(file)) return end(response, 404);
    const headers = {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "cache-control": cacheControl(file),
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    };
    if (time) headers.date = time.toUTCString();
    const accepted = request.headers["accept-encoding"] ?? "";
    for (const [name, suffix] of [["br", ".br"], ["gzip", ".gz"]]) {
      if (accepted.includes(name) && existsSync(file + suffix)) {
        headers["content-encoding"] = name;
        headers.vary = "accept-encoding";
        file += suffix;
        break;
      }
    }
    headers["content-length"] = statSync(file).size;
    response.writeHead(200, headers);
    if (request.method === "HEAD") response.end();
    else createReadStream(file).pipe(response);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  const close = () =>
    new Promise((done) => {
      server.close(done);
      for (const socket of sockets) socket.destroy();
    });
  return new Promise((started, failed) => {
    server.once("error", failed);
    const setClock = (now) => (time = now);
    server.listen(port, "127.0.0.1", () => {
      started({ url: `http://127.0.0.1:${server.address().port}/`, close, setClock, reports });
    });
  });
}

function end(response, status) {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(`${status}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder = "dist", port = "8080"] = process.argv.slice(2);
  try {
    const { url } = await serve(folder, Number(port));
    console.log(`驿站 Yizhan: ${url}`);
    console.log(`安亭 Anting: ${url}#at=121.2174,31.3144`);
    console.log("Ctrl+C stops the server; the page then works on from its cache.");
  } catch (error) {
    console.error(`cannot serve on port ${port}: ${error.message}. Try: make serve PORT=8090`);
    process.exit(2);
  }
}
