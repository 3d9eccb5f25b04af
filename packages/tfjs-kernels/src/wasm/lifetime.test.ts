import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import { useWasmKernels } from './index';
import type { SharedBackend } from './shared-backend';

/** A product of ones, large enough for all threads: every value is 72. */
const convolved = (): number[] =>
  tf.tidy(() => {
    const y = tf.conv2d(tf.ones<tf.Rank.R4>([4, 66, 66, 8]), tf.ones<tf.Rank.R4>([3, 3, 8, 8]), 1, 'valid');
    return [tf.min(y).dataSync()[0], tf.max(y).dataSync()[0]];
  });
const right = [72, 72];
/** The resources that keep the process alive, of the kind that worker threads count as while they end. */
const endingWorkers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;

describe('the wasm backend', () => {
  it('restarts after engine().reset() with the same threads; the old workers end', async () => {
    const kernels = await useWasmKernels({ threads: 3, variant: 'tile8' });
    expect(convolved()).toEqual(right);
    tf.engine().reset();
    expect(endingWorkers()).toBe(2);
    expect(await tf.setBackend('wasm')).toBe(true);
    expect(convolved()).toEqual(right);
    expect(endingWorkers()).toBe(0);
    const ended = kernels.dispose();
    expect(endingWorkers()).toBe(2);
    await ended;
    expect(convolved()).toEqual(right);
  });

  it('restarts by calling useWasmKernels too, any number of times', async () => {
    for (const threads of [2, 1, 3]) {
      tf.engine().reset();
      const kernels = await useWasmKernels({ threads, variant: 'tile8' });
      expect(kernels.threads).toBe(threads);
      expect(convolved()).toEqual(right);
      expect(kernels.memoryBytes()).toBeLessThan(2 ** 27);
    }
  });

  it('restarts after removeBackend by calling useWasmKernels', async () => {
    tf.removeBackend('wasm');
    await expect(tf.setBackend('wasm')).rejects.toThrow('not found in registry');
    await useWasmKernels({ threads: 2, variant: 'tile8' });
    expect(convolved()).toEqual(right);
    tf.removeBackend('wasm');
    await useWasmKernels({ threads: 2, variant: 'tile8' });
    expect(convolved()).toEqual(right);
  });

  it('takes no more memory for any number of calls', async () => {
    tf.engine().reset();
    const { memoryBytes } = await useWasmKernels({ threads: 3, variant: 'tile8' });
    const before = memoryBytes();
    const calls = Array.from({ length: 24 }, (_, i) => ({ threads: 1 + (i % 3), variant: 'repeatable' as const }));
    for (const options of calls) await useWasmKernels(options);
    expect(memoryBytes()).toBe(before);
    expect(convolved()).toEqual(right);
  });

  it('runs concurrent calls one after another', async () => {
    tf.engine().reset();
    const [first, second] = await Promise.all([1, 2].map((threads) => useWasmKernels({ threads, variant: 'tile8' })));
    expect([first.threads, second.threads]).toEqual([1, 2]);
    await first.dispose();
    expect(convolved()).toEqual(right);
    await second.dispose();
  });

  it('continues after a refused call', async () => {
    const refused = useWasmKernels({ threads: 0 });
    const next = useWasmKernels({ threads: 1, variant: 'tile8' });
    await expect(refused).rejects.toThrow('threads must be a positive integer');
    expect((await next).threads).toBe(1);
  });
});

describe('beyond 4 GiB', () => {
  const MEBIBYTE = 2 ** 20;
  const message = /wasm backend: memory must stay below 4 GiB, got \d+ MiB held and 128 MiB more requested; dispose of tensors/;

  it('every allocation throws, nothing is written at address 0, and existing tensors stay intact', async () => {
    await useWasmKernels({ threads: 1, variant: 'tile8' });
    const backend = tf.engine().backend as unknown as SharedBackend;
    const kept = tf.tensor1d([1, 2, 3]);
    const blocks: { dataId: object }[] = [];
    const fill = (): void => {
      for (let i = 0; i < 40; i++) blocks.push(backend.makeOutput([32 * MEBIBYTE], 'float32'));
    };
    expect(fill).toThrow(message);
    expect(fill).toThrow(message);
    expect(() => tf.zeros([32 * MEBIBYTE])).toThrow(message);
    expect(blocks.length).toBeGreaterThan(28);
    expect(blocks.map(({ dataId }) => backend.getMemoryOffset(dataId))).not.toContain(0);
    expect(Array.from(kept.dataSync())).toEqual([1, 2, 3]);
    blocks.forEach(({ dataId }) => backend.disposeData(dataId));
    expect(convolved()).toEqual(right);
    tf.dispose(kept);
  });

  it('a single larger tensor is refused, instead of its size wrapping around', async () => {
    await useWasmKernels({ threads: 1, variant: 'tile8' });
    const backend = tf.engine().backend as unknown as SharedBackend;
    expect(() => backend.makeOutput([1025 * MEBIBYTE], 'float32')).toThrow(/got \d+ MiB held and 4100 MiB more requested/);
  });
});

it('a second copy of the package throws the path of the first, instead of replacing its kernels', async () => {
  await useWasmKernels({ threads: 1, variant: 'tile8' });
  vi.resetModules();
  const copy = await import('./index');
  await expect(copy.useWasmKernels({ threads: 1 })).rejects.toThrow(
    /useWasmKernels: a process must have one copy of @cmcgan\/tfjs-kernels, got two: .*src\/wasm.* has the wasm backend/,
  );
  expect(convolved()).toEqual(right);
});
