import '@tensorflow/tfjs-backend-cpu';
import { fill, memory, randomNormal, setBackend, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { copyGenerator, createChenGan, createCmcgan } from './index';

beforeAll(() => setBackend('cpu'));

const MODELS = {
  CMCGAN: () => createCmcgan({ width: 1 / 64, latentSize: 0, seed: 1 }),
  'a baseline': () => createChenGan({ width: 1 / 64, latentSize: 0, from: 'V', seed: 1 }),
};

describe.each(Object.entries(MODELS))('copyGenerator of %s', (_, create) => {
  const image = () => randomNormal([1, 128, 128, 3], 0, 1, 'float32', 1) as Tensor4D;

  it('generates the same, has the same names in the same order, and the same discriminator', () => {
    const model = create();
    const copy = copyGenerator(model);
    expect(copy.config).toEqual(model.config);
    expect(Object.keys(copy.tensors())).toEqual(Object.keys(model.tensors()));
    expect([...copy.generateSound!(image()).dataSync()]).toEqual([...model.generateSound!(image()).dataSync()]);
    expect(copy.discriminator).toBe(model.discriminator);
    expect(copy.discriminatorVariables).toEqual(model.discriminatorVariables);
    expect(copy.generatorVariables.map(({ shape }) => shape)).toEqual(model.generatorVariables.map(({ shape }) => shape));
  });

  it('has generator weights of its own, and leaves the original whole when it is disposed of', () => {
    const before = memory().numTensors;
    const model = create();
    const ofModel = memory().numTensors;
    const copy = copyGenerator(model);
    const [weight] = copy.generatorVariables;
    tidy(() => weight.assign(fill(weight.shape, 7)));
    expect(model.generatorVariables[0].dataSync()).not.toContain(7);
    copy.dispose();
    expect(memory().numTensors).toBe(ofModel);
    expect(() => Object.values(model.tensors()).map((variable) => variable.dataSync())).not.toThrow();
    model.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
