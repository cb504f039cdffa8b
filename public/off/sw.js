// The kill switch: put in the place of sw.js, it gives every visitor's page back to
// the network. Browsers look for a newer worker at each visit, past the HTTP cache
// (docs/hosting.md). What the phone keeps of the stations stays.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  for (const key of await caches.keys()) {
    if (key.startsWith("yizhan-")) await caches.delete(key);
  }
  await registration.unregister();
  // Pages of the old release open again, this time from the network.
  for (const page of await clients.matchAll({ type: "window" })) await page.navigate(page.url);
}
