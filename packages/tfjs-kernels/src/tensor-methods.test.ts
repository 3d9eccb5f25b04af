import '@tensorflow/tfjs-backend-cpu';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { matMul, setBackend, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { ensureTensorMethods } from './tensor-methods';

it("makes an LSTM's orthogonal initialiser work without @tensorflow/tfjs", async () => {
  await setBackend('cpu');
  ensureTensorMethods();
  const model = sequential({ layers: [layers.lstm({ units: 4, inputShape: [6, 4] })] });
  const [, recurrent] = model.getWeights(); // [4, 16], with orthonormal rows
  const products = Array.from(matMul(recurrent, recurrent, false, true).dataSync());
  products.forEach((value, i) => expect(value).toBeCloseTo(i % 5 === 0 ? 1 : 0, 5));
  const row = tensor([[1, 2]]) as Tensor & { transpose(): Tensor };
  expect(row.transpose().shape).toEqual([2, 1]);
});
