import { createRandom } from '@cmcgan/random';
import { splitPart, type Dataset, type Pair } from '@cmcgan/sub-urmp';
import type { JudgedSource } from '@cmcgan/training/node';
import type { TrainingData } from '../data/open-training-data';
import type { TrainerOptions } from '../options/trainer-options';

/** Which pairs choose the best epoch. */
export interface JudgedPairs {
  readonly source: JudgedSource;
  /** Why these, for people. */
  readonly reason: string;
  readonly pairs: readonly Pair[];
}

/** The pairs of a run, told apart. */
export interface ChosenPairs {
  /** Null where nothing is judged. */
  readonly judged: JudgedPairs | null;
  /** What is trained on; `held` pairs are not among it. */
  readonly trained: readonly Pair[];
  /** All that was set aside, of which `judged` is a part; empty where nothing was. */
  readonly held: readonly Pair[];
}

/** The share of songs that is set aside, class by class. */
const HELD_SHARE = 0.05;
/** Setting pairs aside is affordable where every class keeps this share of its own. */
const KEPT_SHARE = 0.8;
/** Judged pairs of a class, at most. */
const PAIRS_PER_CLASS = 5;

/** What decides which pairs are judged. */
export interface JudgingOptions extends Pick<TrainerOptions, 'seed'> {
  readonly judge: Pick<TrainerOptions['judge'], 'source' | 'pairs'>;
}
type Splits = Pick<Dataset, 'splits'>;

/**
 * Decides which pairs choose the best epoch (docs/decisions/2026-11-22-best-epoch.md). 'auto' sets songs of the training split aside where
 * every class can spare them, and takes training pairs where not; validation pairs are taken only where that is asked for.
 */
export function choosePairs({ splits }: Splits, { judge, seed }: JudgingOptions): ChosenPairs {
  const { train, validation } = splits;
  if (judge.source === null) return { judged: null, trained: train, held: [] };
  const judgedOf = (source: JudgedSource, reason: string, pool: readonly Pair[]): JudgedPairs => ({
    ...{ source, reason },
    pairs: someOfEachClass(pool, seed),
  });
  if (judge.pairs === 'validation') {
    return { judged: judgedOf('validation', 'asked for with --judge-pairs validation', validation), trained: train, held: [] };
  }
  const { part, rest } = splitPart(train, { share: HELD_SHARE, seed });
  const affordable = leastKept(train, rest) >= KEPT_SHARE;
  if (judge.pairs === 'held' || (judge.pairs === 'auto' && affordable)) {
    const reason = 'songs set aside from the training split';
    return { judged: judgedOf('held', reason, part), trained: rest, held: part };
  }
  const reason =
    judge.pairs === 'auto' ? 'no class may lose more than a fifth of its training pairs' : 'asked for with --judge-pairs train';
  return { judged: judgedOf('train', reason, train), trained: train, held: [] };
}

/** The data of a run as it trains on them: without the pairs that are set aside to choose the best epoch. */
export function setPairsAside(data: TrainingData, options: JudgingOptions): { data: TrainingData; chosenPairs: ChosenPairs } {
  const { dataset } = data;
  const chosenPairs = choosePairs(dataset, options);
  const splits = { ...dataset.splits, train: chosenPairs.trained };
  return { data: { ...data, dataset: { ...dataset, splits } }, chosenPairs };
}

/** The smallest share of its pairs that a class keeps. */
function leastKept(all: readonly Pair[], kept: readonly Pair[]): number {
  const count = (pairs: readonly Pair[], classId: number) => pairs.filter((pair) => pair.classId === classId).length;
  const classIds = [...new Set(all.map(({ classId }) => classId))];
  return Math.min(...classIds.map((classId) => count(kept, classId) / count(all, classId)));
}

/** A few pairs of each class, fixed by the seed, in the order that they have in the pool. */
function someOfEachClass(pool: readonly Pair[], seed: number): Pair[] {
  const order = createRandom(seed)
    .fork('judged pairs')
    .shuffle([...pool]);
  const taken = new Map<number, number>();
  const chosen = new Set(
    order.filter(({ classId }) => {
      const count = taken.get(classId) ?? 0;
      taken.set(classId, count + 1);
      return count < PAIRS_PER_CLASS;
    }),
  );
  return pool.filter((pair) => chosen.has(pair));
}
