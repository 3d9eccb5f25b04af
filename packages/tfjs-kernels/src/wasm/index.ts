import type { KernelContext } from './context';
import { createHeap } from './heap';
import type { Heap } from './heap';
import { registerKernels } from './kernels/register';
import { mendGradients } from '../gradients/mend-gradients';
import { nodeModule } from './node-modules';
import { assertOnlyCopy } from './only-copy';
import { contextInUse } from './recording/context-in-use';
import { createRecorder } from './recording/recorder';
import { chooseVariant } from './self-test';
import { sharedBackend } from './shared-backend';
import type { SharedBackend } from './shared-backend';
import { speedBatchNormUp } from '../batch-norm-gradient';
import { speedBatchNormLayersUp } from '../batch-norm-layer';
import { registerRecorder } from '../record';
import { speedStockOptimizersUp } from '../stock-optimizers';
import { ensureTensorMethods } from '../tensor-methods';
import { createThreadPool } from './thread-pool';
import { enableEngineFeatures } from './variants';
import type { Variant, WantedVariant } from './variants';

export type { Variant, WantedVariant } from './variants';

export interface WasmKernelsOptions {
  /** Threads that compute, including this one; default: one per core, or 1 where memory can't be shared. */
  threads?: number;
  /**
   * Default 'auto': the variant that passes a short self-test fastest. 'repeatable': the first that passes it, in an order that depends
   * only on the engine and the processor, so that every start rounds in the same way.
   */
  variant?: WantedVariant;
  /** Called once with the variant that was chosen, and why. */
  onInfo?: (message: string) => void;
  /** tfjs-backend-wasm-simd.wasm, or its URL; needed in a browser. */
  binary?: Uint8Array | ArrayBuffer | string | URL;
}

export interface WasmKernels {
  readonly threads: number;
  readonly variant: Variant;
  /** Size of the backend's heap in bytes; it never shrinks. */
  memoryBytes(): number;
  /** Ends the workers. The kernels then run on the calling thread only, until `useWasmKernels` is called again. */
  dispose(): Promise<void>;
}

/** The latest options; a restarted backend gets the same. */
interface Settings {
  module: WebAssembly.Module;
  threads: number;
}

let settings: Settings | undefined;
let current: KernelContext | undefined;
/** Calls run one after another, since all of them change the same backend. */
let earlier: Promise<unknown> = Promise.resolve();

/**
 * Starts TensorFlow.js' wasm backend with memory shared between threads, replaces its convolutions, adds the kernels that training needs,
 * and makes it the current backend. To be called before the wasm backend is first used; another call changes threads and variant. After
 * `tf.engine().reset()`, `tf.setBackend('wasm')` or another call restarts it; after `tf.removeBackend('wasm')`, another call does.
 */
export function useWasmKernels(options: WasmKernelsOptions = {}): Promise<WasmKernels> {
  const result = earlier.then(() => startKernels(options));
  earlier = result.catch(() => undefined);
  return result;
}

async function startKernels(options: WasmKernelsOptions): Promise<WasmKernels> {
  const { threads = availableThreads(), variant = 'auto', onInfo = () => undefined, binary } = options;
  if (!Number.isInteger(threads) || threads < 1)
    throw new Error(`useWasmKernels: threads must be a positive integer, got ${threads}`);
  if (threads > 1 && !canShare())
    throw new Error(`useWasmKernels: threads must be 1 in a page that is not cross-origin isolated, got ${threads}`);
  assertOnlyCopy();
  enableEngineFeatures();
  mendGradients();
  ensureTensorMethods();
  const backend = await sharedBackend(binary, restart);
  const heap = current?.heap.backend === backend ? current.heap : createHeap(backend);
  const chosen = chooseVariant(heap, variant, onInfo);
  const own = { module: chosen.module, threads };
  const isFirst = current === undefined;
  await use(heap, own);
  if (isFirst) {
    registerKernels(() => contextInUse(current as KernelContext));
    registerRecorder('wasm', {
      ...createRecorder(() => current as KernelContext),
      pays: () => memoryBytes() < MOST_BYTES_TO_RECORD,
    });
    speedStockOptimizersUp();
    speedBatchNormUp();
  }
  speedBatchNormLayersUp();
  return {
    threads,
    variant: chosen.variant,
    memoryBytes,
    async dispose() {
      own.threads = 1;
      if (settings === own) await current?.pool.dispose();
    },
  };
}

/** Beyond this, a recording's memory counts for more than the JavaScript that it saves. */
const MOST_BYTES_TO_RECORD = 2 ** 30;

const memoryBytes = (): number => (current as KernelContext).heap.memory.buffer.byteLength;

/** Starts workers on a heap, and ends the previous ones. */
async function use(heap: Heap, wanted: Settings): Promise<void> {
  const pool = await createThreadPool(heap, wanted.module, wanted.threads);
  const previous = current?.pool;
  await previous?.dispose();
  current = { heap, pool };
  previous?.free();
  settings = wanted;
}

/** Gives a backend that TensorFlow.js created to replace a disposed one the same threads and variant. */
async function restart(backend: SharedBackend): Promise<void> {
  endWorkersWith(backend);
  if (settings) await use(createHeap(backend), settings);
}

/** Makes disposing of a backend end the workers that serve its memory. */
function endWorkersWith(backend: SharedBackend): void {
  const { dispose } = backend;
  backend.dispose = () => {
    if (current?.heap.backend === backend) void current.pool.dispose();
    dispose.call(backend);
  };
}

/** Whether memory can be shared with workers: on Node, and in a cross-origin isolated page. */
const canShare = (): boolean => globalThis.crossOriginIsolated !== false;

function availableThreads(): number {
  const os = nodeModule<typeof import('node:os')>('node:os');
  if (os) return os.availableParallelism();
  return canShare() ? (globalThis.navigator?.hardwareConcurrency ?? 1) : 1;
}
