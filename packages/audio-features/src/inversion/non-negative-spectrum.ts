import type { FilterProducts } from '../mel/filter-products';

/** Parts of the loudest mel below which relative errors stop counting: 90 dB under it. */
const RELATIVE_FLOOR = 1e-9;

/** Finds, frame by frame, a power spectrum x ≥ 0 whose mel power A·x is the one given. Owns its buffers. */
export interface SpectrumSolver {
  /** Writes into `bins` [bins] a spectrum that explains `mels` [mels]. */
  solve(mels: Float64Array, bins: Float64Array): void;
}

/**
 * Non-negative least squares, min over x ≥ 0 of Σ ((A·x − b) / b)²: relative errors, since the ear and the dB scale hear those.
 * Accelerated projected gradient (Beck & Teboulle 2009, with O'Donoghue & Candès's restart) and steps from the diagonal majoriser
 * of AᵀWA, which exists because A has no negative entries. Of the many exact solutions it finds one near the mel spectrum spread
 * smoothly over the bins, where it starts.
 */
export function createSpectrumSolver(products: FilterProducts, iterations = 20): SpectrumSolver {
  const { toMels, toBins, filterSums, binSums } = products;
  const melCount = filterSums.length;
  const binCount = binSums.length;
  const explained = new Float64Array(melCount);
  const residual = new Float64Array(melCount);
  const precision = new Float64Array(melCount);
  const gradient = new Float64Array(binCount);
  const step = new Float64Array(binCount);
  const ahead = new Float64Array(binCount);

  function start(mels: Float64Array, bins: Float64Array): void {
    for (let mel = 0; mel < melCount; mel++) residual[mel] = filterSums[mel]! > 0 ? mels[mel]! / filterSums[mel]! : 0;
    toBins(residual, bins);
    for (let bin = 0; bin < binCount; bin++) bins[bin] = binSums[bin]! > 0 ? bins[bin]! / binSums[bin]! : 0;
  }

  function weigh(mels: Float64Array): void {
    const floor = Math.max(mels.reduce((a, b) => Math.max(a, b), 0) * RELATIVE_FLOOR, 1e-30);
    for (let mel = 0; mel < melCount; mel++) {
      precision[mel] = 1 / Math.max(mels[mel]!, floor) ** 2;
      residual[mel] = precision[mel]! * filterSums[mel]!;
    }
    toBins(residual, step);
    for (let bin = 0; bin < binCount; bin++) step[bin] = step[bin]! > 0 ? 1 / step[bin]! : 0;
  }

  function solve(mels: Float64Array, bins: Float64Array): void {
    start(mels, bins);
    weigh(mels);
    ahead.set(bins);
    let inertia = 1;
    for (let iteration = 0; iteration < iterations; iteration++) {
      toMels(ahead, explained);
      for (let mel = 0; mel < melCount; mel++) residual[mel] = precision[mel]! * (explained[mel]! - mels[mel]!);
      toBins(residual, gradient);
      const next = (1 + Math.sqrt(1 + 4 * inertia * inertia)) / 2;
      const share = (inertia - 1) / next;
      let slope = 0;
      for (let bin = 0; bin < binCount; bin++) {
        const before = bins[bin]!;
        const free = ahead[bin]! - step[bin]! * gradient[bin]!;
        const value = free > 0 ? free : 0;
        slope += gradient[bin]! * (value - before);
        bins[bin] = value;
        ahead[bin] = value + share * (value - before);
      }
      inertia = slope > 0 ? 1 : next;
    }
  }
  return { solve };
}
