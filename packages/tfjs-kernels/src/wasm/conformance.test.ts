import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchNormActivation, batchNormActivationInference, biasActivation, createAdam, createMomentum } from '../index';
import { useWasmKernels } from './index';
import type { WasmKernels } from './index';
import { batchNormActivationReference, biasActivationReference } from './kernels/channels.reference';
import { convolutionReference, filterGradientReference, inputGradientReference } from './kernels/convolutions.reference';
import { adamReference, momentumReference } from './kernels/optimizers.reference';
import type { SharedBackend } from './shared-backend';
import { compileVariant, enableEngineFeatures, VARIANTS } from './variants';

type Pad = 'same' | 'valid' | number | [[number, number], [number, number], [number, number], [number, number]];
/** [batch, height, width, inChannels, outChannels, filterHeight, filterWidth, strides, pad]. */
type Case = [number, number, number, number, number, number, number, number | [number, number], Pad];

/** Shapes at every edge: few channels, sizes beside the tiles', tiny maps, odd batches. */
const CONVOLUTIONS: Case[] = [
  [2, 16, 16, 3, 24, 5, 5, 2, 'same'],
  [16, 32, 32, 3, 16, 5, 5, 2, 'same'],
  [3, 16, 8, 1, 16, 5, 5, 2, 'same'],
  [4, 11, 13, 1, 9, 5, 5, 2, 'same'],
  [1, 7, 9, 3, 7, 5, 5, 2, 'same'],
  [5, 6, 6, 2, 5, 4, 4, 2, 'same'],
  [4, 8, 2, 32, 16, 5, 5, 2, 'same'],
  [2, 4, 1, 16, 8, 5, 5, 2, 'same'],
  [16, 2, 2, 20, 12, 5, 5, 2, 'same'],
  [16, 1, 1, 20, 164, 5, 5, 2, 'same'],
  [1, 1, 1, 1, 1, 1, 1, 1, 'same'],
  [1, 1, 1, 3, 5, 5, 5, 1, 'same'],
  [5, 7, 9, 5, 7, 3, 3, 1, 'same'],
  [1, 9, 9, 4, 6, 3, 3, 2, 'valid'],
  [6, 9, 7, 130, 20, 3, 3, 2, 1],
  [2, 6, 5, 70, 33, 3, 2, 1, 'valid'],
  [1, 5, 5, 64, 130, 1, 1, 2, 'same'],
  [7, 8, 8, 65, 15, 1, 1, 1, 'valid'],
  [2, 10, 12, 6, 17, 3, 5, [2, 1], 'same'],
  [3, 9, 10, 4, 10, 2, 3, [1, 3], 'valid'],
  [2, 8, 9, 3, 11, 3, 3, 2, [[0, 0], [2, 1], [0, 2], [0, 0]]], // prettier-ignore
  [4, 24, 40, 16, 32, 5, 5, 2, 'same'],
  [4, 10, 20, 16, 40, 5, 5, 1, 'same'],
  [4, 6, 6, 140, 72, 3, 3, 1, 'same'],
];

const random = (count: number, seed: number): Float32Array => {
  // A linear congruential generator is random enough to tell indices apart.
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
};
const sizeOf = (shape: number[]): number => shape.reduce((a, b) => a * b, 1);
const tensorOf = (shape: number[], seed: number): tf.Tensor => tf.tensor(random(sizeOf(shape), seed), shape);

/** Fails where a value is not within `tolerance` of the largest expected one (or of `scale`, if larger); NaN never is. */
function expectClose(tensor: tf.Tensor, expected: ArrayLike<number>, tolerance: number, scale = 1e-3): void {
  const actual = tensor.dataSync();
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]));
  for (let i = 0; i < actual.length; i++) {
    if (!(Math.abs(actual[i] - expected[i]) <= tolerance * scale)) {
      expect.fail(`value ${i} must be ${expected[i]} within ${tolerance * scale}, got ${actual[i]}`);
    }
  }
}

/** Every block of the heap that is handed out from now on is full of NaN. */
function poisonHeap(): void {
  const { wasm } = tf.backend() as SharedBackend;
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    const address = allocate(bytes);
    new Uint8Array(wasm.asm.memory.buffer, address >>> 0, bytes).fill(0xff);
    return address;
  };
}

function convolve([batch, height, width, ci, co, fh, fw, strides, pad]: Case) {
  const shapes = { x: [batch, height, width, ci] as const, filter: [fh, fw, ci, co] as const };
  const info = tf.backend_util.computeConv2DInfo([...shapes.x], [...shapes.filter], strides, 1, pad);
  const x = tensorOf(info.inShape, 1);
  const filter = tensorOf(info.filterShape, 2);
  const dy = tensorOf(info.outShape, 3);
  const attrs = { strides, pad, dataFormat: 'NHWC' } as unknown as tf.NamedAttrMap;
  const run = (name: string, inputs: tf.NamedTensorMap, more: object): tf.Tensor =>
    tf.engine().runKernel(name, inputs, { ...attrs, ...more } as tf.NamedAttrMap);
  const forward = run('Conv2D', { x, filter }, { dilations: 1 });
  const inputGradient = run('Conv2DBackpropInput', { dy, filter }, { inputShape: info.inShape });
  const filterGradient = run('Conv2DBackpropFilter', { x, dy }, { filterShape: info.filterShape });
  const values = { x: x.dataSync(), filter: filter.dataSync(), dy: dy.dataSync() } as Record<'x' | 'filter' | 'dy', Float32Array>;
  return { info, values, forward, inputGradient, filterGradient };
}

const references = new Map<string, Record<'forward' | 'inputGradient' | 'filterGradient', Float64Array>>();

/** The references' results, computed once for all variants. */
function expectedOf(info: tf.backend_util.Conv2DInfo, { x, filter, dy }: ReturnType<typeof convolve>['values']) {
  const key = JSON.stringify(info);
  const known = references.get(key);
  if (known) return known;
  const results = {
    forward: convolutionReference(info, x, filter),
    inputGradient: inputGradientReference(info, dy, filter),
    filterGradient: filterGradientReference(info, x, dy),
  };
  references.set(key, results);
  return results;
}

enableEngineFeatures();
const supported = VARIANTS.filter((variant) => compileVariant(variant));
const missing = VARIANTS.filter((variant) => !supported.includes(variant));
if (missing.length > 0) console.warn(`Node ${process.versions.node} can't compile ${missing.join(', ')}: not tested here`);

let poisoned = false;
async function start(variant: (typeof VARIANTS)[number], threads: number): Promise<WasmKernels> {
  const kernels = await useWasmKernels({ variant, threads });
  if (!poisoned) poisonHeap();
  poisoned = true;
  return kernels;
}

describe.each(supported)('%s', (variant) => {
  let kernels: WasmKernels;
  beforeAll(async () => {
    kernels = await start(variant, 3);
    tf.engine().startScope();
  });
  afterAll(async () => {
    tf.engine().endScope();
    await kernels.dispose();
  });

  it.each(CONVOLUTIONS)('convolution %j %j %j %j→%j, %jx%j, strides %j, pad %j', (...shape) => {
    tf.tidy(() => {
      const { info, values, forward, inputGradient, filterGradient } = convolve(shape);
      const expected = expectedOf(info, values);
      expectClose(forward, expected.forward, 1e-5);
      expectClose(inputGradient, expected.inputGradient, 1e-5);
      expectClose(filterGradient, expected.filterGradient, 1e-5);
    });
  });

  it.each([
    [[16, 1, 1, 5], 'leakyRelu', 0],
    [[3, 5, 7, 1], 'relu', 0],
    [[2, 3], 'linear', 0],
    [[4, 33, 20, 16], 'leakyRelu', 100],
    [[2, 40, 40, 6], 'relu', -3],
    [[300, 70], 'leakyRelu', 5],
  ] as const)('batchNormActivation %j %s, mean %j', (shape, activation, mean) => {
    tf.tidy(() => {
      const channels = shape[shape.length - 1];
      const x = tf.add(tensorOf([...shape], 4), mean);
      const [dy, gamma, beta] = [tensorOf([...shape], 5), tf.add(tensorOf([channels], 6), 1.5), tensorOf([channels], 7)];
      const options = { activation, alpha: 0.2, epsilon: 1e-3 };
      let result: ReturnType<typeof batchNormActivation> | undefined;
      const f = (...inputs: tf.Tensor[]) => {
        result = batchNormActivation(inputs[0], inputs[1], inputs[2], options);
        tf.keep(result.mean);
        tf.keep(result.variance);
        return result.y;
      };
      const { value, grads } = tf.valueAndGrads(f)([x, gamma, beta], dy);
      const arrays = [x, dy, gamma, beta].map((tensor) => tensor.dataSync());
      const expected = batchNormActivationReference(arrays[0], arrays[1], arrays[2], arrays[3], options);
      expectClose(value, expected.y, 1e-4);
      expectClose(result!.mean, expected.mean, 1e-6, 1);
      expectClose(result!.variance, expected.variance, 1e-4);
      expectClose(grads[0], expected.dx, 1e-4);
      expectClose(grads[1], expected.dGamma, 1e-4);
      expectClose(grads[2], expected.dBeta, 1e-4);
      tf.dispose([result!.mean, result!.variance]);
    });
  });

  it.each([
    [[5, 3], 'tanh'],
    [[2, 9, 9, 3], 'tanh'],
    [[4, 40, 30, 3], 'tanh'],
    [[4, 20, 30, 1], 'leakyRelu'],
    [[2, 40, 40, 16], 'tanh'],
    [[3, 20, 1], 'leakyRelu'],
    [[64, 6], 'relu'],
    [[7, 9], 'linear'],
  ] as const)('biasActivation %j %s', (shape, activation) => {
    tf.tidy(() => {
      const channels = shape[shape.length - 1];
      const [x, dy, bias] = [tf.mul(tensorOf([...shape], 8), 12), tensorOf([...shape], 9), tensorOf([channels], 10)];
      const options = { activation, alpha: 0.3 };
      const { value, grads } = tf.valueAndGrads((...inputs) => biasActivation(inputs[0], inputs[1], options))([x, bias], dy);
      const expected = biasActivationReference(x.dataSync(), dy.dataSync(), bias.dataSync(), options);
      expectClose(value, expected.y, 5e-7);
      expectClose(grads[0], expected.dx, 1e-5);
      expectClose(grads[1], expected.dBias, 1e-5);
    });
  });

  it('add sums tensors of one shape, and still broadcasts', () => {
    tf.tidy(() => {
      const [a, b, c] = [tensorOf([3, 110, 101], 16), tensorOf([3, 110, 101], 17), tensorOf([101], 18)];
      const [x, y, z] = [a, b, c].map((tensor) => tensor.dataSync());
      expectClose(tf.add(a, b), x.map((value, i) => value + y[i]), 1e-7); // prettier-ignore
      expectClose(tf.add(a, c), x.map((value, i) => value + z[i % 101]), 1e-7); // prettier-ignore
    });
  });

  it('batchNormActivationInference is the affine map of its statistics', () => {
    tf.tidy(() => {
      const x = tensorOf([3, 5, 6], 11);
      const vectors = [12, 13, 14, 15].map((seed) => tensorOf([6], seed));
      const [gamma, beta, mean, variance] = [...vectors.slice(0, 3), tf.abs(vectors[3])];
      const y = batchNormActivationInference(x, { gamma, beta, mean, variance }, { activation: 'leakyRelu' });
      const [a, g, b, m, v] = [x, gamma, beta, mean, variance].map((tensor) => tensor.dataSync());
      const expected = a.map((value, i) => {
        const u = (g[i % 6] * (value - m[i % 6])) / Math.sqrt(v[i % 6] + 1e-3) + b[i % 6];
        return u > 0 ? u : 0.2 * u;
      });
      expectClose(y, expected, 1e-6);
    });
  });

  it('optimisers follow their rules, in place or not', () => {
    const counts = [1, 3, 40_001];
    const variables = counts.map((count, i) => tf.variable(tensorOf([count], 20 + i)));
    const adam = createAdam({ variables, learningRate: 0.01, beta1: 0.5 });
    const momentum = createMomentum({ variables, learningRate: 0.02 });
    const expected = counts.map((count, i) => ({
      value: Float64Array.from(random(count, 20 + i)),
      gradient: new Float64Array(count),
      ...{ first: new Float64Array(count), second: new Float64Array(count), velocity: new Float64Array(count) },
    }));
    for (let t = 1; t <= 3; t++) {
      const gradients = counts.map((count, i) => tensorOf([count], 30 + 10 * t + i));
      const snapshot = variables[2].clone();
      const before = snapshot.dataSync();
      adam.step(gradients);
      momentum.step(gradients);
      expect(snapshot.dataSync()).toEqual(before);
      tf.dispose([snapshot, ...gradients]);
      expected.forEach((state, i) => {
        state.gradient = Float64Array.from(random(counts[i], 30 + 10 * t + i));
        adamReference(state, { t, learningRate: 0.01, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 });
        momentumReference(state, { learningRate: 0.02, momentum: 0.9 });
        expectClose(variables[i], state.value, 1e-5);
      });
    }
    adam.dispose();
    momentum.dispose();
    tf.dispose(variables);
  });

  it('results do not depend on the number of threads, to the bit', async () => {
    const compute = () =>
      tf.tidy(() => {
        const convolutions = [CONVOLUTIONS[1], CONVOLUTIONS[21], CONVOLUTIONS[3]].map(convolve);
        const x = tensorOf([4, 60, 50, 16], 40);
        const grads = tf.grads(
          (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => batchNormActivation(a, b, c, { activation: 'relu' }).y,
        )([x, tf.ones([16]), tf.zeros([16])], tensorOf(x.shape, 41));
        return [...convolutions.flatMap((c) => [c.forward, c.inputGradient, c.filterGradient]), ...grads].map((t) =>
          t.dataSync(),
        );
      });
    const withThree = compute();
    for (const threads of [1, 2, 4]) {
      const others = await start(variant, threads);
      compute().forEach((values, i) =>
        expect(Buffer.compare(Buffer.from(values.buffer), Buffer.from(withThree[i].buffer))).toBe(0),
      );
      await others.dispose();
    }
    kernels = await start(variant, 3);
  });

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const filter = tensorOf([3, 3, 2, 4], 50) as tf.Tensor4D;
      tf.grad((x) => batchNormActivation(tf.conv2d(x as tf.Tensor4D, filter, 2, 'same'), tf.ones([4]), tf.zeros([4])).y)(
        tensorOf([2, 6, 6, 2], 51),
      );
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
