import { tidy } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { SAMPLE_SHAPES } from './architecture';
import type { Modality } from './architecture';
import type { GenerateFromOptions, TrainableModel } from './cross-modal-model';
import type { GeneratedRole, Output, Way } from './paths';
import { WAYS, endOf, wayName } from './paths';
import type { Generated } from './role-batch';

/** A batch of real samples of one modality, and its latents. */
export interface Source {
  modality: Modality;
  sample: Tensor;
  z: Tensor | readonly Tensor[] | undefined;
}

/** The part of a model that generates. */
export type Generator = Pick<TrainableModel, 'ways' | 'latentSize' | 'generate'>;

/** Generates a sample of the other modality from a real one, by the way that `options` select. The caller owns the result. */
export function generateFrom(generator: Generator, source: Source, options: GenerateFromOptions = {}): Tensor4D {
  const { modality, sample, z } = source;
  const functionName = modality === 'V' ? 'generateSound' : 'generateImage';
  const way = chooseWay(generator.ways, { modality, output: options.output, functionName });
  assertSample(sample, modality, functionName);
  const role = endOf(way);
  const { latentSize } = generator;
  const latents = latentsOf(way.passes, z, { batchSize: sample.shape[0], latentSize, functionName });
  return tidy(() => {
    const { statistics } = options;
    return generator.generate({ samples: { [modality]: sample }, latents, roles: [role], statistics })[role]!;
  });
}

interface WayAsked {
  modality: Modality;
  output: Output | undefined;
  functionName: string;
}

function chooseWay(ways: readonly Way[], { modality, output, functionName }: WayAsked): Way {
  const fromHere = ways.filter(({ from }) => from === modality);
  const found = fromHere.find((way) => output === undefined || way.output === output);
  if (found !== undefined) return found;
  const missing = WAYS.find((way) => way.from === modality && way.output === output)!;
  const possible = fromHere.map((way) => way.output).join(', ');
  throw new Error(`${functionName}: output must be ${possible} where the model has no path ${wayName(missing)}, got ${output}`);
}

function assertSample(sample: Tensor, modality: Modality, functionName: string): asserts sample is Tensor4D {
  const expected = SAMPLE_SHAPES[modality];
  if (sample.rank !== 4 || sample.shape.slice(1).join() !== expected.join()) {
    const argument = modality === 'V' ? 'image' : 'sound';
    throw new Error(
      `${functionName}: ${argument} must have the shape [B, ${expected.join(', ')}], got [${sample.shape.join(', ')}]`,
    );
  }
}

interface ExpectedLatents {
  batchSize: number;
  latentSize: number;
  functionName: string;
}

function latentsOf(
  passes: readonly GeneratedRole[],
  z: Source['z'],
  { batchSize, latentSize, functionName }: ExpectedLatents,
): Generated {
  if (latentSize === 0) return {};
  const list = z === undefined ? [] : Array.isArray(z) ? (z as Tensor[]) : passes.map(() => z as Tensor);
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
  return Object.fromEntries(passes.map((role, i) => [role, list[i] as Tensor4D]));
}
