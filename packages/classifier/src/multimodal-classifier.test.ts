import '@tensorflow/tfjs-backend-cpu';
import { createCmcgan } from '@cmcgan/model';
import { fill, memory, mean, randomNormal, setBackend, tidy } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createClassifier, createMultimodalClassifier, PRIOR_WEIGHTS } from './index';
import type { Classifier, SampleGenerator } from './index';

beforeAll(() => setBackend('cpu'));

const classNames = ['flute', 'horn', 'oboe'];
const VA = () => createClassifier({ modality: 'VA', classNames, width: 1 / 64, seed: 1 });

/** Makes an even image or sound of 0.5, and notes the latents that it was given. */
function fakeGenerator(latentSize = 4) {
  const latents: (number[] | undefined)[] = [];
  const make = (shape: [number, number, number]) => (given: Tensor4D, z?: Tensor4D) => {
    latents.push(z && [...z.dataSync()]);
    return fill([given.shape[0], ...shape], 0.5) as Tensor4D;
  };
  const generator: SampleGenerator = { latentSize, generateImage: make([128, 128, 3]), generateSound: make([128, 32, 1]) };
  return { generator, latents };
}

const sample = {
  image: new Float32Array(128 * 128 * 3).fill(-0.25),
  sound: new Float32Array(128 * 32).fill(0.25),
};
const generatedImage = new Float32Array(128 * 128 * 3).fill(0.5);
const generatedSound = new Float32Array(128 * 32).fill(0.5);

describe('classify', () => {
  it.each([
    { given: { sound: sample.sound }, generated: 'image', whole: { sound: sample.sound, image: generatedImage } },
    { given: { image: sample.image }, generated: 'sound', whole: { image: sample.image, sound: generatedSound } },
    { given: sample, generated: null, whole: sample },
  ])('reports what it generated: $generated', async ({ given, generated, whole }) => {
    const classifier = VA();
    const result = await createMultimodalClassifier({ VA: classifier, generator: fakeGenerator().generator }).classify(given);
    expect(result.generated).toBe(generated);
    expect(result).toMatchObject(await classifier.classify(whole));
  });

  it('counts a half that was generated before like one that it generates', async () => {
    const create = (modality: 'V' | 'A') => createClassifier({ modality, classNames, width: 1 / 64, seed: 1 });
    const weights = { ...PRIOR_WEIGHTS, generatedImage: { V: 0.1, A: 0.7 }, generatedSound: { V: 0.6, A: 0.2 } };
    const pool = createMultimodalClassifier({ V: create('V'), A: create('A'), weights, ...fakeGenerator() });
    const { sound, image } = sample;
    expect(await pool.classify({ sound, image: generatedImage, generated: 'image' })).toEqual(await pool.classify({ sound }));
    expect(await pool.classify({ image, sound: generatedSound, generated: 'sound' })).toEqual(await pool.classify({ image }));
    expect(await pool.classify({ sound, image: generatedImage })).not.toMatchObject(await pool.classify({ sound }));
    await expect(pool.classify({ sound, generated: 'image' })).rejects.toThrow(
      'generated must be left out unless image and sound are given, got image',
    );
  });

  it('rejects a sample with neither', async () => {
    const multimodal = createMultimodalClassifier({ VA: VA(), generator: fakeGenerator().generator });
    await expect(multimodal.classify({})).rejects.toThrow('an image, a sound or both must be given, got neither');
  });

  it('reports what a generator of one direction cannot generate', async () => {
    const { generateImage, latentSize } = fakeGenerator().generator;
    const multimodal = createMultimodalClassifier({ VA: VA(), generator: { generateImage, latentSize } });
    await expect(multimodal.classify({ image: sample.image })).rejects.toThrow(
      'sound must be given: the generator cannot make one (it has no generateSound)',
    );
    expect((await multimodal.classify({ sound: sample.sound })).generated).toBe('image');
  });

  it('draws the same latent at every call, another for another seed, none where the generator has none', async () => {
    const { generator, latents } = fakeGenerator();
    const classify = (seed: number) =>
      createMultimodalClassifier({ VA: VA(), generator, seed }).classify({ sound: sample.sound });
    await classify(1);
    await classify(1);
    await classify(2);
    expect(latents[0]).toHaveLength(4);
    expect(latents[1]).toEqual(latents[0]);
    expect(latents[2]).not.toEqual(latents[0]);
    const without = fakeGenerator(0);
    await createMultimodalClassifier({ VA: VA(), generator: without.generator }).classify({ sound: sample.sound });
    expect(without.latents).toEqual([undefined]);
  });
});

describe('a pool of an image classifier and a sound classifier', () => {
  const single = (modality: 'V' | 'A', names = classNames) =>
    createClassifier({ modality, classNames: names, width: 1 / 64, seed: 1 });
  const weights = { real: { V: 0.5, A: 2 }, generatedImage: { V: 0.25, A: 1.5 }, generatedSound: { V: 0.75, A: 0 } };
  const pooled = (generator = fakeGenerator().generator) =>
    createMultimodalClassifier({ V: single('V'), A: single('A'), weights, generator });

  it.each([
    { given: sample, whole: sample, used: weights.real },
    { given: { sound: sample.sound }, whole: { sound: sample.sound, image: generatedImage }, used: weights.generatedImage },
    { given: { image: sample.image }, whole: { image: sample.image, sound: generatedSound }, used: weights.generatedSound },
  ])('weighs both by where the halves come from: $used', async ({ given, whole, used }) => {
    const { probabilities } = await pooled().classify(given);
    const [V, A] = [await single('V').classify(whole), await single('A').classify(whole)];
    const powers = classNames.map((_, id) => V.probabilities[id] ** used.V * A.probabilities[id] ** used.A);
    const total = powers.reduce((sum, power) => sum + power, 0);
    powers.forEach((power, id) => expect(probabilities[id]).toBeCloseTo(power / total, 5));
  });

  it('leaves nothing behind but its logits', () => {
    const multimodal = pooled();
    const sounds = randomNormal([2, 128, 32, 1]) as Tensor4D;
    const before = memory().numTensors;
    expect(multimodal.logits({ sounds }).shape).toEqual([2, 3]);
    expect(memory().numTensors).toBe(before + 1);
  });

  it('refuses classifiers that do not belong together', () => {
    const { generator } = fakeGenerator();
    const create = (V: Classifier, A: Classifier) => () => createMultimodalClassifier({ V, A, weights, generator });
    expect(create(single('A'), single('A'))).toThrow('V must be a classifier of modality V, got A');
    expect(create(single('V'), single('A', ['flute', 'horn']))).toThrow(
      "A must have V's classes flute, horn, oboe, got flute, horn",
    );
  });
});

it('takes a CMCGAN as it is', async () => {
  const generator = createCmcgan({ width: 1 / 64, seed: 1 });
  const multimodal = createMultimodalClassifier({ VA: VA(), generator });
  expect((await multimodal.classify({ sound: sample.sound })).generated).toBe('image');
  expect((await multimodal.classify({ image: sample.image })).generated).toBe('sound');
});

describe('a batch', () => {
  it('is completed by the generator, with the latent given', () => {
    const { generator, latents } = fakeGenerator();
    const multimodal = createMultimodalClassifier({ VA: VA(), generator });
    const images = randomNormal([2, 128, 128, 3]) as Tensor4D;
    const z = randomNormal([2, 1, 1, 4]) as Tensor4D;
    const { sounds, generated } = multimodal.complete({ images }, z);
    expect([generated, sounds.shape, tidy(() => mean(sounds).dataSync()[0])]).toEqual(['sound', [2, 128, 32, 1], 0.5]);
    expect(latents).toEqual([[...z.dataSync()]]);
  });

  it('leaves nothing behind but its logits', () => {
    const multimodal = createMultimodalClassifier({ VA: VA(), generator: fakeGenerator().generator });
    const sounds = randomNormal([2, 128, 32, 1]) as Tensor4D;
    const before = memory().numTensors;
    expect(multimodal.logits({ sounds }).shape).toEqual([2, 3]);
    expect(memory().numTensors).toBe(before + 1);
  });
});

it('refuses a classifier of one modality', () => {
  const V = createClassifier({ modality: 'V', classNames, width: 1 / 64, seed: 1 });
  expect(() => createMultimodalClassifier({ VA: V, generator: fakeGenerator().generator })).toThrow(
    'createMultimodalClassifier: VA must be a classifier of modality VA, got V',
  );
});
