import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { argMax, dispose, memory, tidy } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClassifier, loadSampleBatch, ROBUST_KINDS, trainClassifier, trainRobustClassifier } from '../src/index';
import type { RobustClassifier, SampleTensors } from '../src/index';
import { kMeans } from '../src/missing/k-means';
import { bandedData as data, bandedPairs, CLASS_NAMES } from './banded-data';

let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 2, variant: 'tile8' });
});
afterAll(() => kernels.dispose());

const pairs = bandedPairs(8);
const create = (modality: 'V' | 'A') =>
  createClassifier({ modality, classNames: CLASS_NAMES, width: 1 / 16, featureSize: 32, seed: 1 });

/** How many of the pairs a classifier gets right with both halves, without the images and without the sounds. */
async function correctOf(classifier: RobustClassifier): Promise<number[]> {
  const { images, sounds } = (await loadSampleBatch(data, pairs, { modality: 'VA' })) as Required<SampleTensors>;
  const counts = [{ images, sounds }, { sounds }, { images }].map((samples) => {
    const named = tidy(() => argMax(classifier.logits(samples), 1).dataSync());
    return pairs.filter(({ classId }, i) => named[i] === classId).length;
  });
  dispose([images, sounds]);
  return counts;
}

describe.each(ROBUST_KINDS)('a %s classifier', (kind) => {
  it(
    'learns easy classes with both halves and without either, and leaves V and A as they were',
    { timeout: 300_000 },
    async () => {
      const [V, A] = [create('V'), create('A')];
      for (const each of [V, A]) await trainClassifier(each, { data, pairs, seed: 1, steps: 30, batchSize: 12 });
      const before = { tensors: memory().numTensors, weights: V.variables[0].dataSync() };
      const classifier = await trainRobustClassifier({ kind, V, A, data, pairs, seed: 1, steps: 60, batchSize: 12 });
      expect(await correctOf(classifier)).toEqual([24, 24, 24]);
      expect(V.variables[0].dataSync()).toEqual(before.weights);
      classifier.dispose();
      expect(memory().numTensors).toBe(before.tensors);
    },
  );

  it('is the same for the same seed, another for another', async () => {
    const train = async (seed: number) => {
      const classifier = await trainRobustClassifier({ kind, V: create('V'), A: create('A'), data, pairs, seed, steps: 2 });
      const { sounds } = await loadSampleBatch(data, pairs.slice(0, 2), { modality: 'A' });
      return [...classifier.logits({ sounds }).dataSync()];
    };
    const first = await train(1);
    expect(await train(1)).toEqual(first);
    expect(await train(2)).not.toEqual(first);
  });
});

describe('kMeans', () => {
  it('finds the means of clusters that lie apart', () => {
    const points = [[0, 0], [0, 1], [9, 9], [9, 10], [10, 9.5]].map((point) => Float32Array.from(point)); // prettier-ignore
    const centres = kMeans(points, 2, 1).sort((a, b) => a[0] - b[0]);
    expect([...centres[0]]).toEqual([0, 0.5]);
    expect(centres[1][0]).toBeCloseTo(28 / 3, 5);
    expect(centres[1][1]).toBeCloseTo(9.5, 5);
  });

  it('needs as many points as centres', () => {
    expect(() => kMeans([Float32Array.of(1)], 2, 1)).toThrow('kMeans: points must be at least k, 2, got 1');
  });
});
