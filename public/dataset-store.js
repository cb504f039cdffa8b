// What the phone keeps of the dataset: files by name. In IndexedDB; where that is
// closed or throws, in localStorage; where both are, for this visit only.
// A plain module, so that it opens the store while the page's own module is still
// on its way (src/browser/kept.rs calls it).

const NAME = "yizhan-data";
const PREFIX = "yizhan-data/";

// So few files are read before the page asks, while its module is still on its way.
const FEW = 24;
let early = [];

// Settled before anybody asks: a store, whatever happens.
const opened = tried(openDatabase).catch(() => tried(openStorage)).catch(() => nothing());

async function tried(open) {
  const store = await open();
  // Some browsers open it and then fail at the first use. But one file that cannot be
  // read is no reason to give up the others: it comes again.
  const files = await within(3000, store.few(FEW)).catch(() => within(3000, store.names()).then(() => []));
  early = await Promise.all(files.map(held));
  return store;
}

/** A file with whether its bytes are known to be what its name says: the browser holds them
    against the digest sooner than the module could. It may not: over http there is no
    `crypto.subtle`. */
export async function held([name, bytes]) {
  const digest = /-([0-9a-f]{32})\./.exec(name)?.[1];
  if (!digest || !globalThis.crypto?.subtle) return [name, bytes, false];
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const found = Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [name, bytes, found.startsWith(digest)];
}

/** When the early files are here, or are known not to come. */
export const ready = opened.then(() => {});

/** The early files: name, bytes, and whether they are known to be what the name says. */
export const earlyFiles = () => early;

/** "database", "storage" or "nowhere". */
export const place = async () => (await opened).place;

/** The contents of these names, in their order; undefined for what is not kept. */
export const read = async (names) => (await opened).read(names).catch(() => names.map(() => undefined));

/** The names of all that is kept. */
export const names = async () => (await opened).names().catch(() => []);

/** Keeps [name, bytes] pairs, all or none. False if there was no room. */
export const write = async (files) => (await opened).change(files, () => true).then(() => true, () => false);

/** Keeps one more file, and drops whatever is not among these names; all or nothing. */
export const commit = async (name, bytes, names) => {
  const wanted = new Set(names);
  const change = (await opened).change([[name, bytes]], (kept) => kept === name || wanted.has(kept));
  return change.then(() => true, () => false);
};

/** Drops everything. */
export const clear = async () => (await opened).change([], () => false).catch(() => {});

/** Whether the person asked to be spared bytes. */
export const savesData = () => navigator.connection?.saveData === true;

/** Asks the browser not to drop the store when room is short. */
export const persist = () => navigator.storage?.persist?.().catch(() => false);

// ---- IndexedDB -----------------------------------------------------------------

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

// A browser that never answers (it happens) must not keep the page waiting.
function within(milliseconds, promise) {
  // Made only then: an error notes where it was made, which costs a slow phone ten milliseconds.
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("no answer")), milliseconds));
  return Promise.race([promise, late]);
}

async function openDatabase() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("files");
  const database = await within(3000, done(request));
  // Another tab may want to delete it.
  database.onversionchange = () => database.close();
  const store = (mode) => database.transaction("files", mode).objectStore("files");
  return {
    place: "database",
    async read(names) {
      const files = store("readonly");
      return Promise.all(names.map((name) => done(files.get(name))));
    },
    names: async () => done(store("readonly").getAllKeys()),
    // In one go: each question to a database costs a slow phone some milliseconds.
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

// Bytes as characters below 256: base64 would take a third more of little room.
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
      // What was written before the room ran out has a name that nothing refers
      // to yet: the manifest comes last.
      for (const [name, bytes] of files) storage.setItem(PREFIX + name, toText(bytes));
      for (const name of names()) if (!isWanted(name)) storage.removeItem(PREFIX + name);
    },
  };
}

// ---- nowhere: the network's answers still serve this visit ------------------------

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

// Whether the device tells where it is without a question to the person.
export const mayLocate = () =>
  navigator.permissions?.query({ name: "geolocation" }).then(({ state }) => state === "granted", () => false);
