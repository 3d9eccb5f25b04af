import '@tensorflow/tfjs-backend-cpu';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomNormal, setBackend } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClassifier, createJudge } from '../index';
import type { ClassifierModality, Provenance, TrainedClassifier } from '../index';
import { loadClassifier, loadJudge, saveClassifier, saveJudge } from './index';

let folder: string;
beforeAll(() => setBackend('cpu'));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cmcgan-classifier-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const provenance: Provenance = {
  data: {
    ...{ manifestHash: 'abc', decibelRange: { floorDb: -80, ceilingDb: 0 }, split: 'train', pairs: 2 },
    ...{ songs: ['flute 1'], heldSongs: [], heldPairs: 0 },
  },
  seed: 1,
  schedule: { seed: 1, steps: 2, batchSize: 2, learningRate: 1e-3, augmentation: null, scoreEvery: 50, patience: 5 },
  ...{ steps: 2, keptStep: 2, held: null, validation: { accuracy: 0.5, correct: 1, n: 2, interval: [0.1, 0.9] } },
};
const trained = (modality: ClassifierModality = 'A', seed = 1): TrainedClassifier => ({
  classifier: createClassifier({ modality, classNames: ['flute', 'horn'], width: 1 / 64, seed }),
  provenance,
});
const weightsPath = () => join(folder, 'model.safetensors');
const configPath = () => join(folder, 'config.json');

describe('saveClassifier and loadClassifier', () => {
  it('give back the variables, the averages, the logits and the provenance', async () => {
    const saved = trained('VA');
    const { classifier } = saved;
    classifier.tensors()['trunkVA.1.movingMean'].assign(randomNormal([2]));
    await saveClassifier(saved, join(folder, 'new', 'folder'));
    const loaded = await loadClassifier(join(folder, 'new', 'folder'));
    expect(loaded.classifier.config).toEqual(classifier.config);
    expect(loaded.provenance).toEqual(provenance);
    const samples = {
      images: randomNormal([2, 128, 128, 3]) as Tensor4D,
      sounds: randomNormal([2, 128, 32, 1]) as Tensor4D,
    };
    expect(loaded.classifier.logits(samples).dataSync()).toEqual(classifier.logits(samples).dataSync());
  });

  it('replace what was there and leave no temporary file', async () => {
    await saveClassifier(trained('A', 1), folder);
    await saveClassifier(trained('A', 2), folder);
    expect(readdirSync(folder).sort()).toEqual(['config.json', 'model.safetensors']);
    const bias = (await loadClassifier(folder)).classifier.tensors()['output.weight'].dataSync();
    expect(bias).toEqual(trained('A', 2).classifier.tensors()['output.weight'].dataSync());
  });

  it('detect weights that the configuration was not written with', async () => {
    await saveClassifier(trained('A', 1), folder);
    const old = readFileSync(configPath());
    await saveClassifier(trained('A', 2), folder);
    writeFileSync(configPath(), old);
    await expect(loadClassifier(folder)).rejects.toThrow(
      `${weightsPath()} must be the file that config.json was written with, but its SHA-256 differs`,
    );
  });

  it('name the file that is missing or not a description', async () => {
    await expect(loadClassifier(folder)).rejects.toThrow(`loadClassifier: ${configPath()} must be readable, got ENOENT`);
    await saveClassifier(trained(), folder);
    rmSync(weightsPath());
    await expect(loadClassifier(folder)).rejects.toThrow(`loadClassifier: ${weightsPath()} must be readable, got ENOENT`);
    writeFileSync(configPath(), '{}');
    await expect(loadClassifier(folder)).rejects.toThrow(
      `${configPath()} must describe a classifier: classifier, provenance or weightsSha256 is missing`,
    );
    writeFileSync(configPath(), 'x');
    await expect(loadClassifier(folder)).rejects.toThrow(
      `loadClassifier: ${configPath()} must describe a classifier: Unexpected token`,
    );
  });
});

describe('saveJudge and loadJudge', () => {
  it('give back both classifiers with their provenance', async () => {
    const judge = createJudge({ V: trained('V'), A: trained('A') });
    await saveJudge(judge, folder);
    const loaded = await loadJudge(folder);
    const sounds = randomNormal([3, 128, 32, 1]) as Tensor4D;
    expect(await loaded.A.classifier.predict({ sounds })).toEqual(await judge.A.classifier.predict({ sounds }));
    expect([loaded.V.provenance, loaded.classNames]).toEqual([provenance, ['flute', 'horn']]);
  });
});
