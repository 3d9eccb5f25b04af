import {
  drawLatents,
  endOf,
  intermediateOf,
  modalityOf,
  PATHS,
  type Cmcgan,
  type Generated,
  type GeneratedRole,
} from '@cmcgan/model';
import type { LoadedModel } from '@cmcgan/model/node';
import type { Dataset, Pair } from '@cmcgan/sub-urmp';
import { dispose, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import { generateWay, type RealBatch } from '../evaluation/generate-way';
import { latentsOfPairs } from '../evaluation/latents';
import { eachRealBatch } from '../evaluation/real-batches';
import { drawImage, drawSound } from './draw-samples';
import type { GallerySamples, PlayableSound } from './gallery';

/** Generates and draws what a model makes of pairs: every way it has and, of a CMCGAN, the ends of V→A→V and A→V→A too. */
export async function generateGallery(
  model: LoadedModel,
  { dataset, pairs, seed }: { dataset: Dataset; pairs: readonly Pair[]; seed: number },
): Promise<GallerySamples> {
  const images: Partial<Record<GeneratedRole, string[]>> = {};
  const sounds: Partial<Record<GeneratedRole, PlayableSound[]>> = {};
  await eachRealBatch(dataset, pairs, async (batch) => {
    const generated = generateAll(model, batch, seed);
    for (const [role, tensor] of Object.entries(generated) as [GeneratedRole, Tensor4D][]) {
      for (const values of await rowsOf(tensor)) {
        if (modalityOf(role) === 'V') (images[role] ??= []).push(await drawImage(values));
        else (sounds[role] ??= []).push(await drawSound(values, dataset.decibelRange));
      }
    }
    dispose(generated as Record<string, Tensor4D>);
  });
  return { images, sounds };
}

function generateAll(model: LoadedModel, batch: RealBatch, seed: number): Generated {
  const ways = model.ways.map((way) => [endOf(way), generateWay(model, way, batch, { seed })] as const);
  return { ...(model.architecture === 'cmcgan' ? generateCycles(model, batch, seed) : {}), ...Object.fromEntries(ways) };
}

/** The ends of V→A→V and A→V→A, of a real sample through the other modality and back. */
function generateCycles(model: Cmcgan, { ids, images, sounds }: RealBatch, seed: number): Generated {
  const cycles = PATHS.two.filter((role) => model.roles.includes(role));
  return tidy(() => {
    const passes = cycles.flatMap((role) => [intermediateOf(role), role]);
    const shape = { batchSize: ids.length, latentSize: model.latentSize };
    const latents = drawLatents(passes, shape, latentsOfPairs(ids, { seed }));
    const all = model.generate({
      samples: { V: images, A: sounds },
      latents,
      roles: cycles,
      statistics: 'moving',
    });
    return Object.fromEntries(cycles.map((role) => [role, all[role]!]));
  });
}

async function rowsOf(tensor: Tensor4D): Promise<Float32Array[]> {
  const values = await tensor.data<'float32'>();
  const size = values.length / tensor.shape[0];
  return Array.from({ length: tensor.shape[0] }, (_, i) => Float32Array.from(values.subarray(i * size, (i + 1) * size)));
}
