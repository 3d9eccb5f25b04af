import type { Random } from '@cmcgan/random';

/** Whether each sample is classified rightly: with both modalities, and in each of the ways to do without one of them. */
export interface Outcomes<Strategy extends string> {
  readonly complete: readonly boolean[];
  readonly missing: Readonly<Record<Strategy, readonly boolean[]>>;
}

/** Correct classifications at one rate of missing samples. */
export interface SweepPoint<Strategy extends string> {
  /** Share of the samples that lack the modality, 0 to 1. */
  readonly rate: number;
  readonly missing: number;
  readonly n: number;
  readonly correct: Readonly<Record<Strategy, number>>;
}

/**
 * Accuracy as ever more samples lack a modality. Which ones is drawn once: who lacks it at one rate lacks it at all higher ones, and
 * all strategies face the same.
 */
export function missingRateSweep<Strategy extends string>(
  { complete, missing }: Outcomes<Strategy>,
  rates: readonly number[],
  random: Random,
): SweepPoint<Strategy>[] {
  const n = complete.length;
  const strategies = Object.keys(missing) as Strategy[];
  const odd = strategies.find((strategy) => missing[strategy].length !== n);
  if (odd) throw new RangeError(`missingRateSweep: ${odd} must have the ${n} outcomes of complete, got ${missing[odd].length}`);
  const bad = rates.find((rate) => !(rate >= 0 && rate <= 1));
  if (bad !== undefined) throw new RangeError(`missingRateSweep: rates must lie between 0 and 1, got ${bad}`);
  const order = random.shuffle([...complete.keys()]);
  return rates.map((rate) => {
    const count = Math.round(rate * n);
    const lacking = new Set(order.slice(0, count));
    const correctOf = (strategy: Strategy) =>
      complete.filter((right, i) => (lacking.has(i) ? missing[strategy][i] : right)).length;
    const correct = Object.fromEntries(strategies.map((strategy) => [strategy, correctOf(strategy)])) as Record<Strategy, number>;
    return { rate, missing: count, n, correct };
  });
}
