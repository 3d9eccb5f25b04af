import type { Random } from '@cmcgan/random';

/** The difference of two accuracies on the same samples, with its 95 % interval. */
export interface PairedDifference {
  /** Accuracy of the first minus that of the second, -1 to 1. */
  readonly difference: number;
  readonly interval: readonly [low: number, high: number];
}

const RESAMPLES = 10_000;

/**
 * How much more often one method is right than another, on the same samples: a percentile bootstrap over samples and, if there are several
 * repetitions (seeds), over those too. Samples are drawn once for all repetitions, since what is hard for one seed is hard for the others.
 *
 * @param first whether each sample is classified correctly, [repetitions][samples]
 * @param second the same of the other method, for the same samples and repetitions
 */
export function pairedDifference(
  first: readonly (readonly boolean[])[],
  second: readonly (readonly boolean[])[],
  random: Random,
): PairedDifference {
  const gains = first.map((row, r) => {
    if (row.length === second[r]?.length) return row.map((right, i) => Number(right) - Number(second[r][i]));
    throw new RangeError(`pairedDifference: second must have ${row.length} samples in row ${r}, got ${second[r]?.length ?? 0}`);
  });
  const [repetitions, samples] = [gains.length, gains[0].length];
  const means = Array.from({ length: RESAMPLES }, () => {
    const rows = Array.from({ length: repetitions }, () => gains[random.integer(repetitions)]);
    let sum = 0;
    for (let i = 0; i < samples; i++) {
      const drawn = random.integer(samples);
      for (const row of rows) sum += row[drawn];
    }
    return sum / (repetitions * samples);
  }).sort((a, b) => a - b);
  const total = gains.flat().reduce((sum, gain) => sum + gain, 0);
  const at = (share: number) => means[Math.round(share * (RESAMPLES - 1))];
  return { difference: total / (repetitions * samples), interval: [at(0.025), at(0.975)] };
}
