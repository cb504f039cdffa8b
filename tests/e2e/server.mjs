// Serves a packed page on 127.0.0.1, with the compressed copies and the headers that
// docs/hosting.md requires of a web host.
//   node tests/e2e/server.mjs dist 8080

import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
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

// Long enough that all requests of a round arrive before its first response.
const ROUND_MS = 500;

// Files with a digest in their name never change.
const IMMUTABLE = /-[0-9a-f]{16,}\.[a-z]+$/;

// As in docs/hosting.md: without a service worker the page opens from the HTTP cache for a while,
// also without a network.
function cacheControl(file) {
  if (IMMUTABLE.test(file)) return "public, max-age=31536000, immutable";
  if (file.endsWith("index.html")) return "max-age=600, stale-while-revalidate=86400, stale-if-error=2592000";
  return "no-cache";
}

/**
 * Starts a server for `folder`; resolves to its controls. Port 0 takes a free one. `data` is the
 * dataset folder, by default the one packed with the page.
 *
 * - `setClock(time)` sets the `Date` header to a fixed time.
 * - `deploy(folder, data)` serves another release or other stations from now on.
 * - `setFault(fault)` makes responses fail: `fault(path)` returns undefined, `{ file }` to send
 *   another file, or `{ does }` with a name in `FAULTS`.
 * - `goOn()` sends what the faults `held` and `parted` held back.
 * - `setRounds(most)` delays each response by half a second, and leaves requests after so many
 *   rounds of responses unanswered. `answered` holds the paths of answered requests.
 * - `reports` and `requests` (paths) were received; `heads` are request lines with headers.
 */
export function serve(folder, port = 0, data = join(folder, "data")) {
  let root = resolve(folder);
  let dataset = resolve(data);
  let time = null;
  let faultOf = () => undefined;
  let mostRounds = 0;
  let roundsAnswered = 0;
  const requests = [];
  const answered = [];
  const heads = [];
  // A publisher's endpoint for reports, as docs/report.md describes it.
  const reports = [];
  // A receiver that this server stands in front of, as nginx does.
  let receiver = null;
  const take = async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    reports.push({ headers: request.headers, body: JSON.parse(Buffer.concat(parts).toString()) });
    const { origin } = request.headers;
    const headers = { "content-type": "application/json", origin, "x-forwarded-for": request.socket.remoteAddress };
    const answer = receiver && (await fetch(`${receiver}/reports`, { method: "POST", headers, body: Buffer.concat(parts) }));
    response.writeHead(answer?.status ?? 204);
    response.end();
  };
  const sockets = new Set();
  const held = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    requests.push(path);
    if (!mostRounds) return answer(path, request, response);
    const round = roundsAnswered + 1;
    if (round > mostRounds) return;
    setTimeout(() => {
      roundsAnswered = Math.max(roundsAnswered, round);
      answered.push(path);
      answer(path, request, response);
    }, ROUND_MS);
  });
  function answer(path, request, response) {
    heads.push([request.method, request.url, ...request.rawHeaders].join(" "));
    if (path === "/report" && request.method === "POST") return take(request, response);
    const inData = path.startsWith("/data/");
    const base = inData ? dataset : root;
    let file = join(base, normalize(inData ? path.slice("/data".length) : path));
    if (!file.startsWith(base)) return end(response, 403);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    const fault = faultOf(path);
    if (fault?.file) file = fault.file;
    if (!existsSync(file)) return end(response, 404);
    const headers = {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "cache-control": cacheControl(file),
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    };
    if (time) headers.date = time.toUTCString();
    if (fault?.does) return FAULTS[fault.does](response, headers, readFileSync(file), request, held);
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
  }
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
    server.listen(port, "127.0.0.1", () => {
      started({
        url: `http://127.0.0.1:${server.address().port}/`,
        close,
        heads,
        reports,
        requests,
        answered,
        goOn: () => held.splice(0).forEach((rest) => rest()),
        setRounds: (most) => ([mostRounds, roundsAnswered] = [most, 0]),
        passReportsTo: (url) => (receiver = url),
        setClock: (now) => (time = now),
        setFault: (fault) => (faultOf = fault ?? (() => undefined)),
        deploy: (folder, data = dataset) => ([root, dataset] = [resolve(folder), resolve(data)]),
      });
    });
  });
}

// What can happen to a response.
const LOGIN = "<!DOCTYPE html><title>Wi-Fi</title><p>Please log in.</p>";
const FAULTS = {
  missing: (response) => end(response, 404),
  broken: (response) => end(response, 500),
  overloaded: (response) => end(response, 503),
  // The connection closes without a response.
  closed: (response) => response.destroy(),
  // No response, ever.
  silent: () => {},
  // Half of the body arrives, and then nothing, ever.
  stalled: (response, headers, bytes) => {
    response.writeHead(200, { ...headers, "content-length": bytes.length });
    response.write(bytes.subarray(0, bytes.length / 2));
  },
  // The connection closes in the middle of the body.
  cut: (response, headers, bytes) => {
    response.writeHead(200, { ...headers, "content-length": bytes.length });
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  },
  // The body ends before `<body`: the page has its head and no content.
  begun: (response, headers, bytes) => send(response, headers, bytes.subarray(0, bytes.indexOf("<body"))),
  // The page's head arrives at once, the rest when the test calls `goOn`.
  parted: (response, headers, bytes, _request, rest) => {
    const end = bytes.indexOf("<body");
    response.writeHead(200, { ...headers, "content-length": bytes.length });
    response.write(bytes.subarray(0, end));
    rest.push(() => response.end(bytes.subarray(end)));
  },
  // The response is sent when the test calls `goOn`.
  held: (response, headers, bytes, _request, rest) => rest.push(() => send(response, headers, bytes)),
  // A proxy passes half of the file on as the whole.
  shortened: (response, headers, bytes) => send(response, headers, bytes.subarray(0, bytes.length / 2)),
  empty: (response, headers) => send(response, headers, Buffer.alloc(0)),
  flipped: (response, headers, bytes) => {
    const spoilt = Buffer.from(bytes);
    spoilt[spoilt.length - 1] ^= 1;
    send(response, headers, spoilt);
  },
  // The fourth byte of dataset files is the format number.
  "newer format": (response, headers, bytes) => {
    const newer = Buffer.from(bytes);
    newer[3] = 99;
    send(response, headers, newer);
  },
  // A Wi-Fi that wants a login answers every request itself …
  login: (response) => send(response, { "content-type": "text/html" }, Buffer.from(LOGIN)),
  // … or redirects it to its login page.
  redirected: (response, _headers, _bytes, request) => {
    const isThere = request.url.endsWith("?login");
    if (isThere) return send(response, { "content-type": "text/html" }, Buffer.from(LOGIN));
    response.writeHead(302, { location: `${request.url}?login` });
    response.end();
  },
  // The right response, a moment later.
  late: (response, headers, bytes) => setTimeout(send, 50, response, headers, bytes),
};
export const FAULT_NAMES = Object.keys(FAULTS);

function send(response, headers, bytes) {
  response.writeHead(200, { ...headers, "content-length": bytes.length });
  response.end(bytes);
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
