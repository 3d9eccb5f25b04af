import { createRandom } from '@cmcgan/random';
import { splitPart, type Dataset, type Pair } from '@cmcgan/sub-urmp';
import type { JudgedSource } from '@cmcgan/training/node';
import type { TrainingData } from '../data/open-training-data';
import type { TrainerOptions } from '../options/trainer-options';

/** The pairs that choose the best epoch. */
export interface JudgedPairs {
  readonly source: JudgedSource;
  /** Why these were chosen, for people. */
  readonly reason: string;
  readonly pairs: readonly Pair[];
}

/** The pairs of a run, divided by use. */
export interface ChosenPairs {
  /** Null if nothing is judged. */
  readonly judged: JudgedPairs | null;
  /** Pairs to train on, without the `held` ones. */
  readonly trained: readonly Pair[];
  /** All pairs held out from training, of which `judged` is a part; empty if none were. */
  readonly held: readonly Pair[];
}

/** Share of the songs of each class that is held out. */
const HELD_SHARE = 0.05;
/** Pairs are held out by 'auto' only if every class keeps at least this share of its pairs. */
const KEPT_SHARE = 0.8;
/** Most judged pairs per class. */
const PAIRS_PER_CLASS = 5;

/** The options that decide which pairs are judged. */
export interface JudgingOptions extends Pick<TrainerOptions, 'seed'> {
  readonly judge: Pick<TrainerOptions['judge'], 'source' | 'pairs'>;
}
type Splits = Pick<Dataset, 'splits'>;

/**
 * Chooses the pairs that choose the best epoch (docs/decisions/2026-11-22-best-epoch.md). 'auto' holds out songs of the training split if
 * every class can spare them, and otherwise uses training pairs; validation pairs are used only if asked for.
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

/** The data that a run trains on, without the pairs held out to choose the best epoch. */
export function setPairsAside(data: TrainingData, options: JudgingOptions): { data: TrainingData; chosenPairs: ChosenPairs } {
  const { dataset } = data;
  const chosenPairs = choosePairs(dataset, options);
  const splits = { ...dataset.splits, train: chosenPairs.trained };
  return { data: { ...data, dataset: { ...dataset, splits } }, chosenPairs };
}

/** The share of its pairs that a class keeps, for the class that keeps the smallest. */
function leastKept(all: readonly Pair[], kept: readonly Pair[]): number {
  const count = (pairs: readonly Pair[], classId: number) => pairs.filter((pair) => pair.classId === classId).length;
  const classIds = [...new Set(all.map(({ classId }) => classId))];
  return Math.min(...classIds.map((classId) => count(kept, classId) / count(all, classId)));
}

/** At most {@link PAIRS_PER_CLASS} pairs of each class, chosen by the seed, in the pool's order. */
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
