/** The data that a worker gets. */
export interface WorkerData {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  control: number;
  scratch: number;
  /** The generation of the last job before the worker started. */
  seen: number;
  spins: number;
  failedWord: number;
  finishedWord: number;
}

// Workers run this as text, so that the package can be bundled as ESM or CommonJS without a second file. A failure is left in the
// control block too, because the main thread may be waiting there and can't receive an event.
const SERVE = `
function work(data, report) {
  const words = new Int32Array(data.memory.buffer, data.control, 64);
  try {
    const { exports } = new WebAssembly.Instance(data.module, { env: { memory: data.memory }, index: { call() {} } });
    report({ ready: true });
    exports.serve(data.control, data.scratch, data.seen, data.spins);
    return true;
  } catch (error) {
    Atomics.store(words, data.failedWord, 1);
    Atomics.notify(words, data.finishedWord);
    report({ error: String(error && error.stack || error) });
    return false;
  }
}`;

export const NODE_WORKER = `${SERVE}
const { parentPort, workerData } = require('node:worker_threads');
if (!work(workerData, (message) => parentPort.postMessage(message))) process.exitCode = 1;
`;

export const BROWSER_WORKER = `${SERVE}
onmessage = ({ data }) => {
  work(data, (message) => postMessage(message));
  postMessage({ ended: true });
  close();
};
`;
