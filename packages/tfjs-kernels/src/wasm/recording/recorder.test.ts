import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { defineRefusals, defineReplays, makeTensors, recording, useRecordingFixture, v, x } from '../../../test/recording-cases';
import { record } from '../../index';
import { useWasmKernels } from '../index';
import type { WasmKernels } from '../index';

let kernels: WasmKernels;

beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 2, variant: 'tile8' });
});
useRecordingFixture();

const values = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());

describe('a replay', () => {
  it('computes outputs from the inputs that were written', async () => {
    const { outputs, write, replay } = await recording(() => ({ sum: tf.sum(x), parts: [tf.square(x), tf.neg(x)] }));
    expect([values(outputs.sum), ...outputs.parts.map(values)]).toEqual([[6], [1, 4, 9], [-1, -2, -3]]);
    write(x, new Float32Array([4, 5, 6]));
    replay();
    expect([values(outputs.sum), ...outputs.parts.map(values)]).toEqual([[15], [16, 25, 36], [-4, -5, -6]]);
    expect(values(x)).toEqual([4, 5, 6]);
  });

  it('finds the constants that the step has made', async () => {
    // Each one takes memory that an earlier tensor of the step has left.
    const { outputs, replay } = await recording(() => {
      let y: tf.Tensor = x;
      for (let i = 1; i <= 20; i++) y = tf.tidy(() => tf.add(tf.mul(y, tf.tensor1d([i, i, i])), tf.scalar(i / 8)));
      return y;
    });
    const first = values(outputs);
    replay();
    replay();
    expect(values(outputs)).toEqual(first);
    const closedForm = [1, 2, 3].map((start) =>
      Array.from({ length: 20 }, (_, i) => i + 1).reduce((y, i) => Math.fround(y * i + i / 8), start),
    );
    first.forEach((value, i) => expect(value / closedForm[i]).toBeCloseTo(1, 5));
  });

  defineReplays();

  it('reads a tensor from outside the step after it was disposed of', async () => {
    const outside = tf.tensor1d([5, 6, 7]);
    const { outputs, replay } = await recording(() => tf.mul(x, outside));
    outside.dispose();
    tf.dispose(Array.from({ length: 8 }, () => tf.ones([3])));
    replay();
    expect(values(outputs)).toEqual([5, 12, 21]);
  });

  it.each<[string, (x: tf.Tensor1D) => tf.Tensor]>([
    ['a kernel of TensorFlow.js', (a) => tf.cumsum(a)],
    ['one that makes several tensors', (a) => tf.concat(tf.split(tf.stack([a, tf.neg(a)]), 2, 0), 1)],
    [
      'one of this package that JavaScript computes',
      (a) => tf.dilation2d(tf.reshape<tf.Rank.R4>(a, [1, 3, 1, 1]), tf.ones<tf.Rank.R3>([2, 1, 1]), 1, 'same'),
    ],
    [
      'one that calls another',
      (a) =>
        tf.fused.matMul({
          a: tf.reshape<tf.Rank.R2>(a, [1, 3]),
          b: tf.ones<tf.Rank.R2>([3, 2]),
          bias: tf.ones([1, 1]),
          activation: 'elu',
        }),
    ],
  ])('calls %s again', async (_, operation) => {
    const { outputs, write, replay } = await recording(() => operation(x));
    write(x, new Float32Array([-3, 8, 0.5]));
    replay();
    expect(values(outputs)).toEqual(tf.tidy(() => values(operation(tf.tensor1d([-3, 8, 0.5])))));
  });

  it('works after its input was disposed of', async () => {
    const { outputs, write, replay } = await recording(() => tf.square(x));
    x.dispose();
    write(x, new Float32Array([2, 2, 2]));
    replay();
    expect(values(outputs)).toEqual([4, 4, 4]);
  });
});

describe('a recording', () => {
  defineRefusals([
    ['reads an input', () => x.dataSync(), /must not read the values of tensors/],
    ['replaces a variable by another', () => tf.variable(tf.ones([1])) && v.dispose(), /must not create variables/],
    [
      'calls an operation whose result has a size of its own',
      () => tf.image.nonMaxSuppression(tf.ones([2, 4]), tf.ones([2]), 2),
      /size of their own/,
    ],
  ]);

  it('must not start another', async () => {
    let refused: Promise<unknown> = Promise.resolve();
    await recording(() => ((refused = record(() => x, { inputs: [] })), refused.catch(() => undefined), tf.square(x)));
    await expect(refused).rejects.toThrow('another recording');
  });

  it('refuses a result whose shape has changed', async () => {
    const { write, replay } = await recording(() => tf.unique(x).values);
    write(x, new Float32Array([5, 5, 5]));
    expect(replay).toThrow('replay: Unique failed: it made a tensor float32 [1], but float32 [3] when it was recorded');
  });
});

describe('memory', () => {
  it('is back after dispose, and clones of outputs live on', async () => {
    const big = tf.ones([2 ** 20]);
    const round = async () => {
      const recorded = await record(() => tf.add(tf.square(big), tf.neg(big)), { inputs: [big] });
      recorded.replay();
      const clone = recorded.outputs.clone();
      recorded.dispose();
      expect(tf.tidy(() => tf.max(clone).dataSync()[0])).toBe(0);
      clone.dispose();
    };
    await round();
    const [bytes, { numTensors, numDataBuffers }] = [kernels.memoryBytes(), tf.memory()];
    for (let i = 0; i < 6; i++) await round();
    expect(kernels.memoryBytes()).toBe(bytes);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    big.dispose();
  });

  it('of temporary tensors is shared, as in a plain step', async () => {
    const big = tf.ones([2 ** 20]); // 4 MiB
    const before = kernels.memoryBytes();
    const { outputs, replay } = await recording(() => {
      let y = tf.add(big, big);
      for (let i = 0; i < 63; i++) {
        const sum = tf.add(y, big);
        y.dispose();
        y = sum;
      }
      return y;
    });
    replay();
    expect(outputs.dataSync()[5]).toBe(65);
    expect(kernels.memoryBytes() - before).toBeLessThan(24 * 2 ** 20);
    big.dispose();
  });
});

describe('another start of the kernels', () => {
  it('with other threads, leaves recordings as they are; with another variant, ends them', async () => {
    const { outputs, write, replay } = await recording(() => tf.square(x));
    await useWasmKernels({ threads: 1, variant: 'tile8' });
    write(x, new Float32Array([3, 3, 3]));
    replay();
    expect(values(outputs)).toEqual([9, 9, 9]);
    await useWasmKernels({ threads: 1, variant: 'tile16' });
    expect(replay).toThrow('replay: the variant must be the one that recorded the step, but useWasmKernels has changed it');
  });

  it('after engine().reset(), ends them', async () => {
    const recorded = await record(() => tf.square(x), { inputs: [x] });
    tf.engine().reset();
    await tf.setBackend('wasm');
    expect(() => recorded.replay()).toThrow(
      'replay: the wasm backend must be the one that recorded the step, but it was restarted',
    );
    recorded.dispose();
    makeTensors();
  });
});
