import { drawLatents, SAMPLE_SHAPES, type CrossModalModel, type Modality, type Output, type Way } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import { dispose, split, tensor4d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { pause } from './abort';

/** Samples to generate from. */
export interface GenerationRequest {
  readonly from: Modality;
  /** Images [128, 128, 3] or sounds [128, 32], flat, in [-1, 1]. */
  readonly samples: readonly Float32Array[];
  readonly seed: number;
  /** Whether to take the path through both modalities or the direct one. Default: the first that the model has. */
  readonly output?: Output;
  /** Whether all samples get the same latents, or each its own. The first one's are the same either way. */
  readonly latents: 'same' | 'each';
  /** Stops between batches. */
  readonly signal?: AbortSignal;
}

/** Samples per batch: bounds the memory that full width needs. */
const MAX_BATCH = 16;

const DOES = { V: 'turn pictures into sounds', A: 'turn sounds into pictures' } as const;

/**
 * Generates a sample of the other modality from each one, by the end of the model's path where it has one and no other output is asked for. Latents depend only on the seed and
 * on the position of the sample.
 *
 * @returns flat arrays in [-1, 1]
 * @throws the signal's reason once it has been aborted
 */
export async function generateSamples(model: CrossModalModel, request: GenerationRequest): Promise<Float32Array[]> {
  const { from, samples } = request;
  const { passes, output } = chooseWay(model, request);
  const generate = (from === 'V' ? model.generateSound : model.generateImage)!;
  const draw = latentSource(passes, model.latentSize, request);
  const results: Float32Array[] = [];
  for (let start = 0; start < samples.length; start += MAX_BATCH) {
    const batch = samples.slice(start, start + MAX_BATCH);
    const outputs = tidy((): Tensor[] => {
      const latents = drawLatents(passes, { batchSize: batch.length, latentSize: model.latentSize }, draw);
      return split(generate(toTensor(batch, from), Object.values(latents), { output }), batch.length);
    });
    try {
      results.push(...(await Promise.all(outputs.map((tensor) => tensor.data<'float32'>()))));
    } finally {
      dispose(outputs);
    }
    await pause(request.signal);
  }
  return results;
}

function chooseWay({ ways, architecture }: CrossModalModel, { from, output }: GenerationRequest): Way {
  const fromHere = ways.filter((way) => way.from === from);
  if (fromHere.length === 0)
    throw new Error(`the model must be one that can ${DOES[from]}, but this one (${architecture}) cannot`);
  const found = fromHere.find((way) => output === undefined || way.output === output);
  if (found !== undefined) return found;
  throw new Error(
    `output must be ${fromHere.map((way) => `'${way.output}'`).join(' or ')}, all that this model has, got '${output}'`,
  );
}

/** A function that draws the latents of one batch after another. */
function latentSource(passes: readonly string[], latentSize: number, { seed, latents }: GenerationRequest) {
  const sources = new Map(passes.map((pass) => [pass, createRandom(seed).fork(`latent ${pass}`)]));
  const draw = (pass: string, count: number) => Float32Array.from({ length: count }, () => sources.get(pass)!.normal());
  if (latents === 'each') return draw;
  const drawn = new Map(passes.map((pass) => [pass, draw(pass, latentSize)]));
  return (pass: string, count: number) => Float32Array.from({ length: count }, (_, i) => drawn.get(pass)![i % latentSize]);
}

function toTensor(samples: readonly Float32Array[], modality: Modality) {
  const all = new Float32Array(samples.length * samples[0].length);
  samples.forEach((sample, i) => all.set(sample, i * sample.length));
  return tensor4d(all, [samples.length, ...SAMPLE_SHAPES[modality]]);
}
