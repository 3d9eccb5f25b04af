import type { Random } from '@cmcgan/random';

/** Estimates beside the truth, and beside what chance would give. */
export interface AgainstChance {
  readonly n: number;
  /** Mean absolute error of the estimates. */
  readonly error: number;
  /** Pearson's correlation of estimate and truth; NaN where one of them does not vary. */
  readonly correlation: number;
  /** Mean absolute error when estimates are dealt out anew among all samples. */
  readonly shuffledError: number;
  /** The same, dealt out within each group only: what knowing the group alone is worth. */
  readonly shuffledWithinError: number;
  /** Share of the shuffles (within groups), this order counted in, that do at least as well: a permutation test's p. */
  readonly pValue: number;
}

export interface Estimates {
  readonly estimates: readonly number[];
  readonly truths: readonly number[];
  /** Of each sample, its instrument for one. */
  readonly groups: readonly (string | number)[];
}

/** Compares estimates with the truth and with shuffled estimates: among all samples, and among those of one group. */
export function againstChance({ estimates, truths, groups }: Estimates, random: Random, shuffles = 999): AgainstChance {
  const n = truths.length;
  if (n === 0 || estimates.length !== n || groups.length !== n) {
    throw new RangeError(
      `againstChance: estimates, truths and groups must be equally many, and some, got ${estimates.length}, ${n}, ${groups.length}`,
    );
  }
  const error = meanAbsoluteError(estimates, truths);
  const all = repeat(shuffles, () => meanAbsoluteError(random.shuffle([...estimates]), truths));
  const within = repeat(shuffles, () => meanAbsoluteError(shuffleWithin(estimates, groups, random), truths));
  const tolerance = 1e-12 * (1 + error); // sums in another order differ in their last digits
  return {
    n,
    error,
    correlation: correlation(estimates, truths),
    shuffledError: meanOf(all),
    shuffledWithinError: meanOf(within),
    pValue: (1 + within.filter((shuffled) => shuffled <= error + tolerance).length) / (shuffles + 1),
  };
}

function shuffleWithin(values: readonly number[], groups: readonly (string | number)[], random: Random): number[] {
  const shuffled = [...values];
  for (const group of new Set(groups)) {
    const places = [...groups.keys()].filter((i) => groups[i] === group);
    const dealt = random.shuffle(places.map((place) => values[place]));
    places.forEach((place, i) => (shuffled[place] = dealt[i]));
  }
  return shuffled;
}

function meanAbsoluteError(estimates: readonly number[], truths: readonly number[]): number {
  return meanOf(truths.map((truth, i) => Math.abs(estimates[i] - truth)));
}

/** Pearson's correlation coefficient. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [product, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += (a[i] - meanA) * (b[i] - meanB);
    squareA += (a[i] - meanA) ** 2;
    squareB += (b[i] - meanB) ** 2;
  }
  return product / Math.sqrt(squareA * squareB);
}

const repeat = (times: number, draw: () => number) => Array.from({ length: times }, draw);
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
