import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { useWasmKernels } from './index';
import { createHeap } from './heap';
import type { SharedBackend } from './shared-backend';
import { createThreadPool } from './thread-pool';
import { compileVariant, VARIANTS, variantsInEngineOrder } from './variants';

describe('useWasmKernels', () => {
  it('chooses a variant by its self-test and reports it', async () => {
    const messages: string[] = [];
    const kernels = await useWasmKernels({ threads: 2, onInfo: (message) => messages.push(message) });
    expect(tf.getBackend()).toBe('wasm');
    expect(VARIANTS).toContain(kernels.variant);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(`wasm kernels: ${kernels.variant} (`);
    expect(kernels.memoryBytes()).toBeGreaterThanOrEqual(2 ** 24);
    await kernels.dispose();
  });

  it("with 'repeatable', uses the first correct variant in the engine's order, without timing", async () => {
    const messages: string[] = [];
    const kernels = await useWasmKernels({ threads: 1, variant: 'repeatable', onInfo: (message) => messages.push(message) });
    const supported = variantsInEngineOrder().filter((variant) => compileVariant(variant));
    expect(kernels.variant).toBe(supported[0]);
    expect(messages[0]).toContain(`${supported[0]}: correct`);
    expect(messages[0]).not.toContain(' ms');
    expect([...variantsInEngineOrder()].sort()).toEqual([...VARIANTS].sort());
    await kernels.dispose();
  });

  it('continues without workers after dispose, and restarts', async () => {
    const first = await useWasmKernels({ threads: 3, variant: 'tile8' });
    await first.dispose();
    await first.dispose();
    expect(tf.tidy(() => tf.conv2d(tf.ones<tf.Rank.R4>([1, 4, 4, 1]), tf.ones([3, 3, 1, 1]), 1, 'valid').dataSync()[0])).toBe(9);
    const second = await useWasmKernels({ threads: 2, variant: 'tile8' });
    expect(second.threads).toBe(2);
    expect(
      tf.tidy(() => tf.sum(tf.conv2d(tf.ones<tf.Rank.R4>([4, 64, 64, 8]), tf.ones([3, 3, 8, 8]), 1, 'valid')).dataSync()[0]),
    ).toBe(4 * 62 * 62 * 8 * 72);
    await second.dispose();
  });

  it('rejects what it cannot do', async () => {
    await expect(useWasmKernels({ threads: 0 })).rejects.toThrow('useWasmKernels: threads must be a positive integer, got 0');
    await expect(useWasmKernels({ variant: 'tile9' as 'tile8' })).rejects.toThrow(
      'variant must be auto, repeatable or one of tile16-relaxed',
    );
    const x = tf.ones<tf.Rank.R4>([1, 2, 2, 1], 'int32');
    expect(() => tf.engine().runKernel('Conv2D', { x, filter: x }, { strides: 1, pad: 'same', dataFormat: 'NHWC' })).toThrow(
      'Conv2D (wasm): x must be float32, got int32',
    );
  });

  it('leaves dilated and fused convolutions to the stock kernels', async () => {
    const kernels = await useWasmKernels({ threads: 2, variant: 'tile8' });
    tf.tidy(() => {
      const [x, filter] = [tf.ones<tf.Rank.R4>([1, 7, 7, 2]), tf.ones<tf.Rank.R4>([3, 3, 2, 1])];
      expect(tf.conv2d(x, filter, 1, 'valid', 'NHWC', 2).shape).toEqual([1, 3, 3, 1]);
      expect(tf.conv2d(x, filter, 1, 'valid', 'NHWC', 2).dataSync()[0]).toBe(18);
      const fused = tf.fused.conv2d({ x, filter, strides: 1, pad: 'valid', bias: tf.tensor1d([-20]), activation: 'relu' });
      expect(fused.dataSync()[0]).toBe(0);
    });
    await kernels.dispose();
  });

  it('reports that a worker failed instead of waiting for it', async () => {
    await (await useWasmKernels({ threads: 1, variant: 'tile8' })).dispose();
    const heap = createHeap(tf.backend() as SharedBackend);
    const pool = await createThreadPool(heap, compileVariant('tile8')!, 2);
    pool.exports.run = () => 0; // leaves every tile to the worker
    const job = heap.workspace(4096);
    new Int32Array(heap.memory.buffer, job, 1).fill(1);
    const unknownOperation = 1000;
    expect(() => pool.run(unknownOperation, job, 1)).toThrow(
      'useWasmKernels: a worker thread failed and results are lost; start again',
    );
    await pool.dispose();
  });
});
