/** How long a decoder's WebAssembly may continue to be optimised in the background after its first file. */
const GRACE_MS = 250;

/**
 * Runs a task with a timer alongside. While WebAssembly is compiled in the background and nothing else keeps its event loop busy, Node
 * can wait forever for its threads (nodejs/node#54918: it happened to 5 of 30 short programs that decoded one Opus file on a busy
 * machine). With a timer it waits in its event loop instead; a short program ends that much later.
 */
export async function keepAlive<T>(task: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {}, GRACE_MS);
  try {
    return await task();
  } finally {
    setTimeout(() => clearInterval(timer), GRACE_MS);
  }
}
