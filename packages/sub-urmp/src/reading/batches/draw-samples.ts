import type { Random } from '@cmcgan/random';

/**
 * How often an epoch draws the pairs of each class, by name: β of the share n^(1 - β) / Σ n^(1 - β) of a class with n pairs. To add one: one row.
 */
export const SAMPLINGS = {
  /** Every pair once. */
  shuffled: 0,
  /** Between the two: pairs of a class four times as small are drawn twice as often. */
  'square-root': 0.5,
  /** Every class equally often. */
  balanced: 1,
} as const;

/** Name of a sampling. */
export type Sampling = keyof typeof SAMPLINGS;

export const SAMPLING_NAMES = Object.keys(SAMPLINGS) as [Sampling, ...Sampling[]];

/**
 * Draws the samples of an epoch, as many as there are, in random order. Classes have the shares of {@link SAMPLINGS}, rounded at random so that
 * they are right on average; within a class, no sample is drawn a second time more than any other.
 *
 * @returns indices into `classIds`
 */
export function drawSamples(classIds: readonly number[], sampling: Sampling, random: Random): number[] {
  const all = classIds.map((_, index) => index);
  if (sampling === 'shuffled') return random.shuffle(all);
  const classes = [...new Set(classIds)].map((id) => all.filter((index) => classIds[index] === id));
  const weights = classes.map(({ length }) => length ** (1 - SAMPLINGS[sampling]));
  const counts = roundedShares(weights, all.length, random);
  return random.shuffle(classes.flatMap((members, at) => repeated(members, counts[at], random)));
}

/** Whole numbers that sum to `total`, in proportion to the weights on average: each is its share rounded up or down. */
function roundedShares(weights: readonly number[], total: number, random: Random): number[] {
  const sum = weights.reduce((before, weight) => before + weight, 0);
  let end = random.uniform();
  let given = 0;
  return weights.map((weight, at) => {
    end += (total * weight) / sum;
    const count = (at === weights.length - 1 ? total : Math.floor(end)) - given; // the last sum may be off by rounding
    given += count;
    return count;
  });
}

/** `count` draws, all members once before any comes again. */
function repeated(members: readonly number[], count: number, random: Random): number[] {
  const drawn: number[] = [];
  while (drawn.length < count) drawn.push(...random.shuffle([...members]).slice(0, count - drawn.length));
  return drawn;
}
