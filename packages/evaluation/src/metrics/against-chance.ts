import type { Random } from '@cmcgan/random';

/** How good estimates are, compared with chance. */
export interface AgainstChance {
  readonly n: number;
  /** Mean absolute error of the estimates, and its 95 % interval by a bootstrap over the samples. */
  readonly error: number;
  readonly errorInterval: Interval;
  /** Share of the estimates that are off by no more than the tolerance, with its interval, and the share when shuffled within groups. */
  readonly closeShare: number;
  readonly closeInterval: Interval;
  readonly shuffledCloseShare: number;
  /** Pearson's correlation of estimate and truth; NaN if either does not vary. */
  readonly correlation: number;
  /** Mean absolute error when the estimates are shuffled among all samples. */
  readonly shuffledError: number;
  /** The same, shuffled only within each group: the error of an estimate that knows nothing but the group. */
  readonly shuffledWithinError: number;
  /** The p-value of a permutation test: the share of shuffles within groups, the given order included, with an error no larger. */
  readonly pValue: number;
}

/** Lower and upper bound. */
export type Interval = readonly [low: number, high: number];

export interface Estimates {
  readonly estimates: readonly number[];
  readonly truths: readonly number[];
  /** The group of each sample, for instance its instrument. */
  readonly groups: readonly (string | number)[];
  /** How far off an estimate may be to count as close. Default 1. */
  readonly tolerance?: number;
}

/** Compares estimates with the truth and with shuffled estimates: among all samples, and among those of one group. */
export function againstChance(
  { estimates, truths, groups, tolerance = 1 }: Estimates,
  random: Random,
  shuffles = 999,
): AgainstChance {
  const n = truths.length;
  if (n === 0 || estimates.length !== n || groups.length !== n) {
    throw new RangeError(
      `againstChance: estimates, truths and groups must have the same length, at least 1, got ${estimates.length}, ${n}, ${groups.length}`,
    );
  }
  const close = (errors: readonly number[]) => meanOf(errors.map((error) => (error <= tolerance ? 1 : 0)));
  const errors = absoluteErrors(estimates, truths);
  const error = meanOf(errors);
  const all = repeat(shuffles, () => meanOf(absoluteErrors(random.shuffle([...estimates]), truths)));
  const shuffled = repeat(shuffles, () => absoluteErrors(shuffleWithin(estimates, groups, random), truths));
  const within = shuffled.map(meanOf);
  const resamples = random.fork('bootstrap');
  const drawn = repeat(shuffles, () => errors.map(() => errors[resamples.integer(n)]));
  const rounding = 1e-12 * (1 + error); // summing in another order changes the last digits
  return {
    n,
    error,
    errorInterval: middle95(drawn.map(meanOf)),
    closeShare: close(errors),
    closeInterval: middle95(drawn.map(close)),
    shuffledCloseShare: meanOf(shuffled.map(close)),
    correlation: correlation(estimates, truths),
    shuffledError: meanOf(all),
    shuffledWithinError: meanOf(within),
    pValue: (1 + within.filter((mean) => mean <= error + rounding).length) / (shuffles + 1),
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

function absoluteErrors(estimates: readonly number[], truths: readonly number[]): number[] {
  return truths.map((truth, i) => Math.abs(estimates[i] - truth));
}

/** The range of the middle 95 % of values. */
function middle95(values: readonly number[]): Interval {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
  return [at(0.025), at(0.975)];
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

const repeat = <T>(times: number, draw: () => T): T[] => Array.from({ length: times }, draw);
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
