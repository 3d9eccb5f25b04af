import type { Cmcgan, GeneratedRole } from '@cmcgan/model';
import type { Sample } from '@cmcgan/sub-urmp';
import { generateSamples } from '../generation/generate-samples';

/** What the networks made of one pair: samples by role, images [128, 128, 3] and sounds [128, 32] in [-1, 1]. */
export type GeneratedPair = Partial<Record<GeneratedRole, Float32Array>>;

/** From a real sample of each modality to the other one: at the path's end where the networks have that path, and directly. */
const WAYS = { A: ['AAV', 'AV'], V: ['VVA', 'VA'] } as const satisfies Record<'A' | 'V', GeneratedRole[]>;

/** The roles of {@link generateBothWays} that the networks have (LCGAN has no path from a modality to itself). */
export function waysFrom(model: Pick<Cmcgan, 'roles'>, from: 'A' | 'V'): GeneratedRole[] {
  return WAYS[from].filter((role) => model.roles.includes(role));
}

/** Makes a picture of every sound and a sound of every picture, at the paths' ends and directly; latents follow from `seed`. */
export async function generateBothWays(
  model: Cmcgan,
  truths: readonly Pick<Sample, 'image' | 'sound'>[],
  seed: number,
): Promise<GeneratedPair[]> {
  const pairs: GeneratedPair[] = truths.map(() => ({}));
  for (const from of ['A', 'V'] as const) {
    const samples = truths.map(({ image, sound }) => (from === 'A' ? sound : image));
    const roles = waysFrom(model, from);
    const generated = await generateSamples(model, { samples, from, seed }, roles);
    roles.forEach((role, r) => generated[r].forEach((values, index) => (pairs[index][role] = values)));
  }
  return pairs;
}
