import { add, addN, mul, reshape, slice, tidy } from '@tensorflow/tfjs-core';
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import { FUSED_KERNELS } from './fused-kernels';
import { canChangeInPlace, runInPlace } from './in-place';

/** A row of a tensor with one axis more than the average: of statistics [groups, C], those of one group. */
export interface TensorRow {
  tensor: Tensor;
  row: number;
}

/** A moving average and the values that it moves towards. */
export interface AverageMove {
  /** Float32; changed by the call. */
  average: Variable;
  /** The new values, in the average's shape; if there are several, their mean is used. */
  values: readonly (Tensor | TensorRow)[];
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
      const rows = alike.map(({ values }) => rowOf(values[index]));
      const tensors = alike.flatMap(({ average }, i) => [average, rows[i].tensor]);
      const attrs = { keep: index === 0 ? momentum : 1, take: (1 - momentum) / count, rows: rows.map(({ row }) => row) };
      runInPlace(FUSED_KERNELS.movingAverages, tensors, () => attrs);
    }
  }
}

/** A tensor in the average's shape is its own first row. */
const rowOf = (value: Tensor | TensorRow): TensorRow => ('tensor' in value ? value : { tensor: value, row: 0 });

function assignMoved({ average, values }: AverageMove, momentum: number): void {
  const own = (value: Tensor | TensorRow) =>
    'tensor' in value ? reshape(slice(value.tensor, value.row, 1), average.shape) : value;
  tidy(() => average.assign(add(mul(average, momentum), mul(addN(values.map(own)), (1 - momentum) / values.length))));
}

function assertMove({ average, values }: AverageMove): void {
  if (values.length === 0) throw new Error(`moveAverages: values must hold at least one tensor for ${average.name}, got none`);
  for (const value of [average, ...values]) {
    const { tensor, row } = rowOf(value);
    const shape = 'tensor' in value ? tensor.shape.slice(1) : tensor.shape;
    if (tensor.dtype !== 'float32' || shape.join() !== average.shape.join()) {
      throw new Error(
        `moveAverages: values must be float32 [${average.shape}] as ${average.name}, got ${tensor.dtype} [${shape}]`,
      );
    }
    if ('tensor' in value && !(row >= 0 && row < tensor.shape[0])) {
      throw new Error(
        `moveAverages: row must be below ${tensor.shape[0]}, the rows of the tensor for ${average.name}, got ${row}`,
      );
    }
  }
}
