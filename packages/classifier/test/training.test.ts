import { memory } from '@tensorflow/tfjs-core';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClassifier, scorePairs, trainClassifier, trainJudge } from '../src/index';
import type { Classifier, ClassifierModality } from '../src/index';
import { bandedData as data, bandedPairs, CLASS_NAMES } from './banded-data';

let kernels: WasmKernels;
beforeEach(async () => {
  kernels = await useWasmKernels({ threads: 2, variant: 'tile8' });
});
afterEach(() => kernels.dispose());

const pairs = bandedPairs(8);
const create = (modality: ClassifierModality = 'A', seed = 1) =>
  createClassifier({ modality, classNames: CLASS_NAMES, width: 1 / 16, featureSize: 8, seed });
const weights = (classifier: Classifier) =>
  Object.values(classifier.tensors()).map((tensor) => Float32Array.from(tensor.dataSync()));

describe('trainClassifier', () => {
  it.each(['A', 'V', 'VA'] as const)('learns to tell easy classes of %s apart', { timeout: 300_000 }, async (modality) => {
    const classifier = create(modality);
    const before = await scorePairs(classifier, data, pairs);
    await trainClassifier(classifier, { data, pairs, seed: 1, steps: 40, batchSize: 12 });
    const after = await scorePairs(classifier, data, pairs);
    expect(before.accuracy).toBeLessThan(0.7);
    expect(after.accuracy).toBe(1);
    expect(after.loss).toBeLessThan(before.loss / 2);
  });

  it('gives the same weights to the bit for the same seed, whatever the number of threads', async () => {
    const train = async (seed: number) => {
      const classifier = create();
      await trainClassifier(classifier, { data, pairs, seed, steps: 5, batchSize: 8 });
      return weights(classifier);
    };
    const first = await train(1);
    expect(await train(1)).toEqual(first);
    expect(await train(2)).not.toEqual(first);
    await useWasmKernels({ threads: 1, variant: 'tile8' });
    expect(await train(1)).toEqual(first);
  });

  it('keeps the weights that did best on the held pairs, and stops when they get no better', async () => {
    const classifier = create();
    const heldPairs = pairs.filter(({ song }) => song === 2);
    const losses: number[] = [];
    const result = await trainClassifier(classifier, {
      ...{ data, heldPairs, pairs: pairs.filter(({ song }) => song === 1) },
      ...{ seed: 1, steps: 200, batchSize: 12, scoreEvery: 5, patience: 2, learningRate: 0.02 },
      onProgress: ({ loss }) => void losses.push(loss),
    });
    expect(result.steps).toBeLessThan(200);
    expect(losses).toHaveLength(result.steps);
    expect(result.keptStep).toBe(result.steps - 10);
    expect((await scorePairs(classifier, data, heldPairs)).loss).toBe(result.held!.loss);
  });

  it('leaves no tensor behind', async () => {
    const classifier = create();
    const before = memory().numTensors;
    await trainClassifier(classifier, { data, pairs, heldPairs: pairs, seed: 1, steps: 3, scoreEvery: 1 });
    expect(memory().numTensors).toBe(before);
  });

  it('names what it cannot train on', async () => {
    const train = (options: object) => trainClassifier(create(), { data, pairs, seed: 1, ...options });
    await expect(train({ pairs: [] })).rejects.toThrow('trainClassifier: pairs must be at least 2, got 0');
    await expect(train({ steps: 0 })).rejects.toThrow('trainClassifier: steps must be a whole number of at least 1, got 0');
    await expect(train({ data: { ...data, classNames: ['a', 'b'] } })).rejects.toThrow(
      'trainClassifier: data must have the classes high, low, middle, got a, b',
    );
    await expect(train({ learningRate: 1e30, steps: 5 })).rejects.toThrow(
      /^trainClassifier: the loss is .* at step \d; try a lower/,
    );
  });
});

describe('trainJudge', () => {
  it('notes where both classifiers come from', async () => {
    const [train, held] = [pairs.filter(({ song }) => song === 1), pairs.filter(({ song }) => song === 2)];
    const steps = { V: 2, A: 3 };
    const judge = await trainJudge({
      data,
      pairs: train,
      heldPairs: held,
      validationPairs: pairs,
      seed: 7,
      width: 1 / 16,
      steps,
    });
    expect(judge.A.provenance).toMatchObject({
      data: { manifestHash: 'banded', decibelRange: data.decibelRange, split: 'train', pairs: 12, heldPairs: 12 },
      seed: 7,
      steps: 3,
      held: { n: 12 },
      validation: { n: 24 },
    });
    expect(judge.V.provenance.data.songs).toEqual(['high 1', 'low 1', 'middle 1']);
    expect(judge.V.provenance.data.heldSongs).toEqual(['high 2', 'low 2', 'middle 2']);
    expect(judge.V.provenance.steps).toBe(2);
    judge.dispose();
  });
});
