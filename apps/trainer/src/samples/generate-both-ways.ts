import type { Cmcgan } from '@cmcgan/model';
import type { Sample } from '@cmcgan/sub-urmp';
import { generateImages, generateSounds } from '../generation/generate';

/** What the networks made of one pair; images [128, 128, 3] and sounds [128, 32] in [-1, 1]. */
export interface GeneratedPair {
  /** From the pair's sound, at the end of A→A→V and directly by A→V. */
  readonly image: { readonly pathEnd: Float32Array; readonly direct: Float32Array };
  /** From the pair's picture, at the end of V→V→A and directly by V→A. */
  readonly sound: { readonly pathEnd: Float32Array; readonly direct: Float32Array };
}

/** Makes a picture of every sound and a sound of every picture, at the paths' ends and directly; latents follow from `seed`. */
export async function generateBothWays(
  model: Cmcgan,
  truths: readonly Pick<Sample, 'image' | 'sound'>[],
  seed: number,
): Promise<GeneratedPair[]> {
  const images = truths.map(({ image }) => image);
  const sounds = truths.map(({ sound }) => sound);
  const imagesAtEnd = await generateImages(model, sounds, { output: 'pathEnd', seed });
  const imagesDirect = await generateImages(model, sounds, { output: 'direct', seed });
  const soundsAtEnd = await generateSounds(model, images, { output: 'pathEnd', seed });
  const soundsDirect = await generateSounds(model, images, { output: 'direct', seed });
  return truths.map((_, index) => ({
    image: { pathEnd: imagesAtEnd[index], direct: imagesDirect[index] },
    sound: { pathEnd: soundsAtEnd[index], direct: soundsDirect[index] },
  }));
}
