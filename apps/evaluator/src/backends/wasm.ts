import { availableParallelism } from 'node:os';
import type { Variant, WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { Backend } from './backend';

/** The first Node whose V8 profitably joins 128-bit vector operations into 256-bit ones, on x64 (Node 22 has the flag, and is no faster for it). */
const JOINS_VECTORS_FROM_NODE = 24;

/**
 * Kernel variants in order of preference. They round differently, so the choice may depend on engine and processor only: by the clock
 * (the kernels' own 'auto'), a busy moment would choose another variant, and the same seed would not give the same run.
 */
function preferredVariants(): Variant[] {
  const joinsVectors = process.arch === 'x64' && Number(process.versions.node.split('.')[0]) >= JOINS_VECTORS_FROM_NODE;
  return joinsVectors
    ? ['tile16-relaxed', 'tile8-relaxed', 'tile16', 'tile8']
    : ['tile8-relaxed', 'tile16-relaxed', 'tile8', 'tile16'];
}

/** Starts the first variant that this engine supports and that passes its self-test. */
async function startKernels(options: { threads: number; onInfo?: (line: string) => void }): Promise<WasmKernels> {
  const { useWasmKernels } = await import('@cmcgan/tfjs-kernels/wasm');
  let lastError: unknown;
  for (const variant of preferredVariants()) {
    try {
      return await useWasmKernels({ ...options, variant });
    } catch (error) {
      lastError = error;
    }
  }
  throw lastError;
}

/** WebAssembly with the training kernels of @cmcgan/tfjs-kernels on worker threads: the default, needs nothing but npm. */
export const wasm: Backend = {
  name: 'wasm',
  async start({ threads, onInfo }) {
    const kernels = await startKernels({ threads: threads ?? availableParallelism(), onInfo });
    return {
      name: 'wasm',
      threads: kernels.threads,
      description: `wasm, ${kernels.threads} thread${kernels.threads === 1 ? '' : 's'}, ${kernels.variant} kernels`,
      memoryBytes: () => kernels.memoryBytes(),
      dispose: () => kernels.dispose(),
    };
  },
};
