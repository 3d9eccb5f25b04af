import { MODALITIES, type CrossModalModel, type Direction } from '@cmcgan/model';
import type { Dataset, Pair } from '@cmcgan/sub-urmp';
import { latentDiversity, type LatentDiversity } from '../metrics/latent-diversity';
import { generateWay } from './generate-way';
import { mainWay } from './main-way';
import { eachRealBatch } from './real-batches';

/** How many latents are tried on each input. */
const LATENTS = 4;

/** What z does to the output of a direction: with some inputs, each with several latents. null without latent or direction. */
export async function measureDiversity(
  direction: Direction,
  { model, dataset, pairs, seed }: { model: CrossModalModel; dataset: Dataset; pairs: readonly Pair[]; seed: number },
): Promise<LatentDiversity | null> {
  const main = mainWay(
    model.ways.map((way) => ({ way })),
    MODALITIES[direction].from,
  );
  if (!main || model.latentSize === 0 || pairs.length < 2) return null;
  const samples: Float32Array[][] = pairs.map(() => []);
  await eachRealBatch(dataset, pairs, async (batch, chunk, done) => {
    for (let draw = 0; draw < LATENTS; draw++) {
      // The same latents for every input, so that inputs are compared under equal latents.
      const generated = generateWay(model, main.way, { ...batch, ids: chunk.map(() => 'diversity') }, { seed, draw });
      const values = await generated.data<'float32'>();
      const size = values.length / chunk.length;
      chunk.forEach((_, i) =>
        samples[done - chunk.length + i].push(Float32Array.from(values.subarray(i * size, (i + 1) * size))),
      );
      generated.dispose();
    }
  });
  return latentDiversity(samples);
}
