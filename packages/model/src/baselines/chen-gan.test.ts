import '@tensorflow/tfjs-backend-cpu';
import { memory, randomNormal, setBackend, tidy } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAutoencoder, createChenGan, wayName } from '../index';
import type { ChenFeature, ChenOptions, Modality, StatisticsUpdate } from '../index';

const TINY = { width: 1 / 64, featureSize: 4, seed: 1, initialisation: 'he' } as const;
const images = (seed = 1) => randomNormal([2, 128, 128, 3], 0, 0.5, 'float32', seed) as Tensor4D;
const sounds = (seed = 2) => randomNormal([2, 128, 32, 1], 0, 0.5, 'float32', seed) as Tensor4D;
const latent = (seed = 3) => randomNormal([2, 1, 1, 10], 0, 1, 'float32', seed) as Tensor4D;
const values = (tensor: Tensor) => [...tensor.dataSync()];

beforeAll(() => setBackend('cpu'));

/** Closed forms from the tables: 25 taps per filter, two parameters per channel for batch normalisation, one for a bias. */
function expectedCounts(width: number, from: Modality) {
  const scale = (channels: number[]) => channels.map((count) => count * width);
  const filters = (channels: number[]) => channels.slice(1).reduce((sum, count, i) => sum + 25 * count * channels[i], 0);
  const total = (channels: number[]) => channels.reduce((sum, count) => sum + count, 0);
  const [source, target, positions] = from === 'A' ? [1, 3, 16] : [3, 1, 4];
  const encoder = [...scale([64, 128, 256, 512, 512, 256]), 64];
  const made = scale([1024, 512, 256, 128, 64]);
  const judged = scale([64, 128, 256, 512, 1024]);
  const joint = 512 * width;
  const counts = {
    feature: filters([source, ...encoder]) + 2 * total(encoder),
    generator: (64 + 10) * positions * made[0] + filters([...made, target]) + 2 * total(made) + target,
    discriminator:
      filters([target, ...judged]) +
      judged[0] +
      2 * total(judged.slice(1)) +
      (judged[4] + 64) * joint +
      2 * joint +
      positions * joint +
      1,
  };
  return { ...counts, total: counts.feature + counts.generator + counts.discriminator };
}

describe('createChenGan', () => {
  it.each<[Modality, number]>([
    ['A', 1 / 4],
    ['V', 1 / 8],
  ])('from %s has as many parameters at width %d as the tables say', (from, width) => {
    const model = createChenGan({ from, width, seed: 1 });
    expect(model.parameterCounts()).toEqual(expectedCounts(width, from));
    model.dispose();
  });

  it.each<[Modality, string, number[]]>([
    ['A', 'A→V', [2, 128, 128, 3]],
    ['V', 'V→A', [2, 128, 32, 1]],
  ])('from %s generates the other modality, in [-1, 1], and has no other way', (from, name, shape) => {
    const model = createChenGan({ ...TINY, from });
    const generate = (from === 'A' ? model.generateImage : model.generateSound)!;
    const generated = generate(from === 'A' ? sounds() : images(), latent());
    expect(generated.shape).toEqual(shape);
    expect(values(generated).every((value) => value >= -1 && value <= 1)).toBe(true);
    expect(model.ways.map(wayName)).toEqual([name]);
    expect(from === 'A' ? model.generateSound : model.generateImage).toBeUndefined();
    const withEnd = () => generate(from === 'A' ? sounds() : images(), latent(), { output: 'pathEnd' });
    expect(withEnd).toThrow('output must be direct where the model has no path');
  });

  it('makes another image of another sound and of another z, and the same one again', () => {
    const model = createChenGan({ ...TINY, from: 'A' });
    // Batch statistics, because the moving averages of an untrained network do not match it.
    const make = (sound: Tensor4D, z: Tensor4D) => values(model.generateImage!(sound, z, { statistics: 'batch' }));
    const image = make(sounds(), latent());
    expect(make(sounds(), latent())).toEqual(image);
    expect(make(sounds(), latent(9))).not.toEqual(image);
    expect(make(sounds(8), latent())).not.toEqual(image);
  });

  it.each<[ChenFeature, boolean]>([
    ['classifier', false],
    ['autoencoder', false],
    ['learnt', true],
  ])('with φ from %s: trained with the generator: %s', (feature, learns) => {
    const model = createChenGan({ ...TINY, from: 'A', feature });
    const features = Object.entries(model.tensors()).filter(([name]) => name.startsWith('feature.'));
    const trainable = features.filter(([, { trainable }]) => trainable).map(([, variable]) => variable);
    expect(trainable.filter((variable) => model.generatorVariables.includes(variable))).toHaveLength(learns ? 21 : 0);
    const seen: string[] = [];
    const onStatistics = ({ moving }: StatisticsUpdate) => void seen.push(...moving.map(({ mean }) => mean.name));
    tidy(() => void model.feature(sounds(), { statistics: 'batch', onStatistics }));
    expect(seen).toHaveLength(learns ? 7 : 0);
  });

  it('judges a sample by φ: another logit with another φ, and with another sample', () => {
    const { discriminator, feature } = createChenGan({ ...TINY, from: 'A', discriminator: { initialisation: 'he' } });
    const options = { role: 'real', statistics: 'batch' } as const;
    const logits = (image: Tensor4D, sound: Tensor4D) =>
      values(discriminator.logits(discriminator.features(image, options), feature(sound, options), options));
    expect(discriminator.features(images(), options).shape.slice(0, 3)).toEqual([2, 4, 4]);
    const first = logits(images(), sounds());
    expect(first).toHaveLength(2);
    expect(logits(images(), sounds(8))).not.toEqual(first);
    expect(logits(images(8), sounds())).not.toEqual(first);
  });

  it('leaves no tensor behind', () => {
    const before = memory().numTensors;
    const model = createChenGan({ ...TINY, from: 'V', feature: 'learnt' });
    const [image, z] = [images(), latent()];
    model.generateSound!(image, z).dispose();
    image.dispose();
    z.dispose();
    model.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it.each<[string, object, string]>([
    ['an unknown key', { depth: 5 }, 'resolveChenConfig: options must be among from, feature, width,'],
    ['an unknown feature', { feature: 'words' }, 'feature must be one of classifier, autoencoder, learnt, got "words"'],
    ['a broken width', { discriminator: { width: -1 } }, 'discriminator.width must be positive, got -1'],
    ['a broken seed', { seed: 0.5 }, 'createChenGan: seed must be a whole number, got 0.5'],
  ])('refuses %s', (_, options, message) => {
    expect(() => createChenGan({ ...TINY, from: 'A', ...options } as ChenOptions & { seed: number })).toThrow(message);
  });
});

describe('createAutoencoder', () => {
  it.each<Modality>(['V', 'A'])('reconstructs a sample of %s, and its encoder fits φ of a baseline', (modality) => {
    const autoencoder = createAutoencoder({ modality, width: 1 / 64, featureSize: 4, seed: 1 });
    const sample = modality === 'V' ? images() : sounds();
    expect(autoencoder.apply(sample, { statistics: 'batch' }).shape).toEqual(sample.shape);
    const { tensors } = createChenGan({ ...TINY, from: modality, feature: 'autoencoder' });
    const shapes = (named: Record<string, Tensor>) => Object.entries(named).map(([name, { shape }]) => [name, shape]);
    expect(shapes(autoencoder.features())).toEqual(shapes(tensors()).filter(([name]) => String(name).startsWith('feature.')));
  });
});
