import { split, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Cmcgan, GeneratedRole } from '@cmcgan/model';
import { imageTensor, soundTensor } from '../data/training-batches';
import { randomLatent } from './random-latent';

/** What to generate from real samples of one modality. */
export interface GenerationRequest {
  /** Images [128, 128, 3] for roles that start with V, or sounds [128, 32] for those that start with A; all in [-1, 1]. */
  readonly samples: readonly Float32Array[];
  readonly from: 'V' | 'A';
  /** Of the latents. */
  readonly seed: number;
}

/** One decoder's work at a time would do, but 13 samples at full width would need much memory at once; so many at a time. */
const MAX_BATCH = 16;

function joined(samples: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(samples.length * samples[0].length);
  samples.forEach((sample, index) => all.set(sample, index * sample.length));
  return all;
}

function toTensor(samples: readonly Float32Array[], from: 'V' | 'A'): Tensor4D {
  return (from === 'V' ? imageTensor : soundTensor)(joined(samples), samples.length);
}

/** The last samples on the ways to `role`: VVA passes VV. */
const passesTo = (role: GeneratedRole): GeneratedRole[] =>
  role.length === 3 ? [role.slice(0, 2) as GeneratedRole, role] : [role];

async function generateBatch(model: Cmcgan, { samples, from, seed }: GenerationRequest, roles: readonly GeneratedRole[]) {
  const size = model.config.latentSize;
  const outputs = tidy(() => {
    const latents = Object.fromEntries(
      size === 0 ? [] : roles.flatMap(passesTo).map((role) => [role, randomLatent(samples.length, { size, seed, label: role })]),
    );
    const generated = model.generate({ samples: { [from]: toTensor(samples, from) }, latents, roles, training: false });
    return roles.map((role) => split(generated[role]!, samples.length));
  });
  const values = await Promise.all(outputs.map((list) => Promise.all(list.map((tensor) => tensor.data<'float32'>()))));
  for (const tensor of outputs.flat()) tensor.dispose();
  return values;
}

/**
 * Generates one sample of each role ('VVA': the sound at the end of V→V→A, 'AV': the picture directly) from each real sample, with the
 * batch-norm averages of training. Returns [role][sample] as flat arrays in [-1, 1]. The same seed gives the same latents.
 */
export async function generateSamples(
  model: Cmcgan,
  request: GenerationRequest,
  roles: readonly GeneratedRole[],
): Promise<Float32Array[][]> {
  const results: Float32Array[][] = roles.map(() => []);
  for (let start = 0; start < request.samples.length; start += MAX_BATCH) {
    const samples = request.samples.slice(start, start + MAX_BATCH);
    const batch = await generateBatch(model, { ...request, samples }, roles);
    batch.forEach((values, role) => results[role].push(...values));
  }
  return results;
}
