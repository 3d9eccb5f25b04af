import type { LabelledPair } from '@cmcgan/classifier';
import { drawLatents, endOf, intermediateOf, modalityOf, PATHS, type Cmcgan, type GeneratedRole } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import { dispose, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import { asCmcgan, type EvaluatedModel } from '../evaluated-model';
import type { EvaluationData } from '../evaluation-data';
import { eachRealBatch, splitBatch, type RealBatch } from './batches';
import { generateWay, latentsOfPairs } from './generate-way';

/** What a model generates from pairs, by role ('AAV': the image at the end of A→A→V), each list in the pairs' order. */
export interface ModelSamples<Image = Float32Array, Sound = Float32Array> {
  readonly images: Readonly<Partial<Record<GeneratedRole, readonly Image[]>>>;
  readonly sounds: Readonly<Partial<Record<GeneratedRole, readonly Sound[]>>>;
}

export interface GenerateSamplesOptions {
  readonly data: Pick<EvaluationData, 'load'>;
  readonly pairs: readonly LabelledPair[];
  /** For the latents, which depend only on the seed, the pair and the role. Default 1. */
  readonly seed?: number;
  /** The roles to generate, as far as the model has them. Default all: the end of each way and, for a CMCGAN, V→A→V and A→V→A. */
  readonly roles?: readonly GeneratedRole[];
}

/**
 * Generates samples from pairs with a model: images as Float32Array [128, 128, 3], sounds as Float32Array [128, 32], both in [-1, 1]. The
 * paper's figures show such samples side by side.
 */
export async function generateSamples(
  model: EvaluatedModel,
  { data, pairs, seed = 1, roles }: GenerateSamplesOptions,
): Promise<ModelSamples> {
  const images: Partial<Record<GeneratedRole, Float32Array[]>> = {};
  const sounds: Partial<Record<GeneratedRole, Float32Array[]>> = {};
  const wanted = (role: GeneratedRole) => roles === undefined || roles.includes(role);
  await eachRealBatch(data, pairs, async (batch) => {
    const generated = generateRoles(model, batch, { seed, wanted });
    for (const [role, tensor] of generated) {
      const byRole = modalityOf(role) === 'V' ? images : sounds;
      (byRole[role] ??= []).push(...(await splitBatch(tensor)));
    }
    dispose(generated.map(([, tensor]) => tensor));
  });
  return { images, sounds };
}

interface RoleOptions {
  readonly seed: number;
  readonly wanted: (role: GeneratedRole) => boolean;
}

function generateRoles(model: EvaluatedModel, batch: RealBatch, { seed, wanted }: RoleOptions): [GeneratedRole, Tensor4D][] {
  const cmcgan = asCmcgan(model);
  const cycles = cmcgan ? generateCycles(cmcgan, batch, { seed, wanted }) : [];
  const ways = model.ways.filter((way) => wanted(endOf(way)));
  return [...cycles, ...ways.map((way) => [endOf(way), generateWay(model, way, batch, { seed })] as [GeneratedRole, Tensor4D])];
}

/** The ends of V→A→V and A→V→A, which go from a real sample through the other modality and back. */
function generateCycles(
  model: Cmcgan,
  { ids, images, sounds }: RealBatch,
  { seed, wanted }: RoleOptions,
): [GeneratedRole, Tensor4D][] {
  const cycles = PATHS.two.filter((role) => model.roles.includes(role) && wanted(role));
  if (cycles.length === 0) return [];
  return tidy(() => {
    const passes = cycles.flatMap((role) => [intermediateOf(role), role]);
    const shape = { batchSize: ids.length, latentSize: model.latentSize };
    const latents = drawLatents(passes, shape, latentsOfPairs(ids, { seed }));
    const samples = { V: images, A: sounds };
    const all = model.generate({ samples, latents, roles: cycles, statistics: 'moving' });
    return cycles.map((role) => [role, all[role]!] as [GeneratedRole, Tensor4D]);
  });
}

/** Chooses one test pair of each class by the seed, for figures. Classes without test pairs are skipped. */
export function onePairPerClass<P extends LabelledPair>(
  { classNames, splits }: { readonly classNames: readonly string[]; readonly splits: { readonly validation: readonly P[] } },
  seed = 1,
): P[] {
  return classNames.flatMap((name, classId) => {
    const candidates = splits.validation.filter((pair) => pair.classId === classId);
    const random = createRandom(seed).fork(`gallery ${name}`);
    return candidates.length === 0 ? [] : [candidates[random.integer(candidates.length)]];
  });
}
