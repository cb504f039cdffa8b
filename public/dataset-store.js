// Stores the files of the dataset by name: in IndexedDB; where that is blocked or throws, in
// localStorage; where both are, nowhere. Plain JavaScript, so that it opens the store while the
// WebAssembly module is still loading (src/browser/dataset_store.rs calls it).

const NAME = "yizhan-data";
const PREFIX = "yizhan-data/";

// Up to this many files are read in advance, while the module is still loading.
const FEW = 24;
let early = [];

// Why a change was not made: what is stored is not what it was decided for.
const CHANGED = "changed";
// Not an error, whose stack trace costs a slow phone ten milliseconds.
const LATE = "no answer";

// Always resolves to a store, whatever fails.
const opened = tried(openDatabase).catch(() => tried(openStorage)).catch(() => nothing());

async function tried(open) {
  const store = await open();
  // Some browsers open a store and then fail at the first use. One unreadable file is no reason
  // to give up the store: that file is fetched again.
  const files = await store.few(FEW).catch(() => store.names().then(() => []));
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
export const read = async (names) => (await opened).read(names).catch(() => names.map(() => undefined));

/** The names of all stored files; undefined if the storage does not answer. */
export const names = async () => (await opened).names().catch(() => undefined);

/** Stores [name, bytes] pairs, and removes all files but those and the ones named in `keep`, if it is
    given; all or nothing. With `expected`, only if the first file was `expected[0]` before and all
    files named in `expected[1]` are stored. True; false if there was no room; undefined if what is
    stored is not as expected. */
export const change = async (files, keep, expected) =>
  (await opened).change(files, keep, expected).then(() => true, (error) => (error === CHANGED ? undefined : false));

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
  const late = new Promise((_, reject) => setTimeout(() => reject(LATE), milliseconds));
  return Promise.race([promise, late]);
}

async function connect() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("files");
  const database = await within(3000, done(request));
  // Another tab may want to delete the database.
  database.onversionchange = () => database.close();
  return database;
}

async function openDatabase() {
  let database = await connect();
  const store = (mode) => database.transaction("files", mode).objectStore("files");
  // A browser may close the database while the page is in the background (iOS), and another tab
  // may ask for it: it is opened again.
  let isLost = false;
  async function answered(milliseconds, use) {
    const wasLost = isLost;
    if (isLost) database = await connect();
    isLost = false;
    try {
      return await within(milliseconds, use());
    } catch (error) {
      if (error === CHANGED || error?.name === "QuotaExceededError") throw error;
      isLost = true;
      // What does not answer in time would not the second time either.
      if (wasLost || error === LATE) throw error;
      return answered(milliseconds, use);
    }
  }
  return {
    place: "database",
    read: (names) =>
      answered(3000, async () => {
        const files = store("readonly");
        return Promise.all(names.map((name) => done(files.get(name))));
      }),
    names: () => answered(3000, async () => done(store("readonly").getAllKeys())),
    // All files at once: each request to a database costs a slow phone some milliseconds.
    few: (most) =>
      answered(3000, async () => {
        const files = store("readonly");
        const [names, contents] = await Promise.all([
          done(files.getAllKeys(null, most + 1)),
          done(files.getAll(null, most + 1)),
        ]);
        return names.length > most ? [] : names.map((name, index) => [name, contents[index]]);
      }),
    change: (files, keep, expected) => answered(10000, async () => changed(store("readwrite"), files, keep, expected)),
  };
}

function changed(target, files, keep, expected) {
  return new Promise((resolve, reject) => {
    const { transaction } = target;
    let fault;
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(fault ?? transaction.error);
    const keys = target.getAllKeys();
    target.get(expected ? files[0][0] : "").onsuccess = ({ target: old }) => {
      try {
        for (const name of toDelete(keys.result, old.result, files, keep, expected)) target.delete(name);
        for (const [name, bytes] of files) target.put(bytes, name);
      } catch (error) {
        fault = error;
        transaction.abort();
      }
    };
  });
}

/** The files that a change deletes; throws if what is stored is not as expected. */
function toDelete(stored, old, files, keep, expected) {
  if (expected) {
    const [before, loaded] = expected;
    if (`${old}` !== `${before}` || !loaded.every((name) => stored.includes(name))) throw CHANGED;
  }
  return keep ? stored.filter((name) => !keep.includes(name) && files.every(([file]) => file !== name)) : [];
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
    async change(files, keep, expected) {
      const [old] = expected ? await this.read([files[0][0]]) : [];
      const gone = toDelete(names(), old, files, keep, expected);
      // Nothing refers yet to files written before space runs out: the manifest comes last.
      for (const [name, bytes] of files) storage.setItem(PREFIX + name, toText(bytes));
      for (const name of gone) storage.removeItem(PREFIX + name);
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
