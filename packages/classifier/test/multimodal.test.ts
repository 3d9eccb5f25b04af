import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { add, dispose, memory, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createClassifier,
  createMultimodalClassifier,
  loadSampleBatch,
  trainClassifier,
  trainMultimodalClassifier,
} from '../src/index';
import type { Classifier, LabelledPair, SampleGenerator, SampleTensors, TrainMultimodalOptions } from '../src/index';
import { withGeneratedHalves } from '../src/missing/generated-halves';
import { bandedData as data, bandedGenerator, bandedPairs, CLASS_NAMES } from './banded-data';

let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 2, variant: 'tile8' });
});
afterAll(() => kernels.dispose());

const pairs = bandedPairs(8);
const architecture = { classNames: CLASS_NAMES, width: 1 / 16, featureSize: 32 };
const create = (modality: 'V' | 'A', options = {}) => createClassifier({ modality, ...architecture, seed: 1, ...options });

/** Generates images of one value, 0.25, whatever it hears: the sound alone tells the class. */
const constantGenerator: SampleGenerator = {
  latentSize: 2,
  generateImage: (sounds) => tensor4d(new Float32Array(sounds.shape[0] * 128 * 384).fill(0.25), [sounds.shape[0], 128, 128, 3]),
};
const isConstant = ({ image }: { image: Float32Array }) => image.every((value) => value === 0.25);

/** Generates the image of another class than the sound's, always the next one. */
const wrongGenerator = bandedGenerator((heard) => (heard + 1) % 3);

describe('withGeneratedHalves', () => {
  it('replaces the image of about half of the loads of unseen pairs, leaves sounds and other pairs as they are', async () => {
    const [unseen, seen] = [pairs.slice(0, 4), pairs[4]];
    const before = memory().numTensors;
    const dropping = withGeneratedHalves(data, { parts: [{ generator: constantGenerator, unseen }], seed: 1 });
    const loads = await Promise.all(Array.from({ length: 50 }, () => unseen.map((pair) => dropping.load(pair))).flat());
    const generated = loads.filter(isConstant).length;
    expect(Math.abs(generated - 100)).toBeLessThan(4 * Math.sqrt(200 / 4)); // it makes no sounds: half whole, half with its image
    expect((await dropping.load(unseen[0])).sound).toEqual((await data.load(unseen[0])).sound);
    for (let i = 0; i < 10; i++) expect(await dropping.load(seen)).toEqual(await data.load(seen));
    expect(memory().numTensors).toBe(before);
    expect(dropping).toMatchObject({ classNames: CLASS_NAMES, manifestHash: 'banded', decibelRange: data.decibelRange });
  });

  it('gives each of two generators its own pairs, and the same samples for the same seed', async () => {
    const parts = [0, 1].map((fold) => ({
      generator: fold === 0 ? constantGenerator : wrongGenerator,
      unseen: pairs.filter((_, i) => i % 2 === fold),
    }));
    const load = (seed: number) => {
      const dropping = withGeneratedHalves(data, { parts, seed });
      return Promise.all([...pairs, ...pairs].map(async (pair) => (await dropping.load(pair)).image.subarray(0, 20 * 384)));
    };
    const isReal = (images: readonly Float32Array[]) => images.map((image) => new Set(image).size > 1); // generated rows have no noise
    const first = await load(1);
    expect(await load(1)).toEqual(first);
    expect(isReal(await load(2))).not.toEqual(isReal(first));
    for (const [i, image] of first.entries()) if (isConstant({ image })) expect(i % 2).toBe(0);
  });
});

describe('trainMultimodalClassifier', () => {
  const train = ({ V = create('V'), A = create('A'), ...options }: Partial<TrainMultimodalOptions<LabelledPair>>) =>
    trainMultimodalClassifier({
      ...{ V, A, data, pairs, seed: 1, steps: 2, batchSize: 12 },
      ...{ parts: [{ generator: wrongGenerator, unseen: pairs }], ...options },
    });

  it('starts as late fusion: the sum of the logits of V and A', async () => {
    const [V, A] = [create('V'), create('A', { seed: 5 })];
    const { classifier, provenance } = await train({ V, A, steps: 1, learningRate: 1e-12 });
    const samples = (await loadSampleBatch(data, pairs.slice(0, 3), { modality: 'VA' })) as Required<SampleTensors>;
    // Moving averages were updated by the step, so batch statistics are compared.
    const logits = (each: Classifier) => each.logits(samples, { statistics: 'batch' });
    const [joined, sum] = tidy(() => [logits(classifier).dataSync(), add(logits(V), logits(A)).dataSync()]);
    joined.forEach((value, i) => expect(value).toBeCloseTo(sum[i], 4));
    expect(classifier.config).toMatchObject({ modality: 'VA', fusion: 'late', width: 1 / 16, featureSize: 32 });
    expect(provenance).toMatchObject({ data: { manifestHash: 'banded', pairs: 24, withGenerated: 24 }, steps: 1, seed: 1 });
    dispose(Object.values(samples));
  });

  it(
    'learns that images which a generator gets wrong tell nothing, where late fusion is misled',
    { timeout: 300_000 },
    async () => {
      const [V, A] = [create('V'), create('A')];
      for (const each of [V, A]) await trainClassifier(each, { data, pairs, seed: 1, steps: 30, batchSize: 12 });
      const before = { tensors: memory().numTensors, weights: V.variables[0].dataSync() };
      const { classifier } = await train({ V, A, steps: 80 });
      const generator = wrongGenerator;
      const correct = async (options: Parameters<typeof createMultimodalClassifier>[0]) => {
        const multimodal = createMultimodalClassifier(options);
        const named: number[] = [];
        for (const pair of pairs) named.push((await multimodal.classify({ sound: (await data.load(pair)).sound })).classId);
        return pairs.filter(({ classId }, i) => named[i] === classId).length;
      };
      const both = { V: 1, A: 1 };
      const weights = { real: both, generatedImage: both, generatedSound: both };
      expect(await correct({ VA: classifier, generator })).toBeGreaterThanOrEqual(22);
      expect(await correct({ V, A, weights, generator })).toBeLessThanOrEqual(16);
      expect(V.variables[0].dataSync()).toEqual(before.weights);
      classifier.dispose();
      expect(memory().numTensors).toBe(before.tensors);
    },
  );

  it('refuses classifiers that do not fit together, and parts without one of the pairs', async () => {
    await expect(train({ V: create('A') })).rejects.toThrow(
      'trainMultimodalClassifier: V must be a classifier of modality V, got A',
    );
    await expect(train({ A: create('A', { width: 1 / 8 }) })).rejects.toThrow(
      "trainMultimodalClassifier: A must have V's width, 0.0625, got 0.125",
    );
    await expect(train({ parts: [] })).rejects.toThrow(
      'trainMultimodalClassifier: parts must have at least one of the pairs as unseen, got none',
    );
  });
});
