import '@tensorflow/tfjs-backend-cpu';
import { createClassifier, type ClassifierOptions } from '@cmcgan/classifier';
import { createChenGan, createCmcgan, type ChenOptions, type CmcganOptions, type LoadedModel } from '@cmcgan/model';
import { image, randomNormal, randomUniform, setBackend, softmax, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomiseWeights } from '../../test/random-weights';
import { classifierToOnnx, generatorToOnnx } from '../index';

beforeAll(() => setBackend('cpu'));

const BATCH = 2;
/** Patches of random values: unlike noise, they are not averaged away. */
const patches = (width: number, channels: number) => {
  const coarse = randomUniform([BATCH, 4, 4, channels], -1, 1, 'float32', channels) as Tensor4D;
  return image.resizeNearestNeighbor(coarse, [128, width]);
};
const images = () => patches(128, 3);
const sounds = () => patches(32, 1);

/** What onnxruntime-web (wasm) computes from tensors by name. */
async function run(onnx: Uint8Array, feeds: Record<string, Tensor>): Promise<Record<string, OrtTensor>> {
  const session = await InferenceSession.create(onnx);
  expect([...session.inputNames].sort()).toEqual(Object.keys(feeds).sort());
  const given = Object.entries(feeds).map(([name, tensor]) => {
    return [name, new OrtTensor('float32', tensor.dataSync<'float32'>(), tensor.shape)] as const;
  });
  const results = await session.run(Object.fromEntries(given));
  await session.release();
  return results;
}

const difference = (a: Float32Array, b: Float32Array) => a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

/** The largest difference, after checking that shapes agree and that the values depend on the sample that they come from. */
function distance(result: OrtTensor, expected: Tensor): number {
  expect(result.dims).toEqual(expected.shape);
  const wanted = expected.dataSync<'float32'>();
  const size = wanted.length / BATCH;
  expect(difference(wanted.slice(0, size), wanted.slice(size))).toBeGreaterThan(0.02);
  return difference(wanted, result.data as Float32Array);
}

/** The distance between ONNX and our own output on each way of a model. */
async function distances(model: LoadedModel): Promise<Record<string, number>> {
  randomiseWeights(model.tensors(), 7);
  const found: Record<string, number> = {};
  for (const { from, output } of model.ways) {
    const sample = from === 'V' ? images() : sounds();
    const z = model.latentSize === 0 ? undefined : randomNormal([BATCH, 1, 1, model.latentSize], 0, 1, 'float32', 3);
    const onnx = await generatorToOnnx(model, { from, output });
    const results = await run(onnx, { [from === 'V' ? 'image' : 'sound']: sample, ...(z && { z }) });
    const generate = (from === 'V' ? model.generateSound : model.generateImage)!;
    found[`${from} ${output}`] = distance(results[from === 'V' ? 'sound' : 'image'], generate(sample, z, { output }));
  }
  return found;
}

describe('generatorToOnnx', () => {
  it.each<[string, CmcganOptions]>([
    ['seven layers', {}],
    ['six layers', { depth: 6 }],
    ['five layers', { depth: 5 }],
    ['another width and latent', { width: 1 / 16, latentSize: 3 }],
    ['no latent', { latentSize: 0, depth: 6 }],
    ['moving averages for all roles together', { statistics: 'mixed' }],
    ['batch normalisation at the end', { outputActivation: 'batchNormLeakyRelu' }],
  ])('computes what CMCGAN with %s does, on all four ways', async (_, options) => {
    const found = await distances(createCmcgan({ width: 1 / 32, seed: 1, ...options }));
    expect(Object.keys(found)).toEqual(['A pathEnd', 'A direct', 'V pathEnd', 'V direct']);
    for (const distance of Object.values(found)) expect(distance).toBeLessThan(1e-4);
  });

  it('computes what LCGAN does, on its two ways', async () => {
    const found = await distances(createCmcgan({ width: 1 / 32, paths: 'two', seed: 1 }));
    expect(Object.keys(found)).toEqual(['A direct', 'V direct']);
    for (const distance of Object.values(found)) expect(distance).toBeLessThan(1e-4);
  });

  it.each<[string, ChenOptions]>([
    ['I2S', { from: 'V', feature: 'classifier' }],
    ['S2IC', { from: 'A', feature: 'classifier' }],
    ['S2I-N', { from: 'A', feature: 'learnt' }],
    ['S2I-A without a latent', { from: 'A', feature: 'autoencoder', latentSize: 0 }],
  ])('computes what the baseline %s does', async (_, options) => {
    const found = await distances(createChenGan({ width: 1 / 32, seed: 1, ...options }));
    expect(Object.keys(found)).toEqual([`${options.from} direct`]);
    for (const distance of Object.values(found)) expect(distance).toBeLessThan(1e-4);
  });
});

describe('classifierToOnnx', () => {
  const classNames = ['flute', 'horn', 'tuba'];
  it.each<Omit<ClassifierOptions, 'classNames'>>([
    { modality: 'V' },
    { modality: 'A' },
    { modality: 'VA', fusion: 'early' },
    { modality: 'VA', fusion: 'late' },
  ])('computes the logits and probabilities of %o', async (options) => {
    const classifier = createClassifier({ width: 1 / 16, featureSize: 8, classNames, seed: 1, ...options });
    randomiseWeights(classifier.tensors(), 8);
    const samples = { images: images(), sounds: sounds() };
    const feeds = {
      ...(options.modality.includes('V') && { image: samples.images }),
      ...(options.modality.includes('A') && { sound: samples.sounds }),
    };
    const { logits, probabilities } = await run(await classifierToOnnx(classifier), feeds);
    const expected = classifier.logits(samples);
    expect(distance(logits, expected)).toBeLessThan(1e-4);
    expect(difference(probabilities.data as Float32Array, softmax(expected).dataSync<'float32'>())).toBeLessThan(1e-4);
  });
});
