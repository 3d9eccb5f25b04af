import type { KernelContext } from './context';
import { createHeap } from './heap';
import type { Heap } from './heap';
import { registerKernels } from './kernels/register';
import { mendGradients } from '../gradients/mend-gradients';
import { nodeModule } from './node-modules';
import { chooseVariant } from './self-test';
import { sharedBackend } from './shared-backend';
import { speedBatchNormUp } from '../batch-norm-gradient';
import { speedBatchNormLayersUp } from '../batch-norm-layer';
import { speedStockOptimizersUp } from '../stock-optimizers';
import { createThreadPool } from './thread-pool';
import { enableEngineFeatures } from './variants';
import type { Variant, WantedVariant } from './variants';

export type { Variant, WantedVariant } from './variants';

export interface WasmKernelsOptions {
  /** Threads that compute, this one included; default: the machine's, 1 where memory can't be shared. */
  threads?: number;
  /**
   * Default 'auto': what passes a short self-test fastest. 'repeatable': the first that passes it, in an order that depends on engine and
   * processor alone, so that another start has the same rounding.
   */
  variant?: WantedVariant;
  /** Told once what was chosen, and why. */
  onInfo?: (message: string) => void;
  /** tfjs-backend-wasm-simd.wasm, or its URL; needed in a browser. */
  binary?: Uint8Array | ArrayBuffer | string | URL;
}

export interface WasmKernels {
  readonly threads: number;
  readonly variant: Variant;
  /** Bytes that the backend's heap holds; it grows and never shrinks. */
  memoryBytes(): number;
  /** Ends the workers. The kernels stay, on the calling thread alone, until `useWasmKernels` is called again. */
  dispose(): Promise<void>;
}

let heap: Heap | undefined;
let current: KernelContext | undefined;

/**
 * Starts TensorFlow.js' wasm backend with memory that threads share, replaces its convolutions and adds what training needs, and
 * makes it the current backend. To be called before the wasm backend is first used; another call changes threads and variant.
 */
export async function useWasmKernels(options: WasmKernelsOptions = {}): Promise<WasmKernels> {
  const { threads = availableThreads(), variant = 'auto', onInfo = () => undefined, binary } = options;
  if (!Number.isInteger(threads) || threads < 1)
    throw new Error(`useWasmKernels: threads must be a positive integer, got ${threads}`);
  if (threads > 1 && !canShare())
    throw new Error(`useWasmKernels: threads must be 1 in a page that is not cross-origin isolated, got ${threads}`);
  enableEngineFeatures();
  mendGradients();
  const backend = await sharedBackend(binary);
  heap ??= createHeap(backend);
  const chosen = chooseVariant(heap, variant, onInfo);
  const pool = await createThreadPool(heap, chosen.module, threads);
  const isFirst = current === undefined;
  await current?.pool.dispose();
  current = { heap, pool };
  if (isFirst) {
    registerKernels(() => current as KernelContext);
    speedStockOptimizersUp();
    speedBatchNormUp();
  }
  speedBatchNormLayersUp();
  return {
    threads,
    variant: chosen.variant,
    memoryBytes: () => backend.wasm.asm.memory.buffer.byteLength,
    dispose: () => pool.dispose(),
  };
}

/** Whether memory can be given to workers: on Node, and in a page that is cross-origin isolated. */
const canShare = (): boolean => globalThis.crossOriginIsolated !== false;

function availableThreads(): number {
  const os = nodeModule<typeof import('node:os')>('node:os');
  if (os) return os.availableParallelism();
  return canShare() ? (globalThis.navigator?.hardwareConcurrency ?? 1) : 1;
}
