// The service worker: after one visit the page works without a network.
// `stations pack` writes the list of files and the release's version here.
const RELEASE = { version: "dev", files: [] };

const SHELL = `yizhan-shell-${RELEASE.version}`;
const DATA = "yizhan-data";
const MANIFEST = /\/data\/manifest\.yz$/;
const CELL = /\/data\/(cell|programmes)-[0-9a-f]+\.yz$/;

addEventListener("install", (event) => event.waitUntil(fillShell()));
addEventListener("activate", (event) => event.waitUntil(dropOldShells()));
addEventListener("message", (event) => event.waitUntil(keepAll(...event.data)));
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  // Only our own files, only reading: everything else goes its way.
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(shellPage(event.request));
  else if (MANIFEST.test(url.pathname)) event.respondWith(freshOrKept(event.request));
  else if (CELL.test(url.pathname)) event.respondWith(keptOrFetched(event.request));
  else event.respondWith(fromShell(event.request));
});

// All files of a release or none: a release with a hole must never serve.
async function fillShell() {
  const cache = await caches.open(SHELL);
  await Promise.all(
    RELEASE.files.map(async ([name, digest]) => {
      // "reload" passes by the HTTP cache, which may hold another release.
      const response = await fetch(name, { cache: "reload" });
      const bytes = await response.clone().arrayBuffer();
      if (!response.ok || (await sha256(bytes)) !== digest) throw new Error(`not as released: ${name}`);
      await cache.put(name, response);
    }),
  );
  // The first worker of a visitor may serve at once; a later one waits until
  // every page of the old release is closed, so that releases never mix.
  if (!registration.active) await skipWaiting();
}

async function dropOldShells() {
  for (const key of await caches.keys()) {
    if (key.startsWith("yizhan-shell-") && key !== SHELL) await caches.delete(key);
  }
  await clients.claim();
}

async function shellPage(request) {
  return (await caches.match("index.html", { cacheName: SHELL })) ?? fetch(request);
}

async function fromShell(request) {
  return (await caches.match(request, { cacheName: SHELL, ignoreSearch: true })) ?? fetch(request);
}

// The manifest is re-checked at every visit; without a network the last one
// whose answer was good still serves.
async function freshOrKept(request) {
  const cache = await caches.open(DATA);
  try {
    const response = await fetch(request, { cache: "no-cache", signal: AbortSignal.timeout(4000) });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(request);
    if (kept) return asKept(kept);
    throw error;
  }
}

// Marked, so that nobody takes the date of an old answer for the time now.
function asKept(response) {
  const headers = new Headers(response.headers);
  headers.set("x-yizhan-kept", "1");
  return new Response(response.body, { headers });
}

// A cell's or the programmes' name is the digest of the content, so a kept one is never stale.
async function keptOrFetched(request) {
  const cache = await caches.open(DATA);
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

// The page names the data that it has (on a first visit they came before this
// worker was there), and all that its edition knows. Only files of ours are
// taken, and only once.
async function keepAll(here, known) {
  const cache = await caches.open(DATA);
  const urlOf = (name) => new URL(name, registration.scope);
  for (const url of here.map(urlOf)) {
    const isData = MANIFEST.test(url.pathname) || CELL.test(url.pathname);
    if (url.origin !== location.origin || !isData || (await cache.match(url))) continue;
    const response = await fetch(url);
    if (response.ok) await cache.put(url, response);
  }
  // What no edition in use names is dropped, so the cache does not grow for ever.
  const wanted = new Set(known.map((name) => String(urlOf(name))));
  for (const request of await cache.keys()) {
    if (!wanted.has(request.url)) await cache.delete(request);
  }
}

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
