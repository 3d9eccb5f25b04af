import { type Direction, DIRECTIONS, endOf, type GeneratedRole, MODALITIES, type Output, WAYS } from '@cmcgan/model';
import type { Answers } from '../evaluate-model';
import { clusterBootstrap, type ClusterBootstrapOptions, type ClusterMean } from '../metrics/cluster-bootstrap';

/** One training of a variant, as the judge answered for it. */
export interface ComparedRun {
  readonly variant: string;
  readonly answers: Answers;
}

/** The accuracy of a variant's samples over all its runs. */
export interface PooledAccuracy {
  readonly direction: Direction;
  readonly variant: string;
  readonly output: Output;
  readonly runs: number;
  /** Over pairs, each with the share of the runs that are right about it. */
  readonly accuracy: ClusterMean;
}

/** How much more often the main variant is right than another, about the same pairs. */
export interface PooledDifference {
  readonly direction: Direction;
  readonly output: Output;
  readonly main: string;
  readonly other: string;
  readonly runs: readonly [main: number, other: number];
  /** Over pairs; the interval excludes 0 where the difference is more than chance. */
  readonly difference: ClusterMean;
}

/** Variants compared on the same test pairs. */
export interface Comparison {
  readonly pairs: number;
  readonly accuracies: readonly PooledAccuracy[];
  readonly differences: readonly PooledDifference[];
}

export interface CompareOptions extends ClusterBootstrapOptions {
  /** The variant that the others are compared with; default: the first run's. */
  readonly main?: string;
}

/** The shares of a variant's runs that are right, pair by pair. */
interface Pooled extends Omit<PooledAccuracy, 'accuracy'> {
  readonly shares: readonly number[];
}

/**
 * Pools the runs of each variant, such as those of several seeds, and compares the main variant with every other along the way that each is tested with: the
 * path's end if it has one (the paper's FR_*), else the direct output. For the main variant's direct output likewise. Intervals are bootstrapped over
 * pairs, so that all answers about a pair move together.
 *
 * @param classIds of the test pairs, in the order of the answers
 * @throws if a run has another number of answers, or none is of the main variant
 */
export function compareVariants(
  classIds: readonly number[],
  runs: readonly ComparedRun[],
  { main = runs[0]?.variant, ...bootstrap }: CompareOptions = {},
): Comparison {
  assertComparable(classIds, runs, main);
  const variants = [...new Set([main, ...runs.map(({ variant }) => variant)])];
  const pooled = DIRECTIONS.flatMap((direction) => variants.flatMap((variant) => pool(direction, variant, { classIds, runs })));
  return {
    pairs: classIds.length,
    accuracies: pooled.map(({ shares, ...rest }) => ({ ...rest, accuracy: clusterBootstrap(shares, bootstrap) })),
    differences: pooled
      .filter(({ variant }) => variant === main)
      .flatMap((ours) => tested(pooled, ours.direction, main).map((other) => differenceOf(ours, other, bootstrap))),
  };
}

function pool(
  direction: Direction,
  variant: string,
  { classIds, runs }: { classIds: readonly number[]; runs: readonly ComparedRun[] },
): Pooled[] {
  const ways = WAYS.filter(({ from }) => from === MODALITIES[direction].from);
  return ways.flatMap((way) => {
    const answers = runs.filter((run) => run.variant === variant).flatMap((run) => answersOf(run, endOf(way)));
    if (answers.length === 0) return [];
    const shares = classIds.map((id, i) => answers.filter((named) => named[i] === id).length / answers.length);
    return [{ direction, variant, output: way.output, runs: answers.length, shares }];
  });
}

const answersOf = ({ answers }: ComparedRun, role: GeneratedRole) => {
  const found = answers[role];
  return found === undefined ? [] : [found];
};

/** The other variants in the output that they are tested with, which comes first. */
function tested(pooled: readonly Pooled[], direction: Direction, main: string): Pooled[] {
  const others = pooled.filter((each) => each.direction === direction && each.variant !== main);
  return others.filter((each, i) => others.findIndex(({ variant }) => variant === each.variant) === i);
}

function differenceOf(ours: Pooled, other: Pooled, bootstrap: ClusterBootstrapOptions): PooledDifference {
  return {
    ...{ direction: ours.direction, output: ours.output, main: ours.variant, other: other.variant },
    runs: [ours.runs, other.runs],
    difference: clusterBootstrap(
      ours.shares.map((share, i) => share - other.shares[i]),
      bootstrap,
    ),
  };
}

function assertComparable(classIds: readonly number[], runs: readonly ComparedRun[], main: string | undefined): void {
  if (!runs.some(({ variant }) => variant === main)) {
    throw new Error(`compareVariants: runs must hold one of the main variant ${main ?? ''}, got ${runs.length}`);
  }
  for (const { variant, answers } of runs) {
    const odd = Object.entries(answers).find(([, named]) => named.length !== classIds.length);
    if (odd === undefined) continue;
    throw new Error(
      `compareVariants: each run must have an answer for each of ${classIds.length} pairs, got ${odd[1].length} of ${variant} along ${odd[0]}`,
    );
  }
}
