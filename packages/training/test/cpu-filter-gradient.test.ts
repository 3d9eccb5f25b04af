import '@tensorflow/tfjs-backend-cpu';
import { engine, randomNormal, registerKernel, setBackend, unregisterKernel } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { replaceCpuFilterGradient } from './cpu-filter-gradient';

it.each([
  [7, 6],
  [1, 2],
])('the quick filter gradient of the cpu backend equals the stock one on maps of %d by %d', async (height, width) => {
  await setBackend('cpu');
  const [outHeight, outWidth] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  const inputs = { x: randomNormal([2, height, width, 3]), dy: randomNormal([2, outHeight, outWidth, 4]) };
  const attrs = { strides: [2, 2], pad: 'same', dataFormat: 'NHWC', dimRoundingMode: null, filterShape: [5, 5, 3, 4] };
  const run = () =>
    engine()
      .runKernel<Tensor>('Conv2DBackpropFilter', inputs, attrs as never)
      .dataSync();
  const expected = run();
  const stock = replaceCpuFilterGradient();
  const actual = run();
  unregisterKernel(stock.kernelName, 'cpu');
  registerKernel(stock);
  actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4));
});
