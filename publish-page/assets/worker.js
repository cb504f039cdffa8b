// The worker: the same module, which handles one message after the other.
import init, { handle } from "./publish.js";

const ready = init();
const post = (message) => postMessage(message);

addEventListener("message", async ({ data }) => {
  try {
    await ready;
    handle(data, post);
  } catch (error) {
    // Out of memory, or a fault of ours: said, not silent. The page starts another worker.
    post([data[0], "crashed", `${error}`]);
  }
});
