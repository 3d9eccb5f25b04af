import * as tf from '@tensorflow/tfjs-core';
import { it } from 'vitest';
import { finishReference } from '../../src/wasm/epilogue.reference';
import { matMulReference } from '../../src/wasm/kernels/mat-mul.reference';
import { expectClose } from './expect-close';
import { on, read } from './on-backend';
import type { ConformanceBackend } from './on-backend';
import { randomTensor } from './random-tensor';

/** Axes before the matrix of a and of b, and rows, depth, columns. */
type MatMulCase = [aOuter: number[], bOuter: number[], rows: number, depth: number, columns: number];

const CASES: MatMulCase[] = [
  [[], [], 1, 1, 1],
  [[], [], 3, 5, 2],
  [[], [], 32, 700, 128],
  [[], [], 700, 32, 129],
  [[], [], 5, 3000, 3],
  [[], [], 130, 257, 17],
  [[4], [4], 7, 9, 33],
  [[3], [1], 6, 20, 10],
  [[1], [3], 6, 20, 10],
  [[5], [], 2, 8, 3],
  [[2, 1], [1, 3], 9, 30, 11],
  [[2, 3], [3], 4, 6, 8],
  [[], [], 2, 0, 3],
  [[], [], 0, 2, 3],
];
const TRANSPOSES: [transposeA: boolean, transposeB: boolean][] = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
];
const ACTIVATIONS = ['linear', 'relu', 'relu6', 'elu', 'leakyrelu', 'prelu', 'sigmoid'] as const;

/** matMul and fused.matMul of TensorFlow.js itself. */
export function defineMatMul(backend: ConformanceBackend): void {
  const cases = CASES.flatMap((row) => TRANSPOSES.map((transposes) => [...row, ...transposes] as const));
  it.each(cases)(
    'matMul %j × %j, [%j, %j] · [.., %j], transposed %j, %j',
    on(backend, async (aOuter, bOuter, rows, depth, columns, transposeA, transposeB) => {
      const a = randomTensor([...aOuter, ...(transposeA ? [depth, rows] : [rows, depth])], 1);
      const b = randomTensor([...bOuter, ...(transposeB ? [columns, depth] : [depth, columns])], 2);
      const outer = tf.backend_util.assertAndGetBroadcastShape(aOuter, bOuter);
      const [as, bs] = await read([tf.broadcastTo(a, [...outer, ...a.shape.slice(-2)]), tf.broadcastTo(b, [...outer, ...b.shape.slice(-2)])]); // prettier-ignore
      const shape = { rows, depth, columns, transposeA, transposeB };
      const expected = Array.from({ length: outer.reduce((x, y) => x * y, 1) }, (_, i) => [
        ...matMulReference(as.subarray(i * rows * depth), bs.subarray(i * depth * columns), shape),
      ]);
      await expectClose(tf.matMul(a, b, transposeA, transposeB), expected.flat(), 3e-6);
    }),
  );

  it.each(ACTIVATIONS.flatMap((activation) => [3, 20].map((columns) => [activation, columns] as const)))(
    'fused.matMul %s of %j columns',
    on(backend, async (activation, columns) => {
      const shape = { rows: 6, depth: 4000, columns, transposeA: false, transposeB: true };
      const [a, b] = [randomTensor([2, 3, 4000], 3), tf.mul(randomTensor([columns, 4000], 4), 0.2)];
      const [bias, slopes] = [randomTensor([columns], 5), randomTensor([columns], 6)];
      const isPrelu = activation === 'prelu';
      const fused = {
        a,
        b,
        bias,
        activation,
        transposeB: true,
        leakyreluAlpha: 0.3,
        ...(isPrelu && { preluActivationWeights: slopes }),
      };
      const [as, bs, biases, slope] = await read([a, b, bias, slopes]);
      const expected = finishReference(matMulReference(as, bs, shape), biases, activation, isPrelu ? slope : [0.3]);
      await expectClose(tf.fused.matMul(fused), expected, 3e-6);
    }),
  );

  it(
    'fused.matMul accepts a bias and slopes of any shape that broadcasts',
    on(backend, async () => {
      const [a, b] = [randomTensor([3, 4], 7), randomTensor([4, 5], 8)];
      const [bias, preluActivationWeights] = [randomTensor([3, 1], 9), tf.scalar(0.5)];
      const y = tf.fused.matMul({ a, b, bias, activation: 'prelu', preluActivationWeights });
      const [as, bs, biases] = await read([a, b, bias]);
      const sums = matMulReference(as, bs, { rows: 3, depth: 4, columns: 5, transposeA: false, transposeB: false });
      const expected = sums.map((sum, i) => sum + biases[Math.floor(i / 5)]).map((sum) => (sum < 0 ? 0.5 * sum : sum));
      await expectClose(y, expected, 1e-6);
    }),
  );
}
