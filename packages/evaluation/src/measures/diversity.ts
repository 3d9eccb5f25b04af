import { type Direction, MODALITIES } from '@cmcgan/model';
import type { LabelledPair } from '@cmcgan/classifier';
import type { EvaluatedModel } from '../evaluated-model';
import type { EvaluationData } from '../evaluation-data';
import { latentDiversity, type LatentDiversity } from '../metrics/latent-diversity';
import { eachRealBatch, splitBatch } from '../samples/batches';
import { mainWay } from '../samples/directions';
import { generateWay } from '../samples/generate-way';

/** How many latents are tried on each input. */
const LATENTS = 4;

/** How much z changes the output of a direction, measured on inputs with several latents each; null without a latent or the direction. */
export async function measureDiversity(
  direction: Direction,
  { model, data, pairs }: { model: EvaluatedModel; data: Pick<EvaluationData, 'load'>; pairs: readonly LabelledPair[] },
  seed: number,
): Promise<LatentDiversity | null> {
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
  return latentDiversity(samples);
}
