import { nodeModule } from './node-modules';
import { BROWSER_WORKER, NODE_WORKER } from './worker-source';
import type { WorkerData } from './worker-source';

/** A thread that serves the control block. */
export interface KernelWorker {
  /** Resolves when the thread waits for jobs; rejects if it could not start. */
  ready: Promise<void>;
  /** Resolves when the thread has ended. */
  ended: Promise<void>;
  /** Lets the process exit while the thread runs (Node). */
  release(): void;
  /** Keeps the process alive until the thread has ended (Node). */
  hold(): void;
}

type Message = { ready?: boolean; error?: string; ended?: boolean };

export function startWorker(data: WorkerData): KernelWorker {
  const threads = nodeModule<typeof import('node:worker_threads')>('node:worker_threads');
  return threads ? startNodeWorker(threads, data) : startBrowserWorker(data);
}

function startNodeWorker(threads: typeof import('node:worker_threads'), data: WorkerData): KernelWorker {
  const worker = new threads.Worker(NODE_WORKER, { eval: true, workerData: data, execArgv: [], name: 'tfjs-kernels' });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', ({ error }: Message) => (error ? reject(startError(error)) : resolve()));
    worker.on('error', (error) => reject(startError(String(error))));
  });
  return { ready, ended, release: () => worker.unref(), hold: () => worker.ref() };
}

function startBrowserWorker(data: WorkerData): KernelWorker {
  const url = URL.createObjectURL(new Blob([BROWSER_WORKER], { type: 'text/javascript' }));
  const worker = new Worker(url);
  let end: () => void;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const ready = new Promise<void>((resolve, reject) => {
    worker.onmessage = ({ data: message }: MessageEvent<Message>) => {
      if (message.error) reject(startError(message.error));
      else if (message.ended) end();
      else resolve();
    };
    worker.onerror = (event) => reject(startError(event.message));
  });
  worker.postMessage(data);
  void ready.finally(() => URL.revokeObjectURL(url)).catch(() => undefined);
  return { ready, ended, release: () => undefined, hold: () => undefined };
}

const startError = (reason: string): Error => new Error(`useWasmKernels: a worker thread failed: ${reason}`);
