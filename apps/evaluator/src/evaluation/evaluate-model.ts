import { type Way, DIRECTIONS, type Direction, otherModality } from '@cmcgan/model';
import type { LoadedModel } from '@cmcgan/model/node';
import type { Pair } from '@cmcgan/sub-urmp';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { LatentDiversity } from '../metrics/latent-diversity';
import type { Progress } from '@cmcgan/command-line';
import { table1, type Table1 } from '../tables/table1';
import { table2, type Table2 } from '../tables/table2';
import { measureDiversity } from './measure-diversity';
import { measureFrechet, type FrechetMeasure } from './measure-frechet';
import { measureGroundTruth, type Descriptors, type GroundTruthMeasure } from './measure-ground-truth';
import { measureMissingRate, type MissingRateMeasure } from './measure-missing-rate';
import { measureRetrieval, type RetrievalMeasure } from './measure-retrieval';
import type { Reference } from './reference';
import { sampleDescriptor } from './sample-descriptor';
import { scoreGenerated } from './score-generated';

/** Every figure of one model. */
export interface ModelFigures {
  readonly table1: Table1;
  readonly table2: Table2;
  readonly frechet: Readonly<Record<Direction, FrechetMeasure | null>>;
  readonly retrieval: RetrievalMeasure | null;
  readonly diversity: Readonly<Record<Direction, LatentDiversity | null>>;
  readonly missingRate: MissingRateMeasure;
  readonly groundTruth: GroundTruthMeasure | null;
}

export interface EvaluateModelOptions {
  readonly name: string;
  readonly variant: string;
  readonly progress: Progress;
}

/** Inputs for the diversity of each class, and for retrieval at most so many candidates: N candidates are N² pairs. */
const DIVERSITY_PER_CLASS = 2;
const MAX_CANDIDATES = 500;

/** Measures a model on the reference's pairs. The same reference and seed give the same figures on the same backend. */
export async function evaluateModel(
  model: LoadedModel,
  reference: Reference,
  options: EvaluateModelOptions,
): Promise<ModelFigures> {
  const { dataset, judges, seed, train, test } = reference;
  const { name, variant, progress } = options;
  const { classNames } = judges;
  const describer = createDescriber(model.ways, reference.truth !== null);
  const common = { model, judges, seed, progress };
  const trainOutcomes = await scoreGenerated(dataset, { ...common, pairs: train.pairs, label: `${name}: from training inputs` });
  const testOutcomes = await scoreGenerated(dataset, {
    ...common,
    pairs: test.pairs,
    label: `${name}: from test inputs`,
    onGenerated: describer.describe,
  });
  progress.finish();
  const real = { train, test };
  const few = firstOfEachClass(test.pairs, DIVERSITY_PER_CLASS);
  const frechet = DIRECTIONS.map((direction) => [direction, measureFrechet(direction, testOutcomes, real)]);
  const diversity: [Direction, LatentDiversity | null][] = [];
  for (const direction of DIRECTIONS)
    diversity.push([direction, await measureDiversity(direction, { model, dataset, pairs: few, seed })]);
  return {
    table1: table1({ train: trainOutcomes, test: testOutcomes }, { variant, classNames }),
    table2: table2(test, testOutcomes, { variant, classNames }),
    frechet: Object.fromEntries(frechet) as ModelFigures['frechet'],
    retrieval: await measureRetrieval(model, dataset, test.pairs.slice(0, MAX_CANDIDATES)),
    diversity: Object.fromEntries(diversity) as ModelFigures['diversity'],
    missingRate: measureMissingRate(test, testOutcomes, seed),
    groundTruth: groundTruthOf(reference, describer.generated),
  };
}

function groundTruthOf({ truth, test, seed }: Reference, generated: { way: Way; descriptors: Descriptors }[]) {
  if (truth === null) return null;
  return measureGroundTruth(truth.truth, truth.regressors, { pairs: test.pairs, real: truth.real, generated }, seed);
}

/** Keeps what regressors need of generated samples. */
function createDescriber(ways: readonly Way[], wanted: boolean) {
  const generated = ways.map((way) => ({ way, descriptors: [] as Descriptors }));
  const describe = async (way: Way, samples: Tensor4D, pairs: readonly Pair[]) => {
    const { descriptors } = generated[ways.indexOf(way)];
    const values = await samples.data<'float32'>();
    const size = values.length / pairs.length;
    pairs.forEach((_, i) =>
      descriptors.push(sampleDescriptor(values.subarray(i * size, (i + 1) * size), otherModality(way.from))),
    );
  };
  return { generated, describe: wanted ? describe : undefined };
}

function firstOfEachClass(pairs: readonly Pair[], count: number): Pair[] {
  const taken = new Map<string, number>();
  return pairs.filter(({ instrument }) => {
    const before = taken.get(instrument) ?? 0;
    taken.set(instrument, before + 1);
    return before < count;
  });
}
