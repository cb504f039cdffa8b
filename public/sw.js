// The service worker: after one visit the page opens without a network.
// `stations pack` writes the list of files and the release's version here.
// The stations are kept by the page itself (dataset-store.js), with or without a worker.
const RELEASE = { version: "dev", files: [] };

// Only caches with this beginning are ours to delete; other pages of the host have theirs.
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
  // Where the browser can (Chromium 123), it answers from the release itself, without
  // starting this worker first.
  const shell = routes();
  if (event.addRoutes) event.waitUntil(event.addRoutes(shell).catch(() => {}));
});
addEventListener("activate", (event) => event.waitUntil(dropOldShells()));
addEventListener("message", (event) => {
  // The person agreed. Without that a later release waits until every page of the
  // old one is closed, so that releases never mix.
  if (event.data === "take-over") event.waitUntil(skipWaiting());
});
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const name = url.pathname.slice(new URL(registration.scope).pathname.length);
  // Only our own files, only reading: everything else goes its way.
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (name.startsWith("data/")) return;
  if (event.request.mode === "navigate") {
    if (isPage(name)) event.respondWith(pageFromShell(event.request));
  } else event.respondWith(fromShellOrNetwork(event.request, name));
});

// Exact addresses only; everything else comes to the listener above. What is not in the
// cache goes to the network, as there.
function routes() {
  const scope = new URL(registration.scope).pathname;
  const at = (name) => ({ urlPattern: { pathname: scope + name, search: "" } });
  const files = RELEASE.files.map(([name]) => name).filter((name) => BY_CONTENT.test(name));
  return [{ condition: { or: ["", ...files].map(at) }, source: { cacheName: SHELL } }];
}

// All files of a release or none: a release with a hole must never serve.
async function fillShell() {
  const cache = await caches.open(SHELL);
  try {
    await Promise.all(RELEASE.files.map(([name, digest]) => fill(cache, name, digest)));
  } catch (error) {
    await caches.delete(SHELL);
    throw error;
  }
  // The first worker of a visitor may serve at once.
  if (!registration.active) await skipWaiting();
}

async function fill(cache, name, digest) {
  // What this visit has just read is in the HTTP cache under its name by content;
  // a name that stays may hold another release there, so it goes past it.
  for (const mode of BY_CONTENT.test(name) ? ["default", "reload"] : ["reload"]) {
    const response = await fetch(name, { cache: mode });
    if (response.status === 200 && isOfType(response, name)) {
      const bytes = await response.clone().arrayBuffer();
      if ((await sha256(bytes)) !== digest) continue;
      // The page is asked for by the folder's name.
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

// The page of this release, whatever the host has by now: its files belong to it.
async function pageFromShell(request) {
  return (await caches.match("index.html", { cacheName: SHELL })) ?? fetch(request);
}

async function fromShellOrNetwork(request, name) {
  const kept = await caches.match(request, { cacheName: SHELL, ignoreSearch: true });
  if (kept) return kept;
  const response = await fetch(request);
  // A Wi-Fi that wants a login, or a host that answers everything with its start
  // page: HTML must not be run, or kept, as anything else.
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
