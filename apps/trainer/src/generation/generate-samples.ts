import { split, tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { drawLatents, type CrossModalModel, type DrawNormals, type GeneratedRole, type Modality, type Way } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import { imageTensor, soundTensor } from '@cmcgan/training';

/** Real samples of one modality to generate from. */
export interface GenerationRequest {
  /** Images [128, 128, 3] for a way that starts from V, or sounds [128, 32] for one from A; all in [-1, 1]. */
  readonly samples: readonly Float32Array[];
  /** Seed of the latents. */
  readonly seed: number;
}

/** What generating needs of a model. */
export type Generator = Pick<CrossModalModel, 'latentSize' | 'generateImage' | 'generateSound'>;

/** Samples per batch: bounds the memory that full width needs. */
const MAX_BATCH = 16;

function joined(samples: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(samples.length * samples[0].length);
  samples.forEach((sample, index) => all.set(sample, index * sample.length));
  return all;
}

function toTensor(samples: readonly Float32Array[], from: Modality): Tensor4D {
  return (from === 'V' ? imageTensor : soundTensor)(joined(samples), samples.length);
}

/** Latents that depend only on the seed and the decoder pass. */
export function seededLatents(seed: number): DrawNormals<GeneratedRole> {
  return (pass, count) => {
    const random = createRandom(seed).fork(`latent ${pass}`);
    return Float32Array.from({ length: count }, () => random.normal());
  };
}

async function generateBatch(model: Generator, { samples, seed }: GenerationRequest, { from, output, passes }: Way) {
  const outputs = tidy((): Tensor[] => {
    const shape = { batchSize: samples.length, latentSize: model.latentSize };
    const latents = Object.values(drawLatents(passes, shape, seededLatents(seed)));
    const generate = (from === 'V' ? model.generateSound : model.generateImage)!;
    return split(generate(toTensor(samples, from), latents, { output }), samples.length);
  });
  const values = await Promise.all(outputs.map((tensor) => tensor.data<'float32'>()));
  for (const tensor of outputs) tensor.dispose();
  return values;
}

/**
 * Generates a sample of the other modality from each real one, along one of the model's ways, using the batch-norm averages from
 * training. Resolves to flat arrays in [-1, 1]. The same seed gives the same latents.
 */
export async function generateSamples(model: Generator, request: GenerationRequest, way: Way): Promise<Float32Array[]> {
  const results: Float32Array[] = [];
  for (let start = 0; start < request.samples.length; start += MAX_BATCH) {
    const samples = request.samples.slice(start, start + MAX_BATCH);
    results.push(...(await generateBatch(model, { ...request, samples }, way)));
  }
  return results;
}
