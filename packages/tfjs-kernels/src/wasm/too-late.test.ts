import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { expect, it } from 'vitest';
import { useWasmKernels } from './index';

it('explains that the stock backend is running already', async () => {
  await tf.setBackend('wasm');
  await expect(useWasmKernels()).rejects.toThrow('useWasmKernels: must be called before the wasm backend is first used');
});
