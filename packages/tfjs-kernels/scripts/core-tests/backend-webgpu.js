import * as tf from '@tensorflow/tfjs-core';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util';
import { create, globals } from 'webgpu';
import { useWebgpuKernels } from '../../dist/webgpu.js';

setTestEnvs([{ name: 'test-webgpu', backendName: 'webgpu', isDataSync: false }]);

/** Starts the stock backend or ours on the package `webgpu`. */
export async function startBackend({ kernels }) {
  Object.assign(globalThis, globals);
  globalThis.navigator ??= Object.defineProperty(globalThis, 'navigator', { value: {} }).navigator;
  Object.defineProperty(globalThis.navigator, 'gpu', { value: create([]), configurable: true });
  await import('@tensorflow/tfjs-backend-webgpu'); // now that it finds a GPU, it registers itself
  if (kernels === 'ours') return useWebgpuKernels();
  await tf.setBackend('webgpu');
}
