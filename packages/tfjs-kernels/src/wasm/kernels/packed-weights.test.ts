import { matMul, ones, tensor2d, tidy, variable } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAdam } from '../../adam';
import { createMomentum } from '../../momentum';
import type { Optimizer } from '../../optimizer';
import { useWasmKernels } from '../index';
import type { WasmKernels } from '../index';

let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 1 });
});
afterAll(() => kernels.dispose());

it.each([
  ['momentum', createMomentum],
  ['Adam', createAdam],
])('matMul, which keeps a packed copy of its weights, sees what %s changed in place', (_, create) => {
  const input = tensor2d([[1, 2, 3]]);
  const weight = variable(tensor2d([[1], [1], [1]]));
  const product = (): number => tidy(() => matMul(input, weight).dataSync()[0]);
  expect(product()).toBe(6);
  const optimizer: Optimizer = create({ variables: [weight], learningRate: 0.5 });
  optimizer.step([ones([3, 1])]);
  expect(product()).toBeCloseTo(3, 5);
});
