import { add, addN, mul, tidy } from '@tensorflow/tfjs-core';
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import { FUSED_KERNELS } from './fused-kernels';
import { canChangeInPlace, runInPlace } from './in-place';

/** A moving average and the values that it moves towards. */
export interface AverageMove {
  /** Float32; changed by the call. */
  average: Variable;
  /** The new values, in the average's shape; if there are several, their mean is used. */
  values: readonly Tensor[];
}

/**
 * Updates exponential moving averages, all at once: average = momentum · average + (1 - momentum) · mean of its values. For batch
 * normalisation's statistics, or an average of weights.
 *
 * @param moves the averages, each at most once
 * @param momentum in [0, 1]
 * @throws if momentum is out of range, or an average has no values or one that is not float32 or not of its shape
 */
export function moveAverages(moves: readonly AverageMove[], momentum: number): void {
  if (!(momentum >= 0 && momentum <= 1)) throw new Error(`moveAverages: momentum must be in [0, 1], got ${momentum}`);
  for (const move of moves) assertMove(move);
  const inPlace: AverageMove[] = [];
  for (const move of moves) {
    if (canChangeInPlace(FUSED_KERNELS.movingAverages, [move.average])) inPlace.push(move);
    else assignMoved(move, momentum);
  }
  moveInPlace(inPlace, momentum);
}

/** One pass for each count of values and each position in their list: a kernel changes each average once, and all averages together. */
function moveInPlace(moves: readonly AverageMove[], momentum: number): void {
  for (const count of new Set(moves.map(({ values }) => values.length))) {
    const alike = moves.filter(({ values }) => values.length === count);
    for (let index = 0; index < count; index++) {
      const attrs = { keep: index === 0 ? momentum : 1, take: (1 - momentum) / count };
      const tensors = alike.flatMap(({ average, values }) => [average, values[index]]);
      runInPlace(FUSED_KERNELS.movingAverages, tensors, () => attrs);
    }
  }
}

function assignMoved({ average, values }: AverageMove, momentum: number): void {
  tidy(() => average.assign(add(mul(average, momentum), mul(addN([...values]), (1 - momentum) / values.length))));
}

function assertMove({ average, values }: AverageMove): void {
  if (values.length === 0) throw new Error(`moveAverages: values must hold at least one tensor for ${average.name}, got none`);
  for (const { dtype, shape } of [average, ...values]) {
    if (dtype === 'float32' && shape.join() === average.shape.join()) continue;
    throw new Error(`moveAverages: values must be float32 [${average.shape}] as ${average.name}, got ${dtype} [${shape}]`);
  }
}
