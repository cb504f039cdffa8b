// Runs before the rider's page in `try/`, which must neither read nor change what this browser
// stores for the published page.
const none = {
  getItem: () => null,
  setItem() {},
  removeItem() {},
  key: () => null,
  length: 0,
};
Object.defineProperty(window, "localStorage", { value: none });
Object.defineProperty(window, "indexedDB", { value: undefined });
Object.defineProperty(navigator, "serviceWorker", { value: undefined });
