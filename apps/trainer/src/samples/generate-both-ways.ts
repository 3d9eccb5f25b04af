import { endOf, type CrossModalModel, type GeneratedRole, type Way, type Modality } from '@cmcgan/model';
import type { Sample } from '@cmcgan/sub-urmp';
import { generateSamples } from '../generation/generate-samples';

/** What the networks made of one pair: samples by the role at the way's end, images [128, 128, 3] and sounds [128, 32] in [-1, 1]. */
export type GeneratedPair = Partial<Record<GeneratedRole, Float32Array>>;

/** The model's ways from a modality: none where it is a baseline of the other direction. */
export function waysFrom({ ways }: Pick<CrossModalModel, 'ways'>, from: Modality): Way[] {
  return ways.filter((way) => way.from === from);
}

/** Makes a picture of every sound and a sound of every picture, along every way that the model has; latents follow from `seed`. */
export async function generateBothWays(
  model: CrossModalModel,
  truths: readonly Pick<Sample, 'image' | 'sound'>[],
  seed: number,
): Promise<GeneratedPair[]> {
  const pairs: GeneratedPair[] = truths.map(() => ({}));
  for (const way of model.ways) {
    const samples = truths.map(({ image, sound }) => (way.from === 'A' ? sound : image));
    const generated = await generateSamples(model, { samples, seed }, way);
    generated.forEach((values, index) => (pairs[index][endOf(way)] = values));
  }
  return pairs;
}
