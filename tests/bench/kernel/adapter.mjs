// The page's own search, as an adapter of the kernel benchmark (knn.mjs).
// The module is built by `make bench`.

import { readFileSync } from "node:fs";

const FOLDER = new URL("../../../target/kernel/", import.meta.url);
const MODULE = new URL("search.wasm", FOLDER);
/** The same, with the code that only a publisher needs. */
const PUBLISHER = new URL("publish.wasm", FOLDER);
let kernel;
const selections = new Map();

async function instantiate(module) {
  const { instance } = await WebAssembly.instantiate(readFileSync(module), {});
  return instance.exports;
}

const words = (exports, at, count) => new Uint32Array(exports.memory.buffer, at, count);
const halves = (exports, at, count) => new Uint16Array(exports.memory.buffer, at, count);

/** Called once, when data is published. Returns the blocks, then the three columns. */
export async function publish(points) {
  const exports = await instantiate(PUBLISHER);
  const at = exports.degrees(points.length);
  new Float64Array(exports.memory.buffer, at, points.length).set(points);
  const blockWords = exports.publish();
  const count = points.length / 2;
  const file = new Uint8Array(8 + 4 * blockWords + 6 * count);
  new Uint32Array(file.buffer, 0, 2).set([blockWords, count]);
  new Uint32Array(file.buffer, 8, blockWords).set(words(exports, exports.words_at(), blockWords));
  for (let number = 0; number < 3; number++) {
    const column = halves(exports, exports.column_at(number), count);
    new Uint16Array(file.buffer, 8 + 4 * blockWords + 2 * number * count, count).set(column);
  }
  return file;
}

/** Called when the page opens, with the result of `publish`. */
export async function init(file) {
  kernel = await instantiate(MODULE);
  selections.clear();
  const [blockWords, count] = new Uint32Array(file.buffer, 0, 2);
  const columns = [0, 1, 2].map((number) => kernel.column(number, count));
  const rows = kernel.words(blockWords);
  columns.forEach((at, number) => {
    halves(kernel, at, count).set(
      new Uint16Array(file.buffer, 8 + 4 * blockWords + 2 * number * count, count),
    );
  });
  words(kernel, rows, blockWords).set(new Uint32Array(file.buffer, 8, blockWords));
  kernel.open();
}

export function nearest(lon, lat, k, filterBits) {
  const selection = filterBits ? selectionOf(filterBits) : 0;
  const count = kernel.nearest(lon, lat, k, selection);
  return words(kernel, kernel.words_at(), count).slice();
}

/** As in the page, the selection of a filter is computed once and cached. */
function selectionOf(bits) {
  let selection = selections.get(bits);
  if (selection === undefined) {
    const at = kernel.words(bits.length);
    words(kernel, at, bits.length).set(bits);
    selection = kernel.select();
    selections.set(bits, selection);
  }
  return selection;
}

export const bytes = () => kernel.bytes();
