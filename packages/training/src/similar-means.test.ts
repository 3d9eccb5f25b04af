import { createCmcgan } from '@cmcgan/model';
import type { Cmcgan } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { similarMeans } from './similar-means';
import type { TrainingBatch } from './training-batches';

let kernels: WasmKernels;
let model: Cmcgan;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 1 });
  model = createCmcgan({
    ...{ width: 1 / 16, latentSize: 0, depth: 5, codeSize: 16, initialisation: 'he', seed: 1 },
    discriminator: { initialisation: 'he', featureSize: 16 },
  });
});
afterAll(async () => {
  model.dispose();
  await kernels.dispose();
});

const PIXELS = 128 * 128 * 3;
const BANDS = 128 * 32;

/** Nine pairs: a half is bright, loud; the one of class 1 is the same as the first. Each of a kind has noise of its own. */
const KINDS = ['left', 'top', 'left', 'top', 'left', 'top', 'checked', 'top', 'left'] as const;
const CLASS_IDS = [0, 0, 0, 0, 0, 0, 0, 0, 1];
const isBright = {
  left: (x: number) => x < 0.5,
  top: (_: number, y: number) => y < 0.5,
  checked: (x: number, y: number) => x < 0.5 !== y < 0.5,
};

const samples = KINDS.map((kind, i) => {
  const random = createRandom(i);
  const filled = (width: number, channels: number) =>
    Float32Array.from({ length: 128 * width * channels }, (_, at) => {
      const [x, y] = [Math.floor(at / channels) % width, Math.floor(at / channels / width)];
      return Math.round(127.5 * (1 + (isBright[kind](x / width, y / 128) ? 0.5 : -0.5) + 0.02 * random.normal())) / 127.5 - 1;
    });
  return { image: filled(128, 3), sound: filled(32, 1) };
});
const train = KINDS.map((_, i) => ({ id: `pair ${i}`, classId: CLASS_IDS[i] }));
const data = { splits: { train }, load: async ({ id }: { id: string }) => samples[Number(id.split(' ')[1])] };

const batchOf = (...pairs: number[]): TrainingBatch => ({
  images: Float32Array.from(pairs.flatMap((i) => [...samples[i].image])),
  sounds: Float32Array.from(pairs.flatMap((i) => [...samples[i].sound])),
  wrongImages: pairs.map((_, i) => (i + 1) % pairs.length),
  wrongSounds: pairs.map((_, i) => (i + 1) % pairs.length),
  pairs: pairs.map((i) => train[i]),
});

function expectMean(values: Float32Array, part: 'image' | 'sound', members: readonly number[]): void {
  const largest = values.reduce((most, value, at) => {
    const mean = members.reduce((sum, i) => sum + samples[i][part][at], 0) / members.length;
    return Math.max(most, Math.abs(value - mean));
  }, 0);
  expect(largest, `${part}, mean of ${members.join()}`).toBeLessThan(1e-5);
}

describe('similarMeans', () => {
  it('lets the consistency loss compare with the mean of a pair and those of its class that are most like it', async () => {
    const { numTensors } = memory();
    const withMeans = await similarMeans(model, data, { of: 3 });
    expect(memory().numTensors).toBe(numTensors);
    const batch = batchOf(2, 8);
    const { targetImages, targetSounds, ...rest } = withMeans(batch);
    const [images, sounds] = [targetImages!, targetSounds!];
    expectMean(images.subarray(0, PIXELS), 'image', [0, 2, 4]);
    expectMean(sounds.subarray(0, BANDS), 'sound', [0, 2, 4]);
    expectMean(images.subarray(PIXELS), 'image', [8]); // the only one of its class
    expectMean(sounds.subarray(BANDS), 'sound', [8]);
    expect(rest).toEqual(batch);
  });

  it('takes a pair by itself for a mean of one, and reports what it has read', async () => {
    const seen: [number, number][] = [];
    const withMeans = await similarMeans(model, data, { of: 1, onPairs: (...numbers) => void seen.push(numbers) });
    expect(seen).toEqual([[9, 9]]);
    const { targetImages } = withMeans(batchOf(1, 6));
    expectMean(targetImages!.subarray(0, PIXELS), 'image', [1]);
    expectMean(targetImages!.subarray(PIXELS), 'image', [6]);
  });

  it('changes nothing if it was told to end', async () => {
    const withMeans = await similarMeans(model, data, { of: 3, signal: AbortSignal.abort() });
    const batch = batchOf(0, 1);
    expect(withMeans(batch)).toBe(batch);
  });

  it('names what it cannot do', async () => {
    await expect(similarMeans(model, data, { of: 0 })).rejects.toThrow(
      'similarMeans: of must be a whole number of at least 1, got 0',
    );
    const withMeans = await similarMeans(model, data, { of: 2 });
    expect(() => withMeans({ ...batchOf(0, 1), pairs: undefined })).toThrow(
      'similarMeans: a batch must name its pairs, got none',
    );
    expect(() => withMeans({ ...batchOf(0, 1), pairs: [{ id: 'another' }] })).toThrow(
      "similarMeans: a batch's pairs must be training pairs of the data, got another",
    );
  });
});
