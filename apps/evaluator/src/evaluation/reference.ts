import { createRandom } from '@cmcgan/random';
import type { Dataset, Pair } from '@cmcgan/sub-urmp';
import type { Modality } from '@cmcgan/model';
import type { Judges } from '../judge/judges';
import type { Progress } from '@cmcgan/command-line';
import {
  describeReal,
  fitTruthRegressors,
  type Descriptors,
  type KnownTruth,
  type TruthRegressors,
} from './measure-ground-truth';
import { scoreReal, type RealOutcome } from './score-real';

/** What every model is measured against: the data, the judges, and what these make of real pairs. */
export interface Reference {
  readonly dataset: Dataset;
  readonly judges: Judges;
  readonly seed: number;
  readonly train: RealOutcome;
  readonly test: RealOutcome;
  /** Of simulated data; null of any other. */
  readonly truth: {
    readonly truth: KnownTruth;
    readonly regressors: TruthRegressors;
    readonly real: Record<Modality, Descriptors>;
  } | null;
}

export interface ReferenceOptions {
  readonly judges: Judges;
  /** Of simulated data; null of any other. */
  readonly truth: KnownTruth | null;
  readonly seed: number;
  /** At most so many pairs of either split, drawn by the seed. */
  readonly limit: number;
  readonly progress: Progress;
}

/** Scores real pairs once, for all models. `test` is the data set's validation split. */
export async function measureReference(
  dataset: Dataset,
  { judges, truth, seed, limit, progress }: ReferenceOptions,
): Promise<Reference> {
  const trainPairs = drawPairs(dataset.splits.train, limit, seed);
  const testPairs = drawPairs(dataset.splits.validation, limit, seed);
  const train = await scoreReal(dataset, { pairs: trainPairs, judges, progress, fused: false });
  const test = await scoreReal(dataset, { pairs: testPairs, judges, progress, fused: true });
  if (truth === null) return { dataset, judges, seed, train, test, truth };
  const regressors = await fitTruthRegressors(dataset, truth, seed);
  return { dataset, judges, seed, train, test, truth: { truth, regressors, real: await describeReal(dataset, testPairs) } };
}

/** All pairs, or as many as the limit allows, drawn by the seed; in their order either way. */
function drawPairs(pairs: readonly Pair[], limit: number, seed: number): Pair[] {
  if (pairs.length <= limit) return [...pairs];
  const order = createRandom(seed)
    .fork('pairs')
    .shuffle([...pairs.keys()]);
  return order
    .slice(0, limit)
    .sort((a, b) => a - b)
    .map((index) => pairs[index]);
}
