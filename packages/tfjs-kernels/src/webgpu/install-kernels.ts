import { engine, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { registerRecorder } from '../record';
import { speedStockOptimizersUp } from '../stock-optimizers';
import { compileSideBySide } from './compilation';
import type { Compilation } from './compilation';
import type { KernelContext } from './context';
import { watchDevice } from './device-errors';
import type { DeviceErrors } from './device-errors';
import { createDispatcher } from './dispatcher';
import { registerKernels } from './kernels/register';
import type { OpenBackend } from './open-backend';
import type { OpenedDevice } from './open-device';
import { createRecorder } from './recording/recorder';

let current: KernelContext | undefined;

/** Makes TensorFlow.js' WebGPU backend on an opened device, with our kernels, the current one; replaces an earlier one. */
export async function installKernels({ device, info }: Pick<OpenedDevice, 'device' | 'info'>): Promise<OpenBackend> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu'); // not earlier, since it looks for a GPU
  const errors = watchDevice(device);
  await current?.compilation.finished();
  if ('webgpu' in engine().registryFactory) removeBackend('webgpu');
  registerBackend('webgpu', () => new WebGPUBackend(device, info));
  await setBackend('webgpu');
  const backend = engine().backend as unknown as OpenBackend;
  const compilation = compileSideBySide(backend, errors);
  mendReading(backend, errors, compilation);
  const isFirst = current === undefined;
  current = { backend, dispatcher: createDispatcher(backend, errors), errors, compilation };
  if (isFirst) {
    registerKernels(() => current as KernelContext);
    speedStockOptimizersUp();
  }
  registerRecorder(
    'webgpu',
    createRecorder(() => current as KernelContext),
  );
  return backend;
}

/**
 * Values that were read are cached only if no kernel has changed the tensor meanwhile, as an optimiser may; the stock backend caches them
 * in any case. Device errors, which WebGPU reports apart from the call that caused them, are thrown by reads.
 */
function mendReading(backend: OpenBackend, errors: DeviceErrors, compilation: Compilation): void {
  const { read, readSync } = backend;
  backend.convertAndCacheOnCPU = (_, values) => values;
  backend.read = async (dataId) => {
    const { changes } = backend.tensorMap.get(dataId);
    const values = await read.call(backend, dataId);
    errors.throwIfAny();
    const data = backend.tensorMap.has(dataId) ? backend.tensorMap.get(dataId) : undefined;
    if (data && data.changes === changes && data.dtype !== 'complex64') data.values = values;
    return values;
  };
  backend.readSync = (dataId) => {
    const isOnGpu = backend.tensorMap.get(dataId).values == null;
    if (isOnGpu && typeof OffscreenCanvas === 'undefined') {
      throw new Error('webgpu backend: values must be read with data() on Node, where dataSync() cannot wait for the GPU');
    }
    if (isOnGpu) compilation.finish();
    return readSync.call(backend, dataId);
  };
}
