import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { BrokenFileError } from '../check/broken-file';
import { computeFeature, type FeatureResult, type FeatureTask } from './compute-feature';
import type { WorkerResponse } from './feature-worker';

/** This many files are processed on the caller's thread first, since a small data set is read before threads have started. */
const FILES_BEFORE_THREADS = 64;
/** More threads than this would only wait for the disk. */
const MOST_THREADS = 16;

/** Computes features on several threads. */
export interface FeaturePool {
  /** Number of tasks that are worth running at once. */
  readonly concurrency: number;
  /** Number of threads started so far. */
  readonly threadCount: number;
  compute(task: FeatureTask): Promise<FeatureResult>;
  /** Ends the threads. */
  close(): Promise<void>;
}

export interface FeaturePoolOptions {
  /** Number of threads in addition to the caller's: one per core by default, 0 for none. */
  threads?: number;
  filesBeforeThreads?: number;
  /** The worker's program; by default in the same folder as this package's built file. */
  workerFile?: URL;
}

/** Creates a pool; its threads start when there is enough to do. If the worker's program is missing (because of bundling), it has none. */
export function createFeaturePool(options: FeaturePoolOptions = {}): FeaturePool {
  const { threads = Math.min(availableParallelism(), MOST_THREADS), filesBeforeThreads = FILES_BEFORE_THREADS } = options;
  const workerFile = options.workerFile ?? new URL('./feature-worker.js', import.meta.url);
  const wanted = existsSync(fileURLToPath(workerFile)) ? threads : 0;
  const workers: PoolWorker[] = [];
  let begun = 0;
  return {
    concurrency: Math.max(6, 3 * wanted),
    get threadCount() {
      return workers.length;
    },
    compute(task) {
      if (begun++ < filesBeforeThreads || wanted === 0) return computeFeature(task);
      while (workers.length < wanted) workers.push(startWorker(workerFile));
      const idlest = workers.reduce((best, worker) => (worker.waiting() < best.waiting() ? worker : best));
      return idlest.compute(task);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.end()));
    },
  };
}

interface PoolWorker {
  waiting(): number;
  compute(task: FeatureTask): Promise<FeatureResult>;
  end(): Promise<void>;
}

function startWorker(file: URL): PoolWorker {
  const worker = new Worker(file);
  worker.unref(); // a pool that nobody closes does not keep the process alive
  const waiting = new Map<number, { resolve(result: FeatureResult): void; reject(error: Error): void }>();
  let dead: Error | undefined;
  let nextId = 0;
  const fail = (error: Error) => {
    dead ??= error;
    for (const { reject } of waiting.values()) reject(dead);
    waiting.clear();
  };
  worker.on('message', (response: WorkerResponse) => {
    const task = waiting.get(response.id);
    waiting.delete(response.id);
    if (waiting.size === 0) worker.unref();
    if ('result' in response) task?.resolve(response.result);
    else task?.reject(new BrokenFileError(response.broken.problem, response.broken.path, response.broken.message));
  });
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => fail(new Error(`openDataset: a reading thread must keep running, but it ended with code ${code}`)));
  return {
    waiting: () => waiting.size,
    compute: (task) =>
      new Promise((resolve, reject) => {
        if (dead) return reject(dead);
        const id = nextId++;
        waiting.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ id, task });
      }),
    async end() {
      await worker.terminate();
    },
  };
}
