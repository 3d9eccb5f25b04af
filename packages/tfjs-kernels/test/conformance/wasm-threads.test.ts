import '@tensorflow/tfjs-layers';
import { grads, matMul, ones, tidy, zeros } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { batchNormActivation } from '../../src/index';
import { useWasmKernels } from '../../src/wasm/index';
import { compileVariant, enableEngineFeatures, VARIANTS } from '../../src/wasm/variants';
import { CONVOLUTIONS, convolve } from './convolution-cases';
import { randomTensor } from './random-tensor';
import { poisonHeap } from './wasm-row';

/** Five convolutions with their gradients, a batch normalisation with its own, and products of matrices, as bytes. */
const compute = (): Buffer[] =>
  tidy(() => {
    const convolutions = [1, 21, 3, 26, 32].map((row) => convolve(CONVOLUTIONS[row]));
    const x = randomTensor([4, 60, 50, 16], 40);
    const gradients = grads((a: Tensor, b: Tensor, c: Tensor) => batchNormActivation(a, b, c, { activation: 'relu' }).y)(
      [x, ones([16]), zeros([16])],
      randomTensor(x.shape, 41),
    );
    const products = [
      matMul(randomTensor([70, 300], 42), randomTensor([300, 90], 43)),
      matMul(randomTensor([3000, 20], 44), randomTensor([3000, 30], 45), true),
    ];
    return [...convolutions.flatMap((results) => Object.values(results)), ...gradients, ...products].map((tensor) =>
      Buffer.from(tensor.dataSync<'float32'>().buffer),
    );
  });

enableEngineFeatures();

describe.each(VARIANTS.filter((variant) => compileVariant(variant)))('%s', (variant) => {
  it('results do not depend on the number of threads, to the bit', async () => {
    let expected: Buffer[] | undefined;
    for (const threads of [3, 1, 2, 4]) {
      const kernels = await useWasmKernels({ variant, threads });
      poisonHeap();
      const results = compute();
      expected ??= results;
      results.forEach((bytes, i) => expect(Buffer.compare(bytes, expected![i])).toBe(0));
      await kernels.dispose();
    }
  });
});
