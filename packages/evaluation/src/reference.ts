import type { LabelledPair, RobustClassifier } from '@cmcgan/classifier';
import { createRandom } from '@cmcgan/random';
import type { EvaluationData, OnProgress } from './evaluation-data';
import type { Judges } from './judges/judges';
import { describeReal, fitTruthRegressors, type KnownTruth, type TruthReference } from './measures/ground-truth';
import { scoreReal, type RealOutcome } from './measures/score-real';
import { describeRecordings, type SoundReference } from './measures/sound-quality';

/** What every model is measured against: the data, the judges, and the judges' scores on real pairs. */
export interface Reference {
  readonly data: EvaluationData;
  readonly judges: Judges;
  readonly seed: number;
  readonly train: RealOutcome;
  readonly test: RealOutcome;
  /** Null unless the data are simulated. */
  readonly truth: TruthReference | null;
  /** Null if no sounds are compared, or the data have no recordings to load. */
  readonly sounds: SoundReference | null;
}

/** The data and judges that models are measured with. */
export interface ReferenceParts {
  readonly data: EvaluationData;
  readonly judges: Judges;
  /** The ground truth of simulated data; with it, pitch and loudness are measured too. */
  readonly truth?: KnownTruth | null;
  /** Classifiers that do without a modality, for the sweep over missing rates: see `trainRobustClassifier` of @cmcgan/classifier. */
  readonly robust?: readonly RobustClassifier[];
}

/** How many pairs are used, and the seed. */
export interface EvaluationControls {
  /** For latents and random choices. Default 1. */
  readonly seed?: number;
  /** Use at most this many pairs of each split, chosen by the seed. Default 2000. */
  readonly limit?: number;
  /** Test pairs of each class whose sounds are rendered and compared with the recordings; 0: none. Default 4. */
  readonly soundPairs?: number;
  readonly onProgress?: OnProgress;
}

/** Scores real pairs once, for all models. @throws if a split is empty, or if judges and data have different classes */
export async function measureReference(
  { data, judges, truth = null, robust }: ReferenceParts,
  { seed = 1, limit = 2000, soundPairs = 4, onProgress }: EvaluationControls = {},
): Promise<Reference> {
  assertMeasurable({ data, judges }, { limit, soundPairs });
  const trainPairs = drawPairs(data.splits.train, limit, seed);
  const testPairs = drawPairs(data.splits.validation, limit, seed);
  const train = await scoreReal(data, trainPairs, { judges, onProgress, fused: false });
  const test = await scoreReal(data, testPairs, { judges, robust, onProgress, fused: true });
  const sounds = await describeRecordings(data, testPairs, soundPairs);
  if (truth === null) return { data, judges, seed, train, test, truth, sounds };
  const regressors = await fitTruthRegressors(data, truth, seed);
  const real = await describeReal(data, testPairs);
  return { data, judges, seed, train, test, truth: { truth, regressors, real }, sounds };
}

function assertMeasurable(
  { data, judges }: Pick<ReferenceParts, 'data' | 'judges'>,
  { limit, soundPairs }: { limit: number; soundPairs: number },
): void {
  if (!(Number.isSafeInteger(limit) && limit >= 2)) {
    throw new RangeError(`evaluate: limit must be a whole number of at least 2, got ${limit}`);
  }
  if (!(Number.isSafeInteger(soundPairs) && soundPairs >= 0)) {
    throw new RangeError(`evaluate: soundPairs must be a whole number of at least 0, got ${soundPairs}`);
  }
  for (const split of ['train', 'validation'] as const) {
    if (data.splits[split].length === 0) throw new Error(`evaluate: data must have pairs in its ${split} split, got none`);
  }
  const [known, named] = [judges.classNames, data.classNames];
  if (known.length !== named.length || known.some((name, id) => name !== named[id])) {
    throw new Error(`evaluate: judges must have the classes of the data, ${named.join(', ')}, got ${known.join(', ')}`);
  }
}

/** All pairs, or as many as the limit allows, chosen by the seed; in their original order. */
function drawPairs(pairs: readonly LabelledPair[], limit: number, seed: number): LabelledPair[] {
  if (pairs.length <= limit) return [...pairs];
  const order = createRandom(seed)
    .fork('pairs')
    .shuffle([...pairs.keys()]);
  return order
    .slice(0, limit)
    .sort((a, b) => a - b)
    .map((index) => pairs[index]);
}
