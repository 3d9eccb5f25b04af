import type { Heap } from './heap';
import { instantiate } from './module-exports';
import type { ModuleExports } from './module-exports';
import { startWorker } from './worker';
import type { KernelWorker } from './worker';

/** Words of the control block, as in assembly/index.ts; `failed` is only for this side. */
const Control = { generation: 0, nextTile: 16, finished: 32, operation: 48, job: 49, jobs: 50, threads: 51, failed: 52 } as const;
const CONTROL_WORDS = 64;
const STOP = -1;
/** Stands for the walk of a recording's list; as in assembly/index.ts. */
const REPLAY = 4096;

/**
 * How often a thread polls a word before it sleeps on it: a job's threads end within microseconds of each other. Polling longer would
 * save waking a worker for the next job, but take the core from other work.
 */
const SPINS = 2000;
const WAIT_MS = 1000;
/** A thread that has not finished its tile this long after all others counts as dead. */
const PATIENCE_MS = 60_000;

/** Runs jobs on the calling thread and on workers. */
export interface ThreadPool {
  readonly threads: number;
  readonly exports: ModuleExports;
  readonly module: WebAssembly.Module;
  /** Runs `jobs` jobs of one kind, written at `job`, to their end. `alone`: not worth waking the workers. */
  run(operation: number, job: number, jobs: number, alone?: boolean): void;
  /** Runs the entries of a recording's list to their end, its calls on this thread; they may only run jobs alone. */
  replay(list: number, calls: readonly (() => void)[]): void;
  /** Ends the workers; jobs run on the calling thread from then on. */
  dispose(): Promise<void>;
  /** Frees the memory that is left after `dispose`; no job may run any more. */
  free(): void;
}

export async function createThreadPool(heap: Heap, module: WebAssembly.Module, threads: number): Promise<ThreadPool> {
  const caller = createCaller();
  const exports = instantiate(module, heap.memory, caller.call);
  const controlBlock = heap.allocate(CONTROL_WORDS * 4 + 64);
  const control = (controlBlock + 63) & ~63;
  const words = new Int32Array(heap.memory.buffer, control >>> 0, CONTROL_WORDS).fill(0);
  const scratches = Array.from({ length: threads }, () => heap.allocate(exports.scratchBytes()));
  words[Control.threads] = threads;
  const workers = scratches.slice(1).map((scratch) =>
    startWorker({
      ...{ module, memory: heap.memory, control: control >>> 0, scratch, seen: 0, spins: SPINS },
      ...{ failedWord: Control.failed, finishedWord: Control.finished },
    }),
  );
  const counter = (control >>> 0) + Control.nextTile * 4;
  let active = threads;

  const wake = (operation: number, job: number, jobs: number): void => {
    Atomics.store(words, Control.finished, 0);
    words[Control.job] = job;
    words[Control.jobs] = jobs;
    Atomics.store(words, Control.operation, operation);
    Atomics.add(words, Control.generation, 1);
    Atomics.notify(words, Control.generation);
  };

  const stop = async (): Promise<void> => {
    active = 1;
    // Otherwise a process with nothing else to do would exit here, and code awaiting this would never run.
    for (const worker of workers) worker.hold();
    Atomics.store(words, Control.operation, STOP);
    Atomics.add(words, Control.generation, 1);
    Atomics.notify(words, Control.generation);
    await Promise.all(workers.map(({ ended }) => ended));
    workers.length = 0;
  };

  await awaitWorkers(workers, stop);
  return {
    get threads() {
      return active;
    },
    exports,
    module,
    run(operation, job, jobs, alone = false) {
      Atomics.store(words, Control.nextTile, 0);
      const isAlone = active === 1 || alone;
      if (!isAlone) wake(operation, job, jobs);
      exports.run(operation, job, jobs, counter, scratches[0]);
      if (!isAlone) awaitFinished(words, active - 1);
    },
    replay(list, calls) {
      exports.prepare(list);
      if (active > 1) wake(REPLAY, list, 0);
      const hasEnded = caller.during(calls, () => exports.replay(list, control, scratches[0], canSleep ? SPINS : -1));
      if (!hasEnded) throw workerFailed();
      if (active > 1) awaitFinished(words, active - 1);
      caller.throwIfFailed();
    },
    async dispose() {
      if (workers.length > 0) await stop();
      for (const block of [...scratches.splice(1)]) heap.free(block);
    },
    free() {
      for (const block of [controlBlock, ...scratches.splice(0)]) heap.free(block);
    },
  };
}

/** Makes a recording's calls for the module. An error must not leave the module, where workers wait for the call to end. */
function createCaller() {
  let calls: readonly (() => void)[] = [];
  let error: unknown;
  return {
    call(index: number): void {
      if (error !== undefined) return;
      try {
        calls[index]();
      } catch (thrown) {
        error = thrown;
      }
    },
    during<T>(list: readonly (() => void)[], run: () => T): T {
      calls = list;
      error = undefined;
      return run();
    },
    throwIfFailed(): void {
      if (error !== undefined) throw error;
    },
  };
}

const workerFailed = (): Error => new Error('useWasmKernels: a worker thread failed and results are lost; start again');

async function awaitWorkers(workers: KernelWorker[], stop: () => Promise<void>): Promise<void> {
  try {
    await Promise.all(workers.map(({ ready }) => ready));
  } catch (error) {
    void stop();
    throw error;
  }
  for (const worker of workers) worker.release();
}

/** Returns when `count` workers have finished; throws if one of them failed. */
function awaitFinished(words: Int32Array, count: number): void {
  const index = Control.finished;
  const deadline = { at: 0 };
  for (let spin = 0; ; spin++) {
    const finished = Atomics.load(words, index);
    if (finished >= count) return;
    if (spin < SPINS) continue;
    if (Atomics.load(words, Control.failed)) throw workerFailed();
    deadline.at ||= Date.now() + PATIENCE_MS;
    if (Date.now() > deadline.at)
      throw new Error(`useWasmKernels: a worker thread must answer within ${PATIENCE_MS} ms, got nothing`);
    if (canSleep) Atomics.wait(words, index, finished, WAIT_MS);
  }
}

/** Browsers don't let their main thread sleep: there it polls the word until it changes. */
const canSleep = typeof document === 'undefined';
