import '@tensorflow/tfjs-backend-cpu';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lmsToSound, logMelSpectrum } from '@cmcgan/audio-features';
import { createClassifier, type Classifier, type ClassifierModality } from '@cmcgan/classifier';
import { saveClassifier } from '@cmcgan/classifier/node';
import { fitPixels, pixelsToImage } from '@cmcgan/image-io';
import { saveModel } from '@cmcgan/model/node';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder';
import { createGivenNetwork, GIVEN_PICTURE, GIVEN_RANGE, provenanceOf, risingTone } from '../test/given';
import { load, type Model, type PairInput } from './index';

const folder = temporaryFolder('cmcgan-pairs');
const inFolder = (...names: string[]) => join(folder, ...names);
const sound = { samples: risingTone(22_050), sampleRateHz: 44_100 };

const create = (modality: ClassifierModality): Classifier =>
  createClassifier({ modality, classNames: ['flute', 'horn', 'tuba'], width: 1 / 32, seed: 5 });
const both = create('VA');
const save = (classifier: Classifier, name: string, range = GIVEN_RANGE) =>
  saveClassifier({ classifier, provenance: provenanceOf(range) }, inFolder(name));

/** How much the opinions of both classifiers count. */
const POOL = { real: { V: 1, A: 0.5 }, generatedImage: { V: 0.25, A: 1 }, generatedSound: { V: 0.75, A: 0 } };

let model: Model;
beforeAll(async () => {
  await setBackend('cpu');
  await saveModel(createGivenNetwork(), inFolder('model'));
  await saveModel(createGivenNetwork(), inFolder('alone'));
  await save(both, 'model/classifier');
  await save(both, 'judge/both');
  await save(create('V'), 'pictures');
  await save(create('V'), 'pool/image');
  await save(create('A'), 'pool/sound');
  writeFileSync(inFolder('pool', 'pool.json'), JSON.stringify({ weights: POOL }));
  mkdirSync(inFolder('broken-pool'));
  writeFileSync(inFolder('broken-pool', 'pool.json'), JSON.stringify({ weights: POOL }));
  for (const [name, weights] of Object.entries({
    'no-weight': { real: { V: 1 } },
    negative: { ...POOL, real: { V: -1, A: 1 } },
  })) {
    cpSync(inFolder('pool'), inFolder(name), { recursive: true });
    writeFileSync(inFolder(name, 'pool.json'), JSON.stringify({ weights }));
  }
  await save(both, 'other-range', { floorDb: -80, ceilingDb: 0 });
  model = await load(inFolder('model'));
});

describe('restore', () => {
  it('generates the missing sound, as pictureToSound does', async () => {
    const pair = await model.restore({ picture: GIVEN_PICTURE }, { seed: 4 });
    expect(pair.generated).toBe('sound');
    expect(pair.sound.samples).toEqual((await model.pictureToSound(GIVEN_PICTURE, { seed: 4 })).samples);
    const given = fitPixels(GIVEN_PICTURE).pixels;
    expect(Math.max(...pair.picture.pixels.map((value, i) => Math.abs(value - given[i])))).toBe(0);
  });

  it('generates the missing picture, as soundToPicture does', async () => {
    const pair = await model.restore({ sound, picture: undefined }, { seed: 4 });
    expect(pair.generated).toBe('picture');
    expect(pair.picture.pixels).toEqual((await model.soundToPicture(sound, { seed: 4 })).pixels);
    expect(pair.sound.samples).toEqual(sound.samples);
  });

  it('gives back a complete pair', async () => {
    const pair = await model.restore({ sound, picture: GIVEN_PICTURE });
    expect([pair.generated, pair.picture.pixels.length, pair.sound.samples.length]).toEqual([null, 128 * 128 * 3, 22_050]);
  });

  it.each<[string, object, string]>([
    ['nothing', {}, 'restore: a picture, a sound or both must be given, got neither'],
    ['no object', undefined as unknown as object, 'restore: options must be an object, got undefined'],
    ['other names', { image: GIVEN_PICTURE }, 'restore: options must be among picture, sound, got image'],
    ['silence', { sound: { samples: new Float32Array(9), sampleRateHz: 44_100 } }, 'restore: the sound must be audible'],
  ])('refuses %s', async (_, input, message) => {
    await expect(model.restore(input)).rejects.toThrow(message);
  });
});

describe('classify', () => {
  it('gives the probabilities that the classifier gives for the pair', async () => {
    const { className, probabilities, generated } = await model.classify({ picture: GIVEN_PICTURE, sound });
    const expected = await both.classify({
      image: pixelsToImage(fitPixels(GIVEN_PICTURE).pixels),
      sound: lmsToSound(logMelSpectrum(sound.samples).data, GIVEN_RANGE),
    });
    expect([className, generated]).toEqual([expected.className, null]);
    expect(Object.keys(probabilities)).toEqual(['flute', 'horn', 'tuba']);
    expect(Object.values(probabilities)).toEqual([...expected.probabilities]);
  });

  it.each<[PairInput, string]>([
    [{ picture: GIVEN_PICTURE }, 'sound'],
    [{ sound }, 'picture'],
  ])('generates what is missing of a pair, and returns it', async (input, missing) => {
    const classified = await model.classify(input, { seed: 2 });
    const restored = await model.restore(input, { seed: 2 });
    expect(classified.generated).toBe(missing);
    expect(classified.picture.pixels).toEqual(restored.picture.pixels);
    expect(classified.sound.samples).toEqual(restored.sound.samples);
    expect(Object.values(classified.probabilities).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  });

  it('pools the opinions of two classifiers, which counts a generated half by weights of its own', async () => {
    const other = await load(inFolder('alone'), { classifier: inFolder('pool') });
    const [V, A] = [create('V'), create('A')];
    for (const [input, weights] of [
      [{ picture: GIVEN_PICTURE, sound }, POOL.real],
      [{ sound }, POOL.generatedImage],
      [{ picture: GIVEN_PICTURE }, POOL.generatedSound],
    ] as const) {
      const pair = await other.classify(input);
      const image = pixelsToImage(pair.generated === 'picture' ? pair.picture.pixels : fitPixels(GIVEN_PICTURE).pixels);
      const seen = (await V.classify({ image })).probabilities;
      const heard = (await A.classify({ sound: lmsToSound(logMelSpectrum(sound.samples).data, GIVEN_RANGE) })).probabilities; // a generated one counts nothing here
      const powers = Array.from(seen, (value, id) => value ** weights.V * heard[id] ** weights.A);
      const total = powers.reduce((sum, power) => sum + power, 0);
      Object.values(pair.probabilities).forEach((value, id) => expect(value).toBeCloseTo(powers[id] / total, 2));
    }
    other.dispose();
  });

  it.each<[string, () => NonNullable<Parameters<typeof load>[1]>['classifier']]>([
    ['a folder', () => inFolder('model', 'classifier')],
    ["the folder of an evaluation's judges", () => inFolder('judge')],
    [
      'the contents of its files',
      () => ({
        config: readFileSync(inFolder('judge', 'both', 'config.json'), 'utf8'),
        weights: readFileSync(inFolder('judge', 'both', 'model.safetensors')),
      }),
    ],
  ])('takes a classifier from %s', async (_, classifier) => {
    const before = memory().numTensors;
    const other = await load(inFolder('alone'), { classifier: classifier() });
    expect(await other.classify({ sound })).toMatchObject({ probabilities: (await model.classify({ sound })).probabilities });
    other.dispose();
    await Promise.resolve();
    expect(memory().numTensors).toBe(before);
  });

  it.each<[string, string | undefined, string]>([
    [
      'no classifier',
      undefined,
      `classify: the model must have a classifier beside its generator, in the folder ${inFolder('alone', 'classifier')}`,
    ],
    ['an empty folder', 'none', `classify: ${inFolder('none')} must hold a classifier, but there is no config.json in it`],
    [
      'one of pictures',
      'pictures',
      `classify: ${inFolder('pictures', 'config.json')} must be of a classifier of modality VA, got V`,
    ],
    ['another range', 'other-range', "must be of a classifier for sounds of -50 to 30 dB, as the generator's, got -80 to 0 dB"],
    ['a generator', 'alone', 'must describe a classifier: classifier or provenance is missing'],
    [
      'a pool without classifiers',
      'broken-pool',
      `classify: ${inFolder('broken-pool', 'image', 'config.json')} must lie beside ${inFolder('broken-pool', 'pool.json')}, but it is missing`,
    ],
    [
      'a pool that lacks a weight',
      'no-weight',
      `classify: weights.real.A of ${inFolder('no-weight', 'pool.json')} must be a number of at least 0, got undefined`,
    ],
    ['a negative weight', 'negative', 'must be a number of at least 0, got -1'],
  ])('refuses %s', async (_, name, message) => {
    const before = memory().numTensors;
    const other = await load(inFolder('alone'), name === undefined ? {} : { classifier: inFolder(name) });
    await expect(other.classify({ sound })).rejects.toThrow(message);
    other.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
