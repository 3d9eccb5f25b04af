import { type Direction, MODALITIES } from '@cmcgan/model';
import type { LabelledPair } from '@cmcgan/classifier';
import type { EvaluatedModel } from '../evaluated-model';
import type { EvaluationData } from '../evaluation-data';
import { latentDiversity, meanPairDistance, type LatentDiversity } from '../metrics/latent-diversity';
import { eachRealBatch, type RealBatch, splitBatch } from '../samples/batches';
import { mainWay } from '../samples/directions';
import { generateWay } from '../samples/generate-way';

/** How many latents are tried on each input. */
const LATENTS = 4;

/** Real pairs of each class whose samples are compared, at most. */
const REAL_PER_CLASS = 8;

/** How much z changes generated samples, beside how much real samples of one class differ. */
export interface DiversityMeasure extends LatentDiversity {
  /** Mean distance between real samples of the same class, averaged over the classes with at least two; null if there is none. */
  readonly withinClass: number | null;
  /** betweenLatents / withinClass: 1 where z varies a sample as much as the real ones of its class vary; null without `withinClass`. */
  readonly shareOfReal: number | null;
}

export interface DiversityInputs {
  readonly model: EvaluatedModel;
  readonly data: Pick<EvaluationData, 'load'>;
  /** Whose inputs are given several latents each. */
  readonly pairs: readonly LabelledPair[];
  /** Whose real samples are compared. */
  readonly realPairs: readonly LabelledPair[];
}

/** How much z changes the output of a direction, measured on inputs with several latents each; null without a latent or the direction. */
export async function measureDiversity(
  direction: Direction,
  { model, data, pairs, realPairs }: DiversityInputs,
  seed: number,
): Promise<DiversityMeasure | null> {
  const way = mainWay(model.ways, MODALITIES[direction].from);
  if (!way || model.latentSize === 0 || pairs.length < 2) return null;
  const samples: Float32Array[][] = pairs.map(() => []);
  await eachRealBatch(data, pairs, async (batch, start) => {
    const ids = batch.ids.map(() => 'diversity'); // the same latents for every input, so that inputs are compared at equal z
    for (let draw = 0; draw < LATENTS; draw++) {
      const generated = generateWay(model, way, { ...batch, ids }, { seed, draw });
      (await splitBatch(generated)).forEach((sample, i) => samples[start + i].push(sample));
      generated.dispose();
    }
  });
  const diversity = latentDiversity(samples);
  const withinClass = await realDiversity(direction, data, firstOfEachClass(realPairs, REAL_PER_CLASS));
  return { ...diversity, withinClass, shareOfReal: withinClass && diversity.betweenLatents / withinClass };
}

/** The mean distance between real samples of the same class, averaged over classes; null if none has two. */
async function realDiversity(
  direction: Direction,
  data: Pick<EvaluationData, 'load'>,
  pairs: readonly LabelledPair[],
): Promise<number | null> {
  const byClass = new Map<number, Float32Array[]>();
  const samplesOf = ({ images, sounds }: RealBatch) => (MODALITIES[direction].to === 'V' ? images : sounds);
  await eachRealBatch(data, pairs, async (batch, start) => {
    const samples = await splitBatch(samplesOf(batch));
    samples.forEach((sample, i) => {
      const { classId } = pairs[start + i];
      byClass.set(classId, [...(byClass.get(classId) ?? []), sample]);
    });
  });
  const distances = [...byClass.values()].filter(({ length }) => length > 1).map(meanPairDistance);
  return distances.length === 0 ? null : distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}

/** The first `count` pairs of each class. */
export function firstOfEachClass(pairs: readonly LabelledPair[], count: number): LabelledPair[] {
  const taken = new Map<string, number>();
  return pairs.filter(({ instrument }) => {
    const before = taken.get(instrument) ?? 0;
    taken.set(instrument, before + 1);
    return before < count;
  });
}
