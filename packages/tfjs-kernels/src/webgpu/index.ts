import { engine, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import type { KernelContext } from './context';
import { watchDevice } from './device-errors';
import type { DeviceErrors } from './device-errors';
import { createDispatcher } from './dispatcher';
import { findGpu } from './find-gpu';
import { registerKernels } from './kernels/register';
import type { OpenBackend } from './open-backend';
import { openDevice } from './open-device';
import { assertRightResults } from './self-test';

export interface WebgpuKernelsOptions {
  /** Which GPU, where there are two; default 'high-performance'. */
  powerPreference?: 'low-power' | 'high-performance';
  /** Told once which GPU it is. */
  onInfo?: (message: string) => void;
}

export interface WebgpuKernels {
  /** The GPU and its driver, for people. */
  readonly description: string;
  /** Bytes of GPU memory that the backend holds. */
  memoryBytes(): number;
  /** Closes the GPU; tensors on it are lost. `useWebgpuKernels` opens it again. */
  dispose(): Promise<void>;
}

let current: KernelContext | undefined;

/**
 * Opens the GPU for TensorFlow.js' WebGPU backend (in a browser, or on Node through the package `webgpu`), replaces its convolutions and
 * adds what training needs, and makes it the current backend. The kernels must pass a self-test.
 */
export async function useWebgpuKernels(options: WebgpuKernelsOptions = {}): Promise<WebgpuKernels> {
  const { powerPreference = 'high-performance', onInfo = () => undefined } = options;
  const { device, info, description } = await openDevice(await findGpu(), powerPreference);
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu'); // not before there is a GPU: it looks for one
  const errors = watchDevice(device);
  if ('webgpu' in engine().registryFactory) removeBackend('webgpu');
  registerBackend('webgpu', () => new WebGPUBackend(device, info));
  await setBackend('webgpu');
  const backend = engine().backend as unknown as OpenBackend;
  mendReading(backend, errors);
  const isFirst = current === undefined;
  current = { backend, dispatcher: createDispatcher(backend, errors), errors };
  if (isFirst) registerKernels(() => current as KernelContext);
  await assertRightResults();
  onInfo(`webgpu kernels on ${description}: right results`);
  return {
    description,
    memoryBytes: () => backend.bufferManager.numBytesAllocated,
    async dispose() {
      removeBackend('webgpu');
      device.destroy();
    },
  };
}

/**
 * Values that were read are not kept: an optimiser may since have changed the tensor on the GPU. An error of the device, which WebGPU
 * tells apart from the call that caused it, reaches whoever reads.
 */
function mendReading(backend: OpenBackend, errors: DeviceErrors): void {
  const { read, readSync } = backend;
  backend.convertAndCacheOnCPU = (_, values) => values;
  backend.read = async (dataId) => {
    const values = await read.call(backend, dataId);
    errors.throwIfAny();
    return values;
  };
  backend.readSync = (dataId) => {
    const isOnGpu = backend.tensorMap.get(dataId).values == null;
    if (isOnGpu && typeof OffscreenCanvas === 'undefined') {
      throw new Error('webgpu backend: values must be read with data() on Node, where dataSync() cannot wait for the GPU');
    }
    return readSync.call(backend, dataId);
  };
}
