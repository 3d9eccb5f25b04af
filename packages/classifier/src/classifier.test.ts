import '@tensorflow/tfjs-backend-cpu';
import { memory, randomNormal, setBackend, slice, zeros } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { classifierFromTensors, createClassifier, fuseEarly, resolveClassifierConfig } from './index';
import type { Classifier, ClassifierOptions } from './index';

beforeAll(() => setBackend('cpu'));

const classNames = ['flute', 'horn', 'oboe'];
const tiny = (options: Omit<ClassifierOptions, 'classNames'>, seed = 1) =>
  createClassifier({ width: 1 / 64, featureSize: 6, classNames, seed, ...options });
const samples = (count = 2) => ({
  images: randomNormal([count, 128, 128, 3], 0, 0.3, 'float32', 1) as Tensor4D,
  sounds: randomNormal([count, 128, 32, 1], 0, 0.3, 'float32', 2) as Tensor4D,
});

/** The values of all variables by name. */
const dataOf = (classifier: Classifier) =>
  Object.fromEntries(
    Object.entries(classifier.tensors()).map(([name, tensor]) => [
      name,
      { shape: tensor.shape, data: tensor.dataSync<'float32'>() },
    ]),
  );

const KINDS = [
  { modality: 'V', features: 6 },
  { modality: 'A', features: 6 },
  { modality: 'VA', fusion: 'early', features: 6 },
  { modality: 'VA', fusion: 'late', features: 12 },
] as const;

describe.each(KINDS)('a classifier of $modality $fusion', ({ features, ...options }) => {
  it('gives features that are not negative, and a logit for each class', () => {
    const classifier = tiny(options);
    const batch = samples();
    const found = classifier.features(batch);
    expect(found.shape).toEqual([2, features]);
    expect(Math.min(...found.dataSync())).toBeGreaterThanOrEqual(0);
    expect(classifier.logits(batch).shape).toEqual([2, 3]);
    expect(classifier.logits(batch).dataSync()).toEqual(classifier.logitsOfFeatures(found).dataSync());
  });

  it('leaves nothing behind but what it returns', () => {
    const classifier = tiny(options);
    const batch = samples();
    const before = memory().numTensors;
    const results = [classifier.logits(batch), classifier.features(batch, { statistics: 'batch' })];
    expect(memory().numTensors).toBe(before + results.length);
  });

  it('disposes of all that it made', () => {
    const before = memory().numTensors;
    tiny(options).dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('is the same for the same seed, another for another', () => {
    const batch = samples();
    const logits = (seed: number) => tiny(options, seed).logits(batch).dataSync();
    expect(logits(1)).toEqual(logits(1));
    expect(logits(2)).not.toEqual(logits(1));
  });

  it('comes back from its tensors', () => {
    const classifier = tiny(options);
    const batch = samples();
    const back = classifierFromTensors(classifier.config, dataOf(classifier));
    expect(back.logits(batch).dataSync()).toEqual(classifier.logits(batch).dataSync());
  });
});

describe('a classifier', () => {
  it("has the paper's channels at width 1", () => {
    const tensors = createClassifier({ modality: 'A', classNames, seed: 1 }).tensors();
    const filters = Object.keys(tensors)
      .filter((name) => name.endsWith('.filter'))
      .map((name) => tensors[name].shape);
    expect(filters).toEqual([
      [5, 5, 1, 64],
      [5, 5, 64, 128],
      [5, 5, 128, 256],
      [5, 5, 256, 512],
      [5, 5, 512, 512],
      [5, 5, 512, 256],
      [5, 5, 256, 64],
    ]);
  });

  it('ignores modalities that it does not use', async () => {
    const classifier = tiny({ modality: 'A' });
    const { sounds } = samples();
    expect(classifier.logits({ sounds, images: zeros([1, 2, 3, 4]) as Tensor4D }).shape).toEqual([2, 3]);
  });

  it('predicts the class with the largest logit', async () => {
    const classifier = tiny({ modality: 'V' });
    const batch = samples(3);
    const rows = (await classifier.logits(batch).array()) as number[][];
    expect([...(await classifier.predict(batch))]).toEqual(rows.map((row) => row.indexOf(Math.max(...row))));
  });

  it('classifies one sample: probabilities that sum to 1, the name of the most probable class', async () => {
    const classifier = tiny({ modality: 'A' });
    const sound = new Float32Array(128 * 32).fill(0.2);
    const { classId, className, probabilities } = await classifier.classify({ sound });
    expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    expect(probabilities[classId]).toBe(Math.max(...probabilities));
    expect(className).toBe(classNames[classId]);
  });

  it('normalises by the moving averages, so that a sample does not depend on its batch', () => {
    const classifier = tiny({ modality: 'A' });
    const { sounds } = samples(3);
    const alone = classifier.logits({ sounds: slice(sounds, [1, 0, 0, 0], [1, 128, 32, 1]) }).dataSync();
    const together = classifier.logits({ sounds }).dataSync().slice(3, 6);
    alone.forEach((value, i) => expect(together[i]).toBeCloseTo(value, 5));
  });

  it('names what is missing or has another shape', async () => {
    const { images, sounds } = samples();
    expect(() => tiny({ modality: 'V' }).logits({ sounds })).toThrow(
      'Classifier: images must be given, [B, 128, 128, 3], got none',
    );
    expect(() => tiny({ modality: 'VA' }).logits({ images })).toThrow(
      'Classifier: sounds must be given, [B, 128, 32, 1], got none',
    );
    expect(() => tiny({ modality: 'A' }).logits({ sounds: images })).toThrow(
      'Classifier: sounds must have the shape [B, 128, 32, 1], got [2, 128, 128, 3]',
    );
    await expect(tiny({ modality: 'V' }).classify({ image: new Float32Array(5) })).rejects.toThrow(
      'sampleTensor: image must hold 49152 values, [128, 128, 3], got 5',
    );
  });
});

describe('fuseEarly', () => {
  it("makes each of the spectrum's frames four pixels wide, as the fourth channel", () => {
    const { images, sounds } = samples(1);
    const fused = fuseEarly(images, sounds);
    expect(fused.shape).toEqual([1, 128, 128, 4]);
    const [all, image, sound] = [fused.arraySync(), images.arraySync(), sounds.arraySync()];
    for (const [y, x] of [
      [0, 0],
      [5, 3],
      [77, 126],
      [127, 127],
    ]) {
      expect(all[0][y][x]).toEqual([...image[0][y][x], sound[0][y][Math.floor(x / 4)][0]]);
    }
  });
});

describe('resolveClassifierConfig', () => {
  it('defaults to the paper', () => {
    expect(resolveClassifierConfig({ modality: 'VA', classNames })).toMatchObject({ fusion: 'early', width: 1, featureSize: 64 });
    expect(resolveClassifierConfig({ modality: 'V', classNames }).fusion).toBeNull();
  });

  it.each([
    [{ modality: 'X' }, 'modality must be V, A or VA, got "X"'],
    [{ modality: 'VA', fusion: 'none' }, 'fusion must be early or late, got "none"'],
    [{ modality: 'A', fusion: 'late' }, 'fusion must be left out for modality A, got "late"'],
    [{ modality: 'A', classNames: ['one'] }, 'classNames must be at least two different names, got ["one"]'],
    [{ modality: 'A', classNames: ['one', 'one'] }, 'classNames must be at least two different names, got ["one","one"]'],
    [{ modality: 'A', width: 0 }, 'width must be positive, got 0'],
    [{ modality: 'A', featureSize: 1.5 }, 'featureSize must be a whole number of at least 1, got 1.5'],
    [{ modality: 'A', initialisation: -1 }, "initialisation must be positive or 'he', got -1"],
    [
      { modality: 'A', depth: 7 },
      'options must be among modality, fusion, classNames, width, featureSize, initialisation, got "depth"',
    ],
  ])('refuses %o', (options, message) => {
    const given = { classNames, ...options } as ClassifierOptions;
    expect(() => resolveClassifierConfig(given)).toThrow(`resolveClassifierConfig: ${message}`);
  });
});

describe('classifierFromTensors', () => {
  it('names a tensor that is missing, has another shape, or belongs to no layer', () => {
    const classifier = tiny({ modality: 'A' });
    const [config, tensors] = [classifier.config, dataOf(classifier)];
    const { ['output.bias']: bias, ...without } = tensors;
    expect(() => classifierFromTensors(config, without, 'file')).toThrow('file must hold output.bias, which is missing');
    expect(() => classifierFromTensors({ ...config, featureSize: 5 }, tensors, 'file')).toThrow(
      'trunkA.6.gamma of file must have the shape [5], got [6]',
    );
    expect(() => classifierFromTensors(config, { ...tensors, extra: bias }, 'file')).toThrow('tensors only, got extra');
  });
});
