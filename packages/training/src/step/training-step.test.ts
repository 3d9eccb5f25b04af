import { add, memory, mul, tidy } from '@tensorflow/tfjs-core';
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { Cmcgan, CmcganOptions, StatisticsUpdate } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import { createMomentum } from '@cmcgan/tfjs-kernels';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainStep } from '../../test/plain-step';
import { createTrainerState, noiseBatch, normalSource } from '../../test/step-fixture';
import type { TrainingStepOptions } from './step-options';
import { trainableVariables } from '../trainable-variables';
import { createTrainingStep, resolveStepOptions } from './training-step';

let kernels: WasmKernels;

beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 1 });
});
afterAll(() => kernels.dispose());

const numbers = (tensors: readonly Tensor[]) => tensors.map((tensor) => Float32Array.from(tensor.dataSync()));
const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** |actual - expected| / |expected|, over a list of arrays. */
function distance(actual: Float32Array[], expected: Float32Array[]): number {
  const flat = (arrays: Float32Array[]) => Float32Array.from(arrays.flatMap((array) => [...array]));
  const [a, b] = [flat(actual), flat(expected)];
  return norm(a.map((value, i) => value - b[i])) / norm(b);
}

/** An optimiser that records its gradients and, unless `still`, takes a step of plain gradient descent. */
function noting(variables: readonly Variable[], still = false) {
  const inner = createMomentum({ variables: [...variables], learningRate: 0.1, momentum: 0 });
  const gradients: Float32Array[][] = [];
  const step = (given: Tensor[]) => {
    gradients.push(numbers(given));
    if (!still) inner.step(given);
  };
  return { optimizer: { ...inner, step } as Optimizer, gradients };
}

function createNoted(options: TrainingStepOptions = {}, modelOptions: CmcganOptions = {}, still = false) {
  const { model } = createTrainerState({}, modelOptions);
  const [discriminator, generator] = [noting(model.discriminatorVariables, still), noting(model.generatorVariables, still)];
  const optimizers = { discriminatorOptimizer: discriminator.optimizer, generatorOptimizer: generator.optimizer };
  // The optimisers read gradients, which a recorded step must not do.
  const step = createTrainingStep({ model, ...optimizers, options: { ...options, replay: 'off' } });
  return { model, step, ...optimizers, discriminator: discriminator.gradients, generator: generator.gradients };
}

/** Sets the encoders' moving averages to those of other data, so that it shows if they are not used. */
function moveAveragesOf(model: Cmcgan): void {
  for (const [name, average] of Object.entries(model.tensors())) {
    if (/^encoder.*moving(Mean|Variance)/.test(name)) average.assign(tidy(() => add(mul(average, 0.7), 0.1)));
  }
}

/** With one feature alone, every cosine would be 1 or -1. */
const SEVERAL_FEATURES: CmcganOptions = { codeSize: 12, discriminator: { featureSize: 6, hiddenUnits: 2, initialisation: 'he' } };

describe('createTrainingStep', () => {
  it.each<[string, TrainingStepOptions, CmcganOptions, varied?: boolean]>([
    ['a gradient penalty', { gradientPenalty: 2 }, {}],
    ['a gradient penalty and differentiable augmentation', { gradientPenalty: 2, discriminatorAugmentation: 'all' }, {}],
    ['images compared by squared errors', { consistency: 'all', lambda: 10, imageDistance: 'squared' }, {}],
    ['cut cycles', { consistency: 'all', fakes: 'both', lambda: 10, modeSeeking: 0.1, cycle: 'cut' }, {}],
    ['sounds compared at four scales', { consistency: 'all', lambda: 10, spectralScales: 4 }, {}],
    ['other samples for the encoders, and others to compare with', { consistency: 'all', modeSeeking: 0.1 }, {}, true],
    ['other samples for the encoders, others to compare with, a contrastive loss', { contrastive: 2 }, SEVERAL_FEATURES, true],
    ["the paper's options", {}, {}],
    ['all outputs judged and supervised', { fakes: 'both', consistency: 'all', lambda: 10 }, {}],
    [
      'the standard adversarial loss',
      { fakes: 'both' },
      { discriminator: { kind: 'unimodal', hiddenUnits: 2, initialisation: 'he' } },
    ],
    ['differentiable augmentation', { fakes: 'both', featureMatching: 5, discriminatorAugmentation: 'all' }, {}],
    [
      'differentiable augmentation, the standard adversarial loss',
      { discriminatorAugmentation: 'translation' },
      { discriminator: { kind: 'unimodal', hiddenUnits: 2, initialisation: 'he' } },
    ],
    ['feature matching and mode seeking', { fakes: 'both', featureMatching: 5, modeSeeking: 0.1 }, {}],
    [
      'an auxiliary classifier, a gradient penalty and differentiable augmentation',
      { fakes: 'both', classification: 0.7, gradientPenalty: 2, discriminatorAugmentation: 'all' },
      { classes: 4 },
    ],
    [
      'an auxiliary classifier, the standard adversarial loss',
      { fakes: 'both', classification: 0.7 },
      { classes: 3, discriminator: { kind: 'unimodal', hiddenUnits: 2, initialisation: 'he' } },
    ],
    ['an auxiliary classifier and mode seeking', { classification: 2, modeSeeking: 0.1 }, { classes: 3 }],
    ['a contrastive loss', { fakes: 'both', contrastive: 0.1, discriminatorAugmentation: 'all' }, SEVERAL_FEATURES],
    [
      'a contrastive loss and an auxiliary classifier',
      { contrastive: 2, classification: 0.7 },
      { classes: 3, ...SEVERAL_FEATURES },
    ],
    ['intermediates judged, depth 5', { fakes: 'intermediates' }, { depth: 5 }],
    [
      'two paths, no latent, a literal output, a plain discriminator',
      {},
      {
        paths: 'two',
        latentSize: 0,
        outputActivation: 'batchNormLeakyRelu',
        discriminator: { normalisation: 'none', hiddenUnits: 0, initialisation: 'he' },
      },
    ],
  ])('agrees with the plain, unshared step: %s', async (_, options, modelOptions, varied = false) => {
    const [shared, plain] = [createNoted(options, modelOptions), createNoted(options, modelOptions)];
    const batch = noiseBatch(3, 5);
    batch.classIds = [2, 0, 1];
    if (varied) {
      const { images: encoderImages, sounds: encoderSounds } = noiseBatch(3, 11);
      const { images: targetImages, sounds: targetSounds } = noiseBatch(3, 13);
      Object.assign(batch, { encoderImages, encoderSounds, targetImages, targetSounds });
    }
    const losses = await shared.step.run([batch], createRandom(9));
    const expected = plainStep({ ...plain, ...resolveStepOptions(plain.model, options) }, batch, createRandom(9));
    expect(Object.keys(losses.discriminator)).toEqual(Object.keys(expected.discriminator));
    for (const [key, value] of Object.entries(expected.discriminator)) {
      expect(losses.discriminator[key], key).toBeCloseTo(value, 5);
    }
    for (const [key, value] of Object.entries(expected.generator)) {
      expect(Math.abs(losses.generator[key] - value), key).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
    }
    expect(distance(shared.discriminator[0], plain.discriminator[0])).toBeLessThan(1e-4);
    expect(distance(shared.generator[0], plain.generator[0])).toBeLessThan(1e-4);
  });

  it('reports totals that are the sums of their parts', async () => {
    const { step } = createTrainerState({ lambda: 3 });
    const { discriminator, generator } = await step.run([noiseBatch(2, 1), noiseBatch(2, 3)], normalSource(1));
    expect(discriminator.total).toBeCloseTo(discriminator.wrong + discriminator.fake, 5);
    expect(generator.total).toBeCloseTo(generator.adversarial + 3 * generator.consistency, 5);
    const standard = createTrainerState({}, { discriminator: { kind: 'unimodal' } });
    const parts = (await standard.step.run([noiseBatch(2, 1)], normalSource(1))).discriminator;
    expect(parts.total).toBeCloseTo(parts.image + parts.sound, 5);
  });

  it('adds feature matching and mode seeking to the total, by their weights', async () => {
    const options = { lambda: 3, featureMatching: 0.5, modeSeeking: 0.25 };
    const { generator } = await createTrainerState(options).step.run([noiseBatch(3, 1)], normalSource(1));
    const { total, adversarial, consistency, featureMatching, modeSeeking } = generator;
    expect(total).toBeCloseTo(adversarial + 3 * consistency + 0.5 * featureMatching + 0.25 * modeSeeking, 3);
  });

  it('leaves as many tensors as it found', async () => {
    const { step } = createTrainerState(
      {
        ...{ generatorUpdates: 2, featureMatching: 1, modeSeeking: 1, discriminatorAugmentation: 'all', gradientPenalty: 1 },
        ...{ classification: 1, contrastive: 1 },
      },
      { classes: 2 },
    );
    const batches = [noiseBatch(2, 1), noiseBatch(2, 3)].map((batch) => ({ ...batch, classIds: [1, 0] }));
    const random = createRandom(1);
    await step.run(batches, random);
    await step.run(batches, random); // recorded
    const before = memory();
    await step.run(batches, random);
    expect(memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
  });

  it('holds the generator still while the discriminator moves, and the other way round', async () => {
    const { model, discriminatorOptimizer, generatorOptimizer } = createTrainerState();
    const weights = () => ({
      discriminator: numbers(model.discriminatorVariables),
      generator: numbers(model.generatorVariables),
    });
    const seen: ReturnType<typeof weights>[] = [weights()];
    const watched = (optimizer: Optimizer): Optimizer => ({
      ...optimizer,
      step: (given) => (optimizer.step(given), seen.push(weights())),
    });
    const optimizers = {
      discriminatorOptimizer: watched(discriminatorOptimizer),
      generatorOptimizer: watched(generatorOptimizer),
    };
    await createTrainingStep({ model, ...optimizers }).run([noiseBatch(3, 1)], normalSource(1));
    const [start, afterDiscriminator, end] = seen;
    expect(seen).toHaveLength(3);
    expect(afterDiscriminator.generator).toEqual(start.generator);
    expect(end.discriminator).toEqual(afterDiscriminator.discriminator);
    afterDiscriminator.discriminator.forEach((values, i) => expect(values, `D ${i}`).not.toEqual(start.discriminator[i]));
    end.generator.forEach((values, i) => expect(values, `G ${i}`).not.toEqual(start.generator[i]));
  });

  it.each<[string, TrainingStepOptions]>([
    ['all paths', { consistency: 'all', lambda: 10, modeSeeking: 0.1 }],
    ['a contrastive loss', { contrastive: 2 }],
  ])(
    'lets encoders of which nothing learns normalise real samples by their moving averages, as the plain step does, with %s',
    async (_, options) => {
      const [shared, plain] = [createNoted(options, SEVERAL_FEATURES, true), createNoted(options, SEVERAL_FEATURES, true)];
      const decoders = trainableVariables(shared.model, 'decoder');
      const generator = noting(decoders, true);
      const { model, discriminatorOptimizer } = shared;
      for (const each of [model, plain.model]) moveAveragesOf(each);
      const step = createTrainingStep({
        ...{ model, discriminatorOptimizer, generatorOptimizer: generator.optimizer },
        options: { ...options, replay: 'off' },
      });
      await step.run([noiseBatch(3, 1)], createRandom(9));
      const settings = { ...plain, ...resolveStepOptions(plain.model, options), realStatistics: 'moving' } as const;
      plainStep(settings, noiseBatch(3, 1), createRandom(9));
      const isDecoders = model.generatorVariables.map((variable) => decoders.includes(variable));
      expect(
        distance(
          generator.gradients[0],
          plain.generator[0].filter((_, i) => isDecoders[i]),
        ),
      ).toBeLessThan(1e-4);
      expect(isDecoders).toContain(false);
    },
  );

  it('updates the generator K times, each time from fresh latents', async () => {
    const { step, discriminator, generator } = createNoted({ generatorUpdates: 3 }, {}, true);
    await step.run([noiseBatch(3, 1)], normalSource(1));
    expect([discriminator.length, generator.length]).toEqual([1, 3]);
    expect(distance(generator[1], generator[0])).toBeGreaterThan(1e-3);
    expect(distance(generator[2], generator[1])).toBeGreaterThan(1e-3);
  });

  it('averages the gradients of micro-batches, with the same latents for both networks', async () => {
    const batches = [noiseBatch(3, 1), noiseBatch(3, 7)];
    const [together, apart] = [createNoted({}, {}, true), createNoted({}, {}, true)];
    const losses = await together.step.run(batches, normalSource(4));
    const random = normalSource(4);
    const parts = [await apart.step.run([batches[0]], random), await apart.step.run([batches[1]], random)];
    const mean = ([a, b]: Float32Array[][]) => a.map((values, i) => values.map((value, j) => (value + b[i][j]) / 2));
    expect(distance(together.discriminator[0], mean(apart.discriminator))).toBeLessThan(1e-5);
    expect(distance(together.generator[0], mean(apart.generator))).toBeLessThan(1e-5);
    expect(losses.generator.consistency).toBeCloseTo((parts[0].generator.consistency + parts[1].generator.consistency) / 2, 5);
    expect(losses.discriminator.total).toBeCloseTo((parts[0].discriminator.total + parts[1].discriminator.total) / 2, 5);
  });

  it('moves the moving averages once, by the mean of the micro-batches', async () => {
    const { model } = createTrainerState();
    const batches = [noiseBatch(3, 1), noiseBatch(3, 7)];
    const firstMeans = batches.map(({ images }) => {
      const means: Float32Array[] = [];
      const onStatistics = ({ mean }: StatisticsUpdate) => void means.push(...numbers([mean]));
      tidy(() => void model.encoderV.apply(images, { role: 'V', statistics: 'batch', onStatistics }));
      return means[0];
    });
    const expected = firstMeans[0].map((value, i) => (value + firstMeans[1][i]) / 2);
    const optimizers = {
      discriminatorOptimizer: noting(model.discriminatorVariables, true).optimizer,
      generatorOptimizer: noting(model.generatorVariables, true).optimizer,
    };
    await createTrainingStep({ model, ...optimizers, options: { generatorUpdates: 2 } }).run(batches, normalSource(1));
    const moved = numbers([model.tensors()['encoderV.0.movingMean.V']])[0];
    moved.forEach((value, i) => expect(value).toBeCloseTo(0.1 * expected[i], 6));
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['no batch', () => createTrainerState().step.run([], normalSource(1)), 'run: batches must hold at least one batch, got none'],
    [
      'a wrong sample that is the sample itself',
      () => createTrainerState().step.run([{ ...noiseBatch(3, 1), wrongSounds: [0, 2, 1] }], normalSource(1)),
      'run: wrongSounds must point each of 3 samples at another one, got 0, 2, 1',
    ],
    [
      'sounds for the encoders of another shape',
      () => createTrainerState().step.run([{ ...noiseBatch(3, 1), encoderSounds: noiseBatch(2, 1).sounds }], normalSource(1)),
      'run: encoderSounds must have the shape of sounds, [3,128,32,1], got [2,128,32,1]',
    ],
    [
      'images for the encoders of another shape',
      () => createTrainerState().step.run([{ ...noiseBatch(3, 1), encoderImages: noiseBatch(2, 1).images }], normalSource(1)),
      'run: encoderImages must have the shape of images, [3,128,128,3], got [2,128,128,3]',
    ],
    [
      'more scales than a sound has',
      async () => createTrainerState({ spectralScales: 7 }),
      'createTrainingStep: spectralScales must be a whole number from 1 to 6, got 7',
    ],
    [
      'a gradient penalty of a discriminator of one modality',
      async () => createTrainerState({ gradientPenalty: 1 }, { discriminator: { kind: 'unimodal' } }),
      'createTrainingStep: gradientPenalty must be 0 unless the discriminator is the joint one, got 1',
    ],
    [
      'a contrastive loss of discriminators of one modality',
      async () => createTrainerState({ contrastive: 1 }, { discriminator: { kind: 'unimodal' } }),
      'createTrainingStep: contrastive must be 0 unless the discriminator is the joint one, got 1',
    ],
    [
      'a negative λ',
      async () => createTrainerState({ lambda: -1 }),
      'createTrainingStep: lambda must be a number of at least 0, got -1',
    ],
    [
      'mode seeking without a latent',
      async () => createTrainerState({ modeSeeking: 1 }, { latentSize: 0 }),
      'createTrainingStep: modeSeeking must be 0 for a model without a latent, got 1',
    ],
    [
      'an auxiliary classifier without classes',
      async () => createTrainerState({ classification: 1 }),
      'createTrainingStep: classification must be 0 unless the discriminator has classes, got 1',
    ],
    [
      'an auxiliary classifier of pairs without classes',
      () => createTrainerState({ classification: 1 }, { classes: 3 }).step.run([noiseBatch(2, 1)], createRandom(1)),
      'run: classIds must give each of 2 pairs a class from 0 to 2, got none',
    ],
    [
      'a class that the auxiliary classifier does not know',
      () =>
        createTrainerState({ classification: 1 }, { classes: 3 }).step.run(
          [{ ...noiseBatch(2, 1), classIds: [3, 0] }],
          createRandom(1),
        ),
      'run: classIds must give each of 2 pairs a class from 0 to 2, got 3, 0',
    ],
    [
      'differentiable augmentation without uniform draws',
      () => createTrainerState({ discriminatorAugmentation: 'all' }).step.run([noiseBatch(2, 1)], normalSource(1)),
      'run: random must have uniform(), which discriminatorAugmentation draws from, such as createRandom of @cmcgan/random',
    ],
    [
      'K = 0',
      async () => createTrainerState({ generatorUpdates: 0 }),
      'createTrainingStep: generatorUpdates must be a whole number of at least 1, got 0',
    ],
    [
      'unknown fakes',
      async () => createTrainerState({ fakes: 'all' as never }),
      'createTrainingStep: fakes must be one of ends, intermediates, both, got "all"',
    ],
  ])('refuses %s', async (_, run, message) => {
    await expect(run()).rejects.toThrow(message);
  });
});
