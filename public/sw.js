// The service worker: after one visit the page opens without a network.
// `stations pack` writes the list of files and the release's version here.
// The stations are stored by the page itself (dataset-store.js), with or without a worker.
const RELEASE = { version: "dev", files: [] };

// Only caches with this prefix are deleted; other pages of the host have their own.
const PREFIX = "yizhan-";
const SHELL = `${PREFIX}shell-${RELEASE.version}`;
const BY_CONTENT = /-[0-9a-f]{16}\.\w+$/;
const TYPES = {
  css: /^text\/css/,
  js: /^(text|application)\/(x-)?javascript/,
  wasm: /^application\/wasm/,
};

addEventListener("install", (event) => {
  event.waitUntil(fillShell());
  // Where the browser can (Chromium 123), it serves the release from the cache without starting
  // this worker.
  const shell = routes();
  if (event.addRoutes) event.waitUntil(event.addRoutes(shell).catch(() => {}));
});
addEventListener("activate", (event) => event.waitUntil(dropOldShells()));
addEventListener("message", (event) => {
  // The rider agreed to the update. Otherwise a newer release waits until every page of the old
  // one is closed, so that releases never mix.
  if (event.data === "take-over") event.waitUntil(skipWaiting());
});
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const name = url.pathname.slice(new URL(registration.scope).pathname.length);
  // Other methods and other origins are left to the browser.
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (name.startsWith("data/")) return;
  if (event.request.mode === "navigate") {
    if (isPage(name)) event.respondWith(pageFromShell(event.request));
  } else event.respondWith(fromShellOrNetwork(event.request, name));
});

// Exact addresses only; all others reach the fetch listener above. A file that is not in the
// cache comes from the network, as it does there.
function routes() {
  const scope = new URL(registration.scope).pathname;
  const at = (name) => ({ urlPattern: { pathname: scope + name, search: "" } });
  const files = RELEASE.files.map(([name]) => name).filter((name) => BY_CONTENT.test(name));
  return [{ condition: { or: ["", ...files].map(at) }, source: { cacheName: SHELL } }];
}

// Stores all files of a release or none: an incomplete release must never be served.
async function fillShell() {
  const cache = await caches.open(SHELL);
  try {
    await Promise.all(RELEASE.files.map(([name, digest]) => fill(cache, name, digest)));
  } catch (error) {
    await caches.delete(SHELL);
    throw error;
  }
  // The first worker of a visitor takes over at once.
  if (!registration.active) await skipWaiting();
}

async function fill(cache, name, digest) {
  // Files with a content hash in their name may come from the HTTP cache, which this visit has
  // just filled. Under other names the cache may hold another release, so it is bypassed.
  for (const mode of BY_CONTENT.test(name) ? ["default", "reload"] : ["reload"]) {
    const response = await fetch(name, { cache: mode });
    if (response.status === 200 && isOfType(response, name)) {
      const bytes = await response.clone().arrayBuffer();
      if ((await sha256(bytes)) !== digest) continue;
      // The page is requested by the folder's address.
      if (name === "index.html") await cache.put("./", response.clone());
      return cache.put(name, response);
    }
  }
  throw new Error(`not as released: ${name}`);
}

async function dropOldShells() {
  for (const key of await caches.keys()) {
    if (key.startsWith(PREFIX) && key !== SHELL) await caches.delete(key);
  }
  await clients.claim();
}

// The page of this release, even if the host has another one: only its own files fit it.
async function pageFromShell(request) {
  return (await caches.match("index.html", { cacheName: SHELL })) ?? fetch(request);
}

async function fromShellOrNetwork(request, name) {
  const kept = await caches.match(request, { cacheName: SHELL, ignoreSearch: true });
  if (kept) return kept;
  const response = await fetch(request);
  // A Wi-Fi login page, or a host that answers every request with its start page: HTML must not
  // be run or stored as another type.
  return isOfType(response, name) ? response : Response.error();
}

function isPage(name) {
  return name === "" || name === "index.html";
}

function isOfType(response, name) {
  const type = response.headers.get("content-type") ?? "";
  const expected = TYPES[name.split(".").pop()];
  return expected ? expected.test(type) : isPage(name) || name.endsWith(".html") || !/^text\/html/.test(type);
}

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
