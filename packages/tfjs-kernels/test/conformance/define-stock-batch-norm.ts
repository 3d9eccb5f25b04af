import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { batchNormActivationReference } from '../../src/wasm/kernels/channels.reference';
import { expectClose } from './expect-close';
import { on, read } from './on-backend';
import type { ConformanceBackend } from './on-backend';
import { randomTensor } from './random-tensor';

/** tf.batchNorm and layers.batchNormalization, and the sums over leading axes that such gradients need. */
export function defineStockBatchNorm(backend: ConformanceBackend): void {
  defineSums(backend);
  defineOperation(backend);
  defineLayer(backend);
}

function defineSums(backend: ConformanceBackend): void {
  const cases: [shape: number[], axes: number | number[]][] = [
    [[5, 3], 0],
    [
      [40, 30, 7],
      [0, 1],
    ],
    [
      [8, 9, 10, 6],
      [0, 2, 1],
    ],
    [[20_000, 1], 0],
    [[2, 300, 70], 0],
    [[4, 5, 6], [-3]],
    [
      [3, 4],
      [0, 1],
    ],
    [[3, 4], 1],
  ];
  it.each(cases)(
    'sum and mean of %j over %j',
    on(backend, async (shape, axes) => {
      const x = randomTensor(shape, 1);
      const [values] = await read([x]);
      const reduced = (Array.isArray(axes) ? axes : [axes]).map((axis) => (axis + shape.length) % shape.length);
      const kept = shape.filter((_, axis) => !reduced.includes(axis));
      const expected = new Float64Array(kept.reduce((a, b) => a * b, 1));
      values.forEach((value, i) => {
        let at = 0;
        let rest = shape.reduce((a, b) => a * b, 1);
        shape.forEach((size, axis) => {
          rest /= size;
          if (!reduced.includes(axis)) at = at * size + (Math.floor(i / rest) % size);
        });
        expected[at] += value;
      });
      const count = values.length / expected.length;
      await expectClose(tf.sum(x, axes), expected, 1e-6, Math.sqrt(count));
      const mean = tf.mean(x, axes, true);
      await expectClose(mean, expected.map((value) => value / count), 1e-6, 1 / Math.sqrt(count)); // prettier-ignore
      expect(mean.shape).toEqual(shape.map((size, axis) => (reduced.includes(axis) ? 1 : size)));
    }),
  );
}

const EPSILON = 1e-2;

/** Σ dy · tf.batchNorm(x), in double precision. */
function weighted({ x, mean, variance, scale, offset }: Record<string, Float64Array>, dy: Float32Array): number {
  const channels = mean.length;
  return dy.reduce((sum, d, i) => {
    const c = i % channels;
    return sum + d * ((scale[c] * (x[i] - mean[c])) / Math.sqrt(variance[c] + EPSILON) + offset[c]);
  }, 0);
}

function defineOperation(backend: ConformanceBackend): void {
  it.each([[[2, 3, 4, 5]], [[30, 6]], [[3, 4, 1]]])(
    'gradients of batchNorm %j agree with finite differences',
    on(backend, async (shape) => {
      const channels = shape[shape.length - 1];
      const inputs = [
        randomTensor(shape, 1),
        ...[2, 3, 4, 5].map((seed) => tf.add(randomTensor([channels], seed), seed === 3 ? 1.5 : 0)),
      ];
      const dy = randomTensor(shape, 6);
      const f = (...[x, mean, variance, scale, offset]: tf.Tensor[]) =>
        tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, offset as tf.Tensor1D, scale as tf.Tensor1D, EPSILON);
      const { value, grads } = tf.valueAndGrads(f)(inputs, dy);
      const numbers = (await read(inputs)).map((values) => Float64Array.from(values));
      const [x, mean, variance, scale, offset] = numbers;
      const [dys] = await read([dy]);
      const named = { x, mean, variance, scale, offset };
      const one = (i: number) =>
        (scale[i % channels] * (x[i] - mean[i % channels])) / Math.sqrt(variance[i % channels] + EPSILON);
      await expectClose(value, Array.from(x, (_, i) => one(i) + offset[i % channels]), 1e-5); // prettier-ignore
      for (const [index, values] of numbers.entries()) {
        const slopes = values.map((original, i) => {
          values[i] = original + 1e-5;
          const above = weighted(named, dys);
          values[i] = original - 1e-5;
          const below = weighted(named, dys);
          values[i] = original;
          return (above - below) / 2e-5;
        });
        await expectClose(grads[index], slopes, 1e-4);
      }
    }),
  );

  it(
    'batchNorm without scale and offset, and with one mean per value',
    on(backend, async () => {
      const x = randomTensor([4, 3], 1) as tf.Tensor2D;
      const [mean, variance] = [randomTensor([3], 2) as tf.Tensor1D, tf.abs(randomTensor([3], 3) as tf.Tensor1D)];
      const [xs, means, variances] = await read([x, mean, variance]);
      const expected = xs.map((value, i) => (value - means[i % 3]) / Math.sqrt(variances[i % 3] + EPSILON));
      await expectClose(tf.batchNorm2d(x, mean, variance, undefined, undefined, EPSILON), expected, 1e-5);
      const wide = [mean, variance].map((vector) => tf.tile(tf.reshape(vector, [1, 3]), [4, 1]) as tf.Tensor2D);
      await expectClose(tf.batchNorm2d(x, wide[0], wide[1], undefined, undefined, EPSILON), expected, 1e-5);
    }),
  );
}

function defineLayer(backend: ConformanceBackend): void {
  const cases: [shape: number[], scale: boolean, center: boolean][] = [
    [[8, 5, 6, 7], true, true],
    [[16, 3], true, true],
    [[6, 9, 4], false, true],
    [[6, 9, 4], true, false],
  ];
  it.each(cases)(
    'layers.batchNormalization trains on %j, scale %j, center %j',
    on(backend, async (shape, scale, center) => {
      const channels = shape[shape.length - 1];
      const options = {
        epsilon: EPSILON,
        momentum: 0.9,
        gammaInitializer: 'randomNormal',
        betaInitializer: 'randomNormal',
      } as const;
      const layer = layers.batchNormalization({ ...options, scale, center });
      const [x, dy] = [tf.add(randomTensor(shape, 1), 3), randomTensor(shape, 2)];
      const y = (input: tf.Tensor) => layer.apply(input, { training: true }) as tf.Tensor;
      y(x).dispose(); // creates its weights, and moves the averages once
      const weights = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
      const { value, grads } = tf.variableGrads(() => tf.sum(tf.mul(y(x), dy)) as tf.Scalar, weights);
      const dx = tf.grad(y)(x, dy);
      const [xs, dys, ...vectors] = await read([x, dy, ...weights]);
      const constant = (size: number) => new Float32Array(channels).fill(size);
      const [gamma, beta] = [scale ? vectors[0] : constant(1), center ? vectors[vectors.length - 1] : constant(0)];
      const expected = batchNormActivationReference(xs, dys, gamma, beta, { activation: 'linear', alpha: 1, epsilon: EPSILON });
      await expectClose(value, [expected.y.reduce((sum, out, i) => sum + out * dys[i], 0)], 1e-4, 10);
      await expectClose(dx, expected.dx, 1e-4);
      const slopes = [...(scale ? [expected.dGamma] : []), ...(center ? [expected.dBeta] : [])];
      for (const [i, slope] of slopes.entries()) await expectClose(grads[weights[i].name], slope, 1e-4);
      const moving = layer.nonTrainableWeights.map((weight) => weight.read());
      const moved = (start: number, end: Float64Array) => end.map((goal) => goal + (start - goal) * 0.9 ** 3);
      await expectClose(moving[0], moved(0, expected.mean), 1e-5);
      await expectClose(moving[1], moved(1, expected.variance), 1e-5);
      tf.dispose(moving);
      tf.dispose(weights);
    }),
  );

  it(
    'layers.batchNormalization over another axis, or with its own statistics',
    on(backend, async () => {
      const layer = layers.batchNormalization({ axis: 1, epsilon: EPSILON });
      const x = randomTensor([40, 3, 5], 1);
      const y = layer.apply(x, { training: true }) as tf.Tensor;
      const { mean, variance } = tf.moments(y, [0, 2]);
      await expectClose(mean, [0, 0, 0], 1e-6, 1);
      await expectClose(variance, [1, 1, 1], 5e-2);
      const dx = tf.grad((input) => layer.apply(input, { training: true }) as tf.Tensor)(x, tf.add(y, 1));
      await expectClose(tf.sum(dx, [0, 2]), [0, 0, 0], 1e-4, 10); // adding to a channel changes nothing
      const last = layers.batchNormalization({ epsilon: 0.44 });
      await expectClose(last.apply(x) as tf.Tensor, (await read([x]))[0].map((value) => value / 1.2), 1e-6); // prettier-ignore
    }),
  );
}
