/** How long a decoder's WebAssembly may go on being optimised in the background after its first file. */
const GRACE_MS = 250;

/**
 * Runs a task with a timer beside it. While WebAssembly is compiled in the background and nothing else keeps its event loop busy, Node
 * waits for its threads in a way that can wait for ever (nodejs/node#54918: 5 of 30 short programs that decoded one Opus file on a
 * busy machine). A timer makes it wait in its event loop instead; a short program ends that much later for it.
 */
export async function keepAlive<T>(task: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {}, GRACE_MS);
  try {
    return await task();
  } finally {
    setTimeout(() => clearInterval(timer), GRACE_MS);
  }
}
