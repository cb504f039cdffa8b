// Fetches and compiles the page's module and the lazy modules.

// The time limit of a request and its body.
const PATIENCE_MS = 30000;

/** Compiles the module in a response; while it arrives, where the browser can. */
export async function compile(answer) {
  const response = await answer;
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  // Some hosts send another type, with which `compileStreaming` fails.
  const isNamed = response.headers.get("content-type") === "application/wasm";
  return isNamed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

async function load(url, cache) {
  const abort = new AbortController();
  const late = setTimeout(() => abort.abort(), PATIENCE_MS);
  return compile(fetch(url, { cache, signal: abort.signal })).finally(() => clearTimeout(late));
}

/** Fetches a lazy module. The HTTP cache may hold a damaged copy for a year: a module that does
    not compile is fetched once more, past the cache. Not after a network error: such a request
    removes the cached copy even where it fails, as it does while the page is being left. */
export const bring = (url) =>
  load(url, "default").catch((error) => {
    if (error.name === "TypeError" || error.name === "AbortError") throw error;
    return load(url, "reload");
  });

/** Instantiates a lazy module with the imports that it shares with the first module. */
export const instantiate = async (part, imports) => WebAssembly.instantiate(await part, imports);
