// Stores the files of the dataset by name: in IndexedDB; where that is blocked or throws, in
// localStorage; where both are, nowhere. Plain JavaScript, so that it opens the store while the
// WebAssembly module is still loading (src/browser/dataset_store.rs calls it).

const NAME = "yizhan-data";
const PREFIX = "yizhan-data/";

// Up to this many files are read in advance, while the module is still loading.
const FEW = 24;
let early = [];

// Always resolves to a store, whatever fails.
const opened = tried(openDatabase).catch(() => tried(openStorage)).catch(() => nothing());

async function tried(open) {
  const store = await open();
  // Some browsers open a store and then fail at the first use. One unreadable file is no reason
  // to give up the store: that file is fetched again.
  const files = await within(3000, store.few(FEW)).catch(() => within(3000, store.names()).then(() => []));
  early = await Promise.all(files.map(held));
  return store;
}

/** A file, and whether its bytes were verified against the digest in its name: the browser does
    that sooner than the module could. Over http there is no `crypto.subtle`, and nothing is
    verified. */
export async function held([name, bytes]) {
  const digest = /-([0-9a-f]{32})\./.exec(name)?.[1];
  if (!digest || !globalThis.crypto?.subtle) return [name, bytes, false];
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const found = Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [name, bytes, found.startsWith(digest)];
}

/** Resolves when the files read in advance are loaded, or cannot be. */
export const ready = opened.then(() => {});

/** The files read in advance: name, bytes, and whether the digest was verified. */
export const earlyFiles = () => early;

/** Where files are stored: "database", "storage" or "nowhere". */
export const place = async () => (await opened).place;

/** The contents of the named files, in the same order; undefined for one that is not stored. */
export const read = async (names) => within(3000, (await opened).read(names)).catch(() => names.map(() => undefined));

/** The names of all stored files; undefined if the storage does not answer. */
export const names = async () => within(3000, (await opened).names()).catch(() => undefined);

/** Stores [name, bytes] pairs, all or none. False if there was no room. */
export const write = async (files) => within(10000, (await opened).change(files, () => true)).then(() => true, () => false);

/** Stores one more file and removes all that are not among these names; all or nothing. */
export const commit = async (name, bytes, names) => {
  const wanted = new Set(names);
  const change = (await opened).change([[name, bytes]], (kept) => kept === name || wanted.has(kept));
  return within(10000, change).then(() => true, () => false);
};

/** Removes all stored files. */
export const clear = async () => within(10000, (await opened).change([], () => false)).catch(() => {});

/** Whether data saving is on in the browser. */
export const savesData = () => navigator.connection?.saveData === true;

/** Asks the browser not to evict the store when space is short. */
export const persist = () => navigator.storage?.persist?.().catch(() => false);

// ---- IndexedDB -----------------------------------------------------------------

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

// Some browsers never answer; the page must not wait for them.
function within(milliseconds, promise) {
  // The error is created only after the delay: its stack trace costs a slow phone ten
  // milliseconds.
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("no answer")), milliseconds));
  return Promise.race([promise, late]);
}

async function openDatabase() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("files");
  const database = await within(3000, done(request));
  // Another tab may want to delete the database.
  database.onversionchange = () => database.close();
  const store = (mode) => database.transaction("files", mode).objectStore("files");
  return {
    place: "database",
    async read(names) {
      const files = store("readonly");
      return Promise.all(names.map((name) => done(files.get(name))));
    },
    names: async () => done(store("readonly").getAllKeys()),
    // All files at once: each request to a database costs a slow phone some milliseconds.
    async few(most) {
      const files = store("readonly");
      const [names, contents] = await Promise.all([
        done(files.getAllKeys(null, most + 1)),
        done(files.getAll(null, most + 1)),
      ]);
      return names.length > most ? [] : names.map((name, index) => [name, contents[index]]);
    },
    change(files, isWanted) {
      return new Promise((resolve, reject) => {
        const target = store("readwrite");
        const { transaction } = target;
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
        for (const [name, bytes] of files) target.put(bytes, name);
        const keys = target.getAllKeys();
        keys.onsuccess = () => {
          for (const name of keys.result) if (!isWanted(name)) target.delete(name);
        };
      });
    },
  };
}

// ---- localStorage, the last resort ---------------------------------------------

// Bytes as characters below 256: base64 would take a third more of the little space.
const toText = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
const toBytes = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0));

function openStorage() {
  const storage = localStorage;
  storage.setItem(`${PREFIX}?`, "");
  storage.removeItem(`${PREFIX}?`);
  const names = () =>
    Object.keys(storage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
  const get = (name) => storage.getItem(PREFIX + name);
  return {
    place: "storage",
    async read(wanted) {
      return wanted.map((name) => (get(name) === null ? undefined : toBytes(get(name))));
    },
    names: async () => names(),
    few: async (most) => (names().length > most ? [] : names().map((name) => [name, toBytes(get(name))])),
    async change(files, isWanted) {
      // Nothing refers yet to files written before space runs out: the manifest comes last.
      for (const [name, bytes] of files) storage.setItem(PREFIX + name, toText(bytes));
      for (const name of names()) if (!isWanted(name)) storage.removeItem(PREFIX + name);
    },
  };
}

// ---- no storage: fetched files still serve this visit ------------------------------

function nothing() {
  return {
    place: "nowhere",
    read: async (names) => names.map(() => undefined),
    names: async () => [],
    change: async () => {
      throw new Error("closed");
    },
  };
}

// Whether the device can be asked for the position without a permission prompt.
export const mayLocate = () =>
  navigator.permissions?.query({ name: "geolocation" }).then(({ state }) => state === "granted", () => false);
