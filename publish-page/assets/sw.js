// The service worker of /publish/: the page works offline once it was opened, and `try/` is the
// rider's page with the dataset that the clerk is about to publish.
// The build writes the digest of the files here.
const VERSION = "dev";
const CACHE = `yizhan-publish-${VERSION}`;
const TRIAL = "yizhan-publish-trial";
const FILES = ["./", "boot.js", "folder.js", "worker.js", "publish.js", "publish_bg.wasm", "publish.css", "try.js"];

addEventListener("install", (event) => event.waitUntil(fill().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(dropOld().then(() => clients.claim())));
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const scope = new URL(registration.scope);
  if (event.request.method !== "GET" || url.origin !== scope.origin) return;
  const name = url.pathname.slice(scope.pathname.length);
  if (name.startsWith("try/")) event.respondWith(trial(name.slice("try/".length)));
  else if (FILES.includes(name || "./")) event.respondWith(own(event.request));
});

async function fill() {
  const cache = await caches.open(CACHE);
  await Promise.all(FILES.map(async (name) => {
    const response = await fetch(name, { cache: "no-cache" });
    if (!response.ok) throw new Error(`${response.status} ${name}`);
    await cache.put(name, response);
  }));
}

async function dropOld() {
  for (const name of await caches.keys()) {
    if (name.startsWith("yizhan-publish-") && name !== CACHE && name !== TRIAL) await caches.delete(name);
  }
}

async function own(request) {
  const cache = await caches.open(CACHE);
  const stored = await cache.match(request.mode === "navigate" ? "./" : request);
  return stored || fetch(request);
}

// The dataset comes from the page, and from nowhere else; all other files are the rider's page.
async function trial(name) {
  if (name.startsWith("data/")) {
    const cache = await caches.open(TRIAL);
    return (await cache.match(`try/${name}`)) || new Response(null, { status: 404 });
  }
  const response = await fetch(`../${name}`);
  if (name !== "" && name !== "index.html") return response;
  const page = (await response.text()).replace("<head>", `<head><script src="../try.js"></script>`);
  return new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } });
}
