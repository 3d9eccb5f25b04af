import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { enableProdMode } from '@tensorflow/tfjs-core';

/** Starts the wasm backend with the kernels that the trainer takes: those that compute the same on every run. Resolves to a description. */
export async function startWasm(threads: number): Promise<string> {
  enableProdMode(); // else TensorFlow.js advertises its native backends
  const kernels = await useWasmKernels({ threads, variant: 'repeatable' });
  return `wasm, ${kernels.threads} thread${kernels.threads === 1 ? '' : 's'}, ${kernels.variant} kernels`;
}
