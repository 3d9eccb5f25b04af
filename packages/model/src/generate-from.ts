import { tidy } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { SAMPLE_SHAPES } from './architecture';
import type { Modality } from './architecture';
import type { CmcganConfig } from './config';
import { generate } from './generate';
import type { Generated, GeneratorNetworks } from './generate';
import type { GeneratedRole } from './roles';
import { WAYS, endOf } from './ways';
import type { Output } from './ways';

export interface GenerateFromOptions {
  /** 'pathEnd', the default of CMCGAN: V→V→A or A→A→V (paper: FR_*). 'direct', the only one of LCGAN and the baselines: V→A or A→V (F_*). */
  output?: Output;
  /** Normalise by the moving statistics (default) or by those of this batch. */
  statistics?: 'moving' | 'batch';
}

interface Source {
  modality: Modality;
  sample: Tensor4D;
  z: Tensor4D | readonly Tensor4D[] | undefined;
}

interface Generator {
  networks: GeneratorNetworks;
  config: CmcganConfig;
}

/** The other modality's sample for a real one, by the path that test time calls for. The caller owns the result. */
export function generateFrom({ networks, config }: Generator, source: Source, options: GenerateFromOptions = {}): Tensor4D {
  const { modality, sample, z } = source;
  const functionName = modality === 'V' ? 'generateSound' : 'generateImage';
  const { output = config.paths === 'two' ? 'direct' : 'pathEnd', statistics = 'moving' } = options;
  if (output === 'pathEnd' && config.paths === 'two') {
    throw new Error(`${functionName}: output must be direct where the model has two paths (LCGAN), got pathEnd`);
  }
  assertSample(sample, modality, functionName);
  const way = WAYS.find(({ from, output: made }) => from === modality && made === output)!;
  const role = endOf(way);
  const latents = latentsOf(way.passes, z, { batchSize: sample.shape[0], latentSize: config.latentSize, functionName });
  return tidy(() => {
    const training = statistics === 'batch';
    return generate(networks, { samples: { [modality]: sample }, latents, roles: [role], training })[role]!;
  });
}

function assertSample(sample: Tensor4D, modality: Modality, functionName: string): void {
  const expected = SAMPLE_SHAPES[modality];
  if (sample.rank !== 4 || sample.shape.slice(1).join() !== expected.join()) {
    const argument = modality === 'V' ? 'image' : 'sound';
    throw new Error(
      `${functionName}: ${argument} must have the shape [B, ${expected.join(', ')}], got [${sample.shape.join(', ')}]`,
    );
  }
}

interface LatentShape {
  batchSize: number;
  latentSize: number;
  functionName: string;
}

function latentsOf(
  passes: readonly GeneratedRole[],
  z: Source['z'],
  { batchSize, latentSize, functionName }: LatentShape,
): Generated {
  if (latentSize === 0) return {};
  const list = z === undefined ? [] : Array.isArray(z) ? (z as Tensor4D[]) : passes.map(() => z as Tensor4D);
  const expected = [batchSize, 1, 1, latentSize];
  if (list.length !== passes.length) {
    throw new Error(
      `${functionName}: z must be a tensor [${expected.join(', ')}] or a list of ${passes.length}, got ${list.length}`,
    );
  }
  for (const { shape } of list) {
    if (shape.join() !== expected.join()) {
      throw new Error(`${functionName}: z must have the shape [${expected.join(', ')}], got [${shape.join(', ')}]`);
    }
  }
  return Object.fromEntries(passes.map((role, i) => [role, list[i]]));
}
