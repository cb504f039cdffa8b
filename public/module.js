// The page's module and its parts, as the network brings them.

// A host that has not answered in full by then does not answer.
const PATIENCE_MS = 30000;

/** Compiles what an answer holds, while it arrives where the browser can. */
export async function compile(answer) {
  const response = await answer;
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  // Some hosts give the module a type of their own.
  const isNamed = response.headers.get("content-type") === "application/wasm";
  return isNamed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

async function load(url, cache) {
  const abort = new AbortController();
  const late = setTimeout(() => abort.abort(), PATIENCE_MS);
  return compile(fetch(url, { cache, signal: abort.signal })).finally(() => clearTimeout(late));
}

/** Brings a part. What lies in the browser's cache may be spoilt, and would be for a year: a
    part that cannot be compiled is asked for once more, past the cache. */
export const bring = (url) => load(url, "default").catch(() => load(url, "reload"));

/** Starts a part with what the module shares. */
export const instantiate = async (part, imports) => WebAssembly.instantiate(await part, imports);
