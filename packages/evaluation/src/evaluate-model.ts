import { type Direction, DIRECTIONS, otherModality, type Way } from '@cmcgan/model';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { EvaluatedModel, NamedModel } from './evaluated-model';
import type { OnProgress } from './evaluation-data';
import { measureDiversity } from './measures/diversity';
import { measureFrechet, type FrechetMeasure } from './measures/frechet';
import { describeSample, measureGroundTruth, type DescribedWay, type GroundTruthMeasure } from './measures/ground-truth';
import { measureMissingRate, type MissingRateMeasure } from './measures/missing-rate';
import { measureRetrieval, type RetrievalMeasure } from './measures/retrieval';
import { scoreGenerated } from './measures/score-generated';
import { firstOfEachClass, measureSoundQuality, type SoundQuality } from './measures/sound-quality';
import type { LatentDiversity } from './metrics/latent-diversity';
import type { Reference } from './reference';
import { splitBatch } from './samples/batches';
import { byDirection } from './samples/directions';
import { table1, type Table1 } from './tables/table1';
import { table2, type Table2 } from './tables/table2';

/** Every figure of one model. */
export interface ModelFigures {
  readonly table1: Table1;
  readonly table2: Table2;
  readonly frechet: Readonly<Record<Direction, FrechetMeasure | null>>;
  readonly retrieval: RetrievalMeasure | null;
  readonly diversity: Readonly<Record<Direction, LatentDiversity | null>>;
  readonly missingRate: MissingRateMeasure;
  readonly groundTruth: GroundTruthMeasure | null;
  /** Null without recordings, or if the model generates no sounds. */
  readonly soundQuality: SoundQuality | null;
}

/** Inputs of each class for measuring diversity. */
const DIVERSITY_PER_CLASS = 2;
/** Retrieval uses at most this many candidates, since N candidates are N² pairs. */
const MAX_CANDIDATES = 500;

/** Measures a model on the reference's pairs. The same reference gives the same figures on the same backend. */
export async function evaluateModel(
  { name, variant, model }: NamedModel,
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
    { ...controls, task: `${name}: from test inputs`, onGenerated: reference.truth ? describer.describe : undefined },
  );
  const { classNames } = judges;
  return {
    table1: table1({ train: trainOutcomes, test: testOutcomes }, { variant, classNames }),
    table2: table2(test, testOutcomes, { variant, classNames }),
    frechet: byDirection((direction) => measureFrechet(direction, testOutcomes, { train, test })),
    retrieval: await measureRetrieval(model, data, test.pairs.slice(0, MAX_CANDIDATES)),
    diversity: await diversityOf(model, reference),
    missingRate: measureMissingRate(test, testOutcomes, seed),
    groundTruth:
      reference.truth && measureGroundTruth(reference.truth, { pairs: test.pairs, generated: describer.generated }, seed),
    soundQuality: reference.sounds && (await measureSoundQuality(model, data, { reference: reference.sounds, seed })),
  };
}

async function diversityOf(model: EvaluatedModel, { data, test, seed }: Reference): Promise<ModelFigures['diversity']> {
  const pairs = firstOfEachClass(test.pairs, DIVERSITY_PER_CLASS);
  const measured: [Direction, LatentDiversity | null][] = [];
  for (const direction of DIRECTIONS) measured.push([direction, await measureDiversity(direction, { model, data, pairs }, seed)]);
  return Object.fromEntries(measured) as ModelFigures['diversity'];
}

/** Collects descriptors of generated samples for the regressors. */
function createDescriber(ways: readonly Way[]) {
  const generated: readonly DescribedWay[] = ways.map((way) => ({ way, descriptors: [] }));
  const describe = async (way: Way, samples: Tensor4D) => {
    const { descriptors } = generated[ways.indexOf(way)];
    for (const values of await splitBatch(samples)) descriptors.push(describeSample(values, otherModality(way.from)));
  };
  return { generated, describe };
}
