import type { BitReader } from './bit-reader';

/** Coefficients of the fixed predictors of order 0 … 4 for the preceding samples, the nearest first. */
const FIXED_COEFFICIENTS = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

/** Coefficients have up to 15 bits and samples up to 33, so sums of 32 products stay exact in a float64. */
interface Predictor {
  coefficients: readonly number[];
  /** The sum is divided by 2 to this power and rounded down. */
  shift: number;
}

/**
 * Reads one channel of a frame into `samples` [blockSize]: integers of `bitDepth` bits.
 * @throws RangeError for anything that the format does not allow
 */
export function readSubframe(reader: BitReader, bitDepth: number, samples: Float64Array): void {
  if (reader.bits(1) !== 0) throw new RangeError('a subframe must begin with 0');
  const type = reader.bits(6);
  const wasted = reader.bits(1) === 1 ? reader.zeros() + 1 : 0;
  const depth = bitDepth - wasted;
  if (depth < 1) throw new RangeError(`a subframe of ${bitDepth} bits cannot waste ${wasted}`);
  if (type === 0) samples.fill(reader.signed(depth));
  else if (type === 1) for (let i = 0; i < samples.length; i++) samples[i] = reader.signed(depth);
  else if (type >= 8 && type <= 12) readPredicted(reader, depth, samples, type - 8);
  else if (type >= 32) readPredicted(reader, depth, samples, type - 31, true);
  else throw new RangeError(`subframes are not of type ${type}`);
  if (wasted > 0) for (let i = 0; i < samples.length; i++) samples[i]! *= 2 ** wasted;
}

/** Reads `order` verbatim samples, the predictor's coefficients if it is `linear`, and the residuals. */
function readPredicted(reader: BitReader, depth: number, samples: Float64Array, order: number, linear = false): void {
  if (order > samples.length) throw new RangeError(`a block of ${samples.length} cannot have a predictor of order ${order}`);
  for (let i = 0; i < order; i++) samples[i] = reader.signed(depth);
  const predictor = linear ? readLinearPredictor(reader, order) : { coefficients: FIXED_COEFFICIENTS[order]!, shift: 0 };
  readResiduals(reader, samples, order);
  predict(samples, predictor);
}

function readLinearPredictor(reader: BitReader, order: number): Predictor {
  const precision = reader.bits(4) + 1;
  if (precision === 16) throw new RangeError('coefficients are not of 16 bits');
  const shift = reader.signed(5);
  if (shift < 0) throw new RangeError(`a predictor cannot be shifted by ${shift}`);
  return { coefficients: Array.from({ length: order }, () => reader.signed(precision)), shift };
}

/** Reads Rice-coded residuals, in partitions of equal length with a parameter each, into `samples` from `order` on. */
function readResiduals(reader: BitReader, samples: Float64Array, order: number): void {
  const method = reader.bits(2);
  if (method > 1) throw new RangeError(`residuals are not coded by method ${method}`);
  const [parameterBits, escape] = method === 0 ? [4, 15] : [5, 31];
  const partitionOrder = reader.bits(4);
  const length = samples.length >> partitionOrder;
  if (length << partitionOrder !== samples.length || length < order) {
    throw new RangeError(`a block of ${samples.length} cannot have ${2 ** partitionOrder} partitions`);
  }
  for (let end = length, i = order; end <= samples.length; end += length) {
    const parameter = reader.bits(parameterBits);
    if (parameter === escape) {
      const width = reader.bits(5);
      for (; i < end; i++) samples[i] = width === 0 ? 0 : reader.signed(width);
      continue;
    }
    const scale = 2 ** parameter;
    for (; i < end; i++) {
      const code = reader.zeros() * scale + reader.bits(parameter);
      samples[i] = (code & 1) === 0 ? code / 2 : -(code + 1) / 2; // 0, -1, 1, -2, 2 …
    }
  }
}

/** Residuals → samples, in place. */
function predict(samples: Float64Array, { coefficients, shift }: Predictor): void {
  const order = coefficients.length;
  const weights = Float64Array.from(coefficients);
  const divisor = 2 ** -shift;
  for (let i = order; i < samples.length; i++) {
    let sum = 0;
    for (let k = 0; k < order; k++) sum += weights[k]! * samples[i - 1 - k]!;
    samples[i]! += shift === 0 ? sum : Math.floor(sum * divisor);
  }
}
