import { availableParallelism } from 'node:os';
import type { Backend } from './backend';

/** WebAssembly with the training kernels of @cmcgan/tfjs-kernels on worker threads: the default, which needs nothing but npm. */
export const wasm: Backend = {
  name: 'wasm',
  summary: 'WebAssembly on all cores (default)',
  availability: async () => ({ available: true, description: `WebAssembly on up to ${availableParallelism()} threads` }),
  async start({ threads, onInfo }) {
    const { useWasmKernels } = await import('@cmcgan/tfjs-kernels/wasm');
    // not the variant that is fastest here: timing depends on the machine's load, so the same seed would not always give the same run
    const kernels = await useWasmKernels({ threads: threads ?? availableParallelism(), variant: 'repeatable', onInfo });
    return {
      name: 'wasm',
      threads: kernels.threads,
      description: `wasm, ${kernels.threads} thread${kernels.threads === 1 ? '' : 's'}, ${kernels.variant} kernels`,
      memoryBytes: () => kernels.memoryBytes(),
      dispose: () => kernels.dispose(),
    };
  },
};
