// A folder of this computer that the clerk chooses, in browsers that let a page write into one.

let folder;

globalThis.yizhanFolder = {
  isThere: () => "showDirectoryPicker" in window,

  /** Asks for the folder; the names in it, null for what is no file. None if the clerk chose none. */
  async choose() {
    try {
      folder = await showDirectoryPicker({ id: "yizhan", mode: "readwrite" });
    } catch (error) {
      if (error.name === "AbortError") return undefined;
      throw error;
    }
    const names = [];
    for await (const [name, handle] of folder.entries()) names.push([name, handle.kind === "file"]);
    return names;
  },

  /** The files of the folder: name and bytes. */
  read: async (names) => Promise.all(names.map(async (name) => [name, await bytesOf(name)])),

  /**
   * Writes a dataset, all or nothing. Files named by their content stand beside those of the old
   * dataset until the manifest, the first of `fixed`, takes its name; then `old` files go. Returns
   * the file that could not be completed after that, if any.
   */
  async write(byContent, fixed, old) {
    const known = new Set();
    for await (const name of folder.keys()) known.add(name);
    const added = [];
    const streams = [];
    try {
      for (const [name, bytes] of byContent) {
        // A file of this name has this content.
        if (known.has(name)) continue;
        const stream = await open(name, known, added);
        streams.push(stream);
        await stream.write(bytes);
        await stream.close();
        streams.pop();
        if (!isSame(await bytesOf(name), bytes)) throw new Error(`${name} does not read back the same`);
      }
      for (const [name, bytes] of fixed) {
        const stream = await open(name, known, added);
        streams.push(stream);
        await stream.write(bytes);
      }
      // From here on the new dataset is the published one.
      await streams[0].close();
    } catch (error) {
      await Promise.allSettled(streams.map((stream) => stream.abort()));
      await Promise.allSettled(added.map((name) => folder.removeEntry(name)));
      throw error;
    }
    for (const [index, stream] of streams.entries()) {
      if (index > 0) {
        const isDone = await stream.close().then(() => true, () => false);
        if (!isDone) return fixed[index][0];
      }
    }
    // A file that cannot be removed is harmless; the next time tries again.
    await Promise.allSettled(old.map((name) => folder.removeEntry(name)));
    return undefined;
  },
};

/** What is written becomes the file when the stream is closed. */
async function open(name, known, added) {
  const file = await folder.getFileHandle(name, { create: true });
  if (!known.has(name)) added.push(name);
  return file.createWritable();
}

const bytesOf = async (name) => {
  const file = await (await folder.getFileHandle(name)).getFile();
  return new Uint8Array(await file.arrayBuffer());
};

const isSame = (one, other) => one.length === other.length && one.every((byte, index) => byte === other[index]);
