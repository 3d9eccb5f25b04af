import { availableParallelism } from 'node:os';
import type { Backend } from './backend';

/** WebAssembly with the training kernels of @cmcgan/tfjs-kernels on worker threads: the default, needs nothing but npm. */
export const wasm: Backend = {
  name: 'wasm',
  async start({ threads, onInfo }) {
    const { useWasmKernels } = await import('@cmcgan/tfjs-kernels/wasm');
    const kernels = await useWasmKernels({ threads: threads ?? availableParallelism(), onInfo });
    return {
      name: 'wasm',
      threads: kernels.threads,
      description: `wasm, ${kernels.threads} thread${kernels.threads === 1 ? '' : 's'}, ${kernels.variant} kernels`,
      memoryBytes: () => kernels.memoryBytes(),
      dispose: () => kernels.dispose(),
    };
  },
};
