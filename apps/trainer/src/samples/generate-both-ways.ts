import { endOf, type CrossModalModel, type GeneratedRole, type Way, type Modality } from '@cmcgan/model';
import type { Sample } from '@cmcgan/sub-urmp';
import { generateSamples } from '../generation/generate-samples';

/** Samples generated from one pair, by the role at the way's end: images [128, 128, 3] and sounds [128, 32] in [-1, 1]. */
export type GeneratedPair = Partial<Record<GeneratedRole, Float32Array>>;

/** The model's ways from a modality: none in a baseline of the other direction. */
export function waysFrom({ ways }: Pick<CrossModalModel, 'ways'>, from: Modality): Way[] {
  return ways.filter((way) => way.from === from);
}

/** Generates a picture from every sound and a sound from every picture, along each of the model's ways. Latents follow from `seed`. */
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
