/// <reference types="@webgpu/types" />
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasGpu } from '../../../../test/extras/gpu';
import { countGpuCalls } from '../../test/dispatches';
import { openNullDevice } from '../../test/null-device';
import { createMomentum } from '../index';
import { useWebgpuKernels } from './index';
import type { OpenBackend } from './open-backend';

const backend = () => tf.engine().backend as unknown as OpenBackend;

/** Counts the pipelines that are compiled on other threads and on this one. */
function countPipelines(): { aside: number; here: number } {
  const counts = { aside: 0, here: 0 };
  const { device } = backend();
  const { createComputePipelineAsync } = device;
  device.createComputePipelineAsync = (descriptor) => (counts.aside++, createComputePipelineAsync.call(device, descriptor));
  return counts;
}

function defineOrder(): void {
  beforeAll(async () => void (await useWebgpuKernels()));

  it('reads see what was there when they began, and tensors may be disposed of after it', async () => {
    const v = tf.tidy((): tf.Variable => tf.variable(tf.tensor1d([10, 20, 30])));
    const gradient = tf.tensor1d([1, 2, 3]);
    const momentum = createMomentum({ variables: [v], learningRate: 1, momentum: 0 });
    const before = v.data();
    momentum.step([gradient]);
    const after = v.data();
    const product = tf.mul(v, gradient);
    const read = product.data();
    product.dispose();
    const others = Array.from({ length: 8 }, (_, i) => tf.add(tf.fill([3], i), 1)); // may take its memory
    momentum.step([gradient]);
    expect((await Promise.all([before, after, read, v.data()])).map((values) => [...values])).toEqual([
      [10, 20, 30],
      [9, 18, 27],
      [9, 36, 81],
      [8, 16, 24],
    ]);
    expect(await Promise.all(others.map(async (other) => (await other.data())[0]))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    tf.dispose([gradient, v, others]);
    momentum.dispose();
  });

  it('a program that does not compile is an error of the next read, and of nothing later', async () => {
    const x = tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
    const { device } = backend();
    const { createShaderModule } = device;
    device.createShaderModule = () => createShaderModule.call(device, { code: 'fn _start() { nonsense; }' });
    const wrong = tf.atan2(x, x);
    device.createShaderModule = createShaderModule;
    await expect(wrong.data()).rejects.toThrow('webgpu backend: ');
    expect([...(await tf.tidy(() => tf.add(x, 1)).data())]).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    tf.dispose([x, wrong]);
  });
}

if (hasGpu('the order of commands that wait for pipelines')) describe('on webgpu', defineOrder);
else it.skip('webgpu: there is no GPU', () => undefined);

// After the tests that need a GPU, since this one becomes the process' GPU.
describe('on a device that computes nothing', () => {
  beforeEach(openNullDevice);

  it('pipelines are compiled aside, and nothing is submitted before the last one is there', async () => {
    const counts = countPipelines();
    const x = tf.ones([2000]); // more than TensorFlow.js computes in JavaScript
    const [now, later] = [tf.tidy(() => tf.square(tf.exp(tf.add(x, 1)))), tf.tidy(() => tf.sqrt(x))];
    let reads: Promise<unknown> = Promise.resolve();
    const first = await countGpuCalls(() => void (reads = Promise.all([now.data(), later.data()])));
    expect(counts.aside).toBe(4);
    expect(first).toEqual({ dispatches: 0, submissions: 0, bufferWrites: 0 });
    const second = await countGpuCalls(() => reads);
    expect(second.dispatches).toBe(4);
    // From here on, commands take their usual way.
    const third = await countGpuCalls(() => tf.tidy(() => tf.square(tf.exp(tf.add(x, 1)))));
    expect(third.dispatches).toBe(3);
    expect(counts.aside).toBe(4);
    tf.dispose([x, now, later]);
  });

  it('a backend may be removed while its pipelines are compiled', async () => {
    const read = tf.square(tf.ones([2000])).data();
    tf.removeBackend('webgpu');
    await expect(read).rejects.toBeDefined();
    await openNullDevice();
    expect(await tf.square(tf.ones([2000])).data()).toHaveLength(2000);
  });
});
