import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { hasGpu } from '../../../../test/extras/gpu';
import { countGpuCalls } from '../dispatches';
import { expectClose } from './expect-close';
import { on } from './on-backend';
import { randomNumbers, randomTensor } from './random-tensor';
import { webgpuRow } from './webgpu-row';

/** The shape, the axes, the dispatches of ours, and columns of the result. */
const CASES: [shape: number[], axes: number | number[] | undefined, dispatches: number, columns: number][] = [
  [[200_003], undefined, 2, 1],
  [[5000, 2, 3], undefined, 2, 1],
  [[4096], 0, 1, 1],
  [[5000, 3], 0, 2, 3],
  [[70, 71, 40], [0, 1], 2, 40],
  [[71, 70, 40], [1, 0], 2, 40],
  [[20, 300], 0, 1, 300], // few rows: the stock kernel
];

if (hasGpu('sums'))
  it.each(CASES)(
    'sums and means of %j over the axes %j',
    on(webgpuRow, async (shape, axes, dispatches, columns) => {
      const x = randomTensor(shape, 1);
      const values = randomNumbers(x.size, 1);
      const sums = new Float64Array(columns);
      values.forEach((value, i) => (sums[i % columns] += value));
      const rows = x.size / columns;
      await tf.sum(x, axes).data(); // uploads x, compiles
      let result!: tf.Tensor;
      const calls = await countGpuCalls(async () => {
        result = tf.sum(x, axes);
        await result.data();
      });
      if (rows >= 4096) expect(calls.dispatches).toBe(dispatches);
      await expectClose(result, sums, 1e-6, Math.sqrt(rows));
      const mean = tf.mean(x, axes, true);
      expect(mean.shape).toEqual(
        tf.zeros(shape).shape.map((extent, i) => ([axes ?? [...shape.keys()]].flat().includes(i) ? 1 : extent)),
      );
      await expectClose(mean, sums.map((sum) => sum / rows), 3e-6); // prettier-ignore
    }),
  );
else it.skip('webgpu: there is no GPU', () => undefined);
