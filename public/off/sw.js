// The kill switch: deployed as sw.js, it makes every visitor's page come from the network again.
// Browsers check for a newer worker at each visit, past the HTTP cache (docs/hosting.md). The
// stations stored on the phone stay.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  for (const key of await caches.keys()) {
    if (key.startsWith("yizhan-")) await caches.delete(key);
  }
  await registration.unregister();
  // Reloads pages of the old release, this time from the network.
  for (const page of await clients.matchAll({ type: "window" })) await page.navigate(page.url);
}
