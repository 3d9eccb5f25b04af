import type { inverseFilterArrays } from '../mel/inverse-filter-products';
import type { SparseFilterbank } from '../mel/mel-filterbank';
import type { TwoWayModule } from '../wasm/inversion-module';
import { float64, type SpectrumMemory } from '../wasm/spectrum-memory';

/** Relative to the loudest mel, the level below which errors are no longer relative: -90 dB. */
const RELATIVE_FLOOR = 1e-9;

/** The arrays that the solver needs besides those of the filters. */
export function solverArrays({ melCount, binCount }: SparseFilterbank) {
  return {
    residual: float64(melCount),
    solution: float64(binCount),
    gradient: float64(binCount),
    step: float64(binCount),
    ahead: float64(binCount),
  };
}

type SolverMemory = SpectrumMemory<ReturnType<typeof inverseFilterArrays> & ReturnType<typeof solverArrays>, TwoWayModule>;

/** Finds, frame by frame, a power spectrum x ≥ 0 with a given mel power A·x. */
export interface SpectrumSolver {
  /** A spectrum [bins] that explains `target` [mels], valid until the next call. */
  solve(target: Float64Array): Float64Array;
}

/**
 * Non-negative least squares, min over x ≥ 0 of Σ ((A·x − b) / b)²: relative errors, since those matter to the ear and on the dB scale.
 * Accelerated projected gradient (Beck & Teboulle 2009, with O'Donoghue & Candès's restart) and steps from the diagonal majoriser
 * of AᵀWA, which exists because A has no negative entries. Of the many exact solutions it finds one close to its
 * starting point, the mel spectrum spread smoothly over the bins.
 */
export function createSpectrumSolver({ module, arrays }: SolverMemory, iterations = 20): SpectrumSolver {
  const { filterSums, binSums, mels: explained, residual, solution, gradient, step, ahead } = arrays;
  const [melCount, binCount] = [filterSums.length, binSums.length];
  const precision = new Float64Array(melCount);
  const toBins = (bins: Float64Array) => module.toBins(residual.byteOffset, bins.byteOffset);

  function start(target: Float64Array): void {
    for (let mel = 0; mel < melCount; mel++) residual[mel] = filterSums[mel]! > 0 ? target[mel]! / filterSums[mel]! : 0;
    toBins(solution);
    for (let bin = 0; bin < binCount; bin++) solution[bin] = binSums[bin]! > 0 ? solution[bin]! / binSums[bin]! : 0;
    ahead.set(solution);
  }

  function weigh(target: Float64Array): void {
    const floor = Math.max(target.reduce((a, b) => Math.max(a, b), 0) * RELATIVE_FLOOR, 1e-30);
    for (let mel = 0; mel < melCount; mel++) {
      precision[mel] = 1 / Math.max(target[mel]!, floor) ** 2;
      residual[mel] = precision[mel]! * filterSums[mel]!;
    }
    toBins(step);
    for (let bin = 0; bin < binCount; bin++) step[bin] = step[bin]! > 0 ? 1 / step[bin]! : 0;
  }

  function solve(target: Float64Array): Float64Array {
    start(target);
    weigh(target);
    let inertia = 1;
    for (let iteration = 0; iteration < iterations; iteration++) {
      module.toMels(ahead.byteOffset, explained.byteOffset);
      for (let mel = 0; mel < melCount; mel++) residual[mel] = precision[mel]! * (explained[mel]! - target[mel]!);
      toBins(gradient);
      const next = (1 + Math.sqrt(1 + 4 * inertia * inertia)) / 2;
      const share = (inertia - 1) / next;
      const slope = module.descend(solution.byteOffset, ahead.byteOffset, step.byteOffset, gradient.byteOffset, share);
      inertia = slope > 0 ? 1 : next;
    }
    return solution;
  }
  return { solve };
}
