import { engine } from '@tensorflow/tfjs-core';
import { useWasmKernels } from '../../src/wasm/index';
import type { Variant } from '../../src/wasm/index';
import type { SharedBackend } from '../../src/wasm/shared-backend';
import { CONVOLUTIONS } from './convolution-cases';
import type { ConformanceBackend } from './on-backend';

let isPoisoned = false;

/** Fills every block of the heap that is handed out from now on with NaN. */
export function poisonHeap(): void {
  if (isPoisoned) return;
  isPoisoned = true;
  const { wasm } = engine().backend as SharedBackend;
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    const address = allocate(bytes);
    new Uint8Array(wasm.asm.memory.buffer, address >>> 0, bytes).fill(0xff);
    return address;
  };
}

/** One build of our kernels on TensorFlow.js' wasm backend, on three threads. */
export function wasmRow(variant: Variant): ConformanceBackend {
  let started: Promise<void> | undefined;
  const start = async () => {
    await useWasmKernels({ variant, threads: 3 });
    poisonHeap();
  };
  return {
    name: `wasm ${variant}`,
    convolutions: CONVOLUTIONS,
    replacesStock: true,
    replacesOptimizers: true,
    start: () => (started ??= start()),
  };
}
