import type { LabelledPair, TrainedClassifier } from '@cmcgan/classifier';
import { type Direction, DIRECTIONS, endOf, type GeneratedRole, otherModality, type Way } from '@cmcgan/model';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { EvaluatedModel, NamedModel } from './evaluated-model';
import type { OnProgress } from './evaluation-data';
import { judgeSamples } from './judges/judge-samples';
import { firstOfEachClass, measureDiversity, type DiversityMeasure } from './measures/diversity';
import { measureFrechet, type FrechetMeasure } from './measures/frechet';
import { describeSample, type Descriptors } from './measures/describe-sample';
import { measureGroundTruth, type DescribedWay, type GroundTruthMeasure } from './measures/ground-truth';
import { measureMissingRate, type MissingRateMeasure } from './measures/missing-rate';
import { measurePrecisionRecall, type PrecisionRecallMeasure } from './measures/precision-recall';
import { measureRetrieval, type RetrievalMeasure } from './measures/retrieval';
import { scoreGenerated } from './measures/score-generated';
import { measureSoundQuality, type SoundQuality } from './measures/sound-quality';
import type { Reference } from './reference';
import { eachRealBatch, splitBatch } from './samples/batches';
import { byDirection } from './samples/directions';
import { table1, type Table1 } from './tables/table1';
import { table2, type Table2 } from './tables/table2';

/** Every figure of one model. */
export interface ModelFigures {
  readonly table1: Table1;
  readonly table2: Table2;
  readonly frechet: Readonly<Record<Direction, FrechetMeasure | null>>;
  readonly retrieval: RetrievalMeasure | null;
  readonly diversity: Readonly<Record<Direction, DiversityMeasure | null>>;
  readonly precisionRecall: Readonly<Record<Direction, PrecisionRecallMeasure | null>>;
  readonly missingRate: MissingRateMeasure;
  readonly groundTruth: GroundTruthMeasure | null;
  /** Null without recordings, or if the model generates no sounds. */
  readonly soundQuality: SoundQuality | null;
  /** The class ids that the judge named for the samples generated from the test pairs, by way: 'AAV' for A→A→V. For paired comparisons of models. */
  readonly answers: Answers;
}

/** Predicted class ids in the order of the test pairs, by the way that the judged samples were generated along. */
export type Answers = Readonly<Partial<Record<GeneratedRole, readonly number[]>>>;

/** Inputs of each class for measuring diversity. */
const DIVERSITY_PER_CLASS = 2;
/** Retrieval uses at most this many candidates, since N candidates are N² pairs. */
const MAX_CANDIDATES = 500;

/** Measures a model on the reference's pairs. The same reference gives the same figures on the same backend. */
export async function evaluateModel(
  { name, variant, model, weights, taught }: NamedModel,
  reference: Reference,
  { onProgress }: { readonly onProgress?: OnProgress } = {},
): Promise<ModelFigures> {
  const { data, judges, seed, train, test } = reference;
  const describer = createDescriber(model.ways);
  const controls = { judges, seed, onProgress };
  const trainOutcomes = await scoreGenerated(
    { model, data, pairs: train.pairs },
    { ...controls, task: `${name}: from training inputs` },
  );
  const testOutcomes = await scoreGenerated(
    { model, data, pairs: test.pairs },
    { ...controls, taught, task: `${name}: from test inputs`, onGenerated: reference.truth ? describer.describe : undefined },
  );
  const { classNames } = judges;
  const learnt = { weights, taughtReal: taught && (await classifyReal(taught, data, test.pairs)) };
  return {
    table1: table1({ train: trainOutcomes, test: testOutcomes }, { variant, classNames }),
    table2: table2(test, testOutcomes, { variant, classNames, seed, ...learnt }),
    frechet: byDirection((direction) => measureFrechet(direction, testOutcomes, { train, test })),
    retrieval: await measureRetrieval(model, data, test.pairs.slice(0, MAX_CANDIDATES)),
    diversity: await diversityOf(model, reference),
    precisionRecall: byDirection((direction) => measurePrecisionRecall(direction, testOutcomes, { train, test })),
    answers: Object.fromEntries(testOutcomes.map(({ way, predictions }) => [endOf(way), predictions])),
    missingRate: measureMissingRate(test, testOutcomes, { seed, ...learnt }),
    groundTruth:
      reference.truth && measureGroundTruth(reference.truth, { pairs: test.pairs, generated: describer.generated }, seed),
    soundQuality: reference.sounds && (await measureSoundQuality(model, data, { reference: reference.sounds, seed })),
  };
}

/** Log-probabilities of the classes that a classifier of images and sounds gives real pairs. */
async function classifyReal(
  taught: TrainedClassifier,
  data: Reference['data'],
  pairs: readonly LabelledPair[],
): Promise<Float32Array[]> {
  const found: Float32Array[] = [];
  await eachRealBatch(data, pairs, async ({ images, sounds }) => {
    const { logProbabilities } = await judgeSamples(taught, { images, sounds }, data.decibelRange);
    found.push(...logProbabilities);
  });
  return found;
}

async function diversityOf(model: EvaluatedModel, { data, test, seed }: Reference): Promise<ModelFigures['diversity']> {
  const inputs = { model, data, pairs: firstOfEachClass(test.pairs, DIVERSITY_PER_CLASS), realPairs: test.pairs };
  const measured: [Direction, DiversityMeasure | null][] = [];
  for (const direction of DIRECTIONS) measured.push([direction, await measureDiversity(direction, inputs, seed)]);
  return Object.fromEntries(measured) as ModelFigures['diversity'];
}

/** Collects descriptors of generated samples for the regressors. */
function createDescriber(ways: readonly Way[]) {
  const generated = ways.map((way) => ({ way, descriptors: [] as Descriptors[] })) satisfies readonly DescribedWay[];
  const describe = async (way: Way, samples: Tensor4D) => {
    const { descriptors } = generated[ways.indexOf(way)];
    for (const values of await splitBatch(samples)) descriptors.push(describeSample(values, otherModality(way.from)));
  };
  return { generated, describe };
}
