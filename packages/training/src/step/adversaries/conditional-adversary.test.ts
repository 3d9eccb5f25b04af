import { conditionalDiscriminatorLoss, conditionalGeneratorLoss } from '@cmcgan/losses';
import { createChenGan, drawLatents } from '@cmcgan/model';
import type { ChenFeature, ChenGan, Modality } from '@cmcgan/model';
import { createMomentum } from '@cmcgan/tfjs-kernels';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { gather, memory, mul, sub, tensor1d, tidy, variableGrads } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noiseBatch, normalSource } from '../../../test/step-fixture';
import type { TensorBatch } from '../../training-batches';
import { createTrainingStep } from '../training-step';

const RATE = 0.5;
let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 1 });
});
afterAll(() => kernels.dispose());

const baseline = (from: Modality, feature: ChenFeature) =>
  createChenGan({
    from,
    feature,
    width: 1 / 64,
    featureSize: 4,
    seed: 1,
    initialisation: 'he',
    discriminator: { initialisation: 'he' },
  });

function createStep(model: ChenGan) {
  const optimizer = (variables: readonly Variable[]) => createMomentum({ variables, learningRate: RATE, momentum: 0 });
  return createTrainingStep({
    model,
    discriminatorOptimizer: optimizer(model.discriminatorVariables),
    generatorOptimizer: optimizer(model.generatorVariables),
    options: { fakes: 'both', consistency: 'ends' },
  });
}

/** The losses of the step written naively, with plain gradient descent. */
function plainStep(
  model: ChenGan,
  { images, sounds, wrongImages, wrongSounds }: TensorBatch,
  draws: ReturnType<typeof normalSource>,
) {
  const [given, sample, wrong] = model.config.from === 'A' ? [sounds, images, wrongImages] : [images, sounds, wrongSounds];
  const [role] = model.roles;
  const latents = drawLatents([role], { batchSize: images.shape[0], latentSize: model.latentSize }, draws);
  const fake = () => model.generate({ samples: { V: images, A: sounds }, latents, roles: [role], statistics: 'batch' })[role]!;
  const condition: Tensor2D = model.feature(given, { statistics: 'batch' });
  const judge = (x: Tensor4D) => {
    const options = { role: 'real', statistics: 'batch' } as const;
    return model.discriminator.logits(model.discriminator.features(x, options), condition, options);
  };
  const wrongSample = gather(sample, tensor1d(Array.from(wrong), 'int32'));
  const descend = (variables: readonly Variable[], lossOf: () => Scalar) => {
    const { value, grads } = variableGrads(lossOf, [...variables]);
    for (const variable of variables) variable.assign(sub(variable, mul(grads[variable.name], RATE)));
    return value.dataSync()[0];
  };
  const discriminator = descend(model.discriminatorVariables, () =>
    tidy(() => conditionalDiscriminatorLoss({ real: judge(sample), wrong: judge(wrongSample), fake: judge(fake()) }).total),
  );
  const generator = descend(model.generatorVariables, () => conditionalGeneratorLoss({ fake: judge(fake()) }));
  return { discriminator, generator };
}

const weights = (model: ChenGan) =>
  Object.fromEntries(Object.entries(model.tensors()).map(([name, tensor]) => [name, Float32Array.from(tensor.dataSync())]));
const norm = (values: Iterable<number>) => Math.sqrt([...values].reduce((sum, value) => sum + value * value, 0));

describe('the training step of a baseline', () => {
  it.each<[string, Modality, ChenFeature]>([
    ['S2IC', 'A', 'classifier'],
    ['I2S', 'V', 'classifier'],
    ['S2I-N', 'A', 'learnt'],
  ])('of %s moves the weights as the plain step does', async (_, from, feature) => {
    const [shared, plain] = [baseline(from, feature), baseline(from, feature)];
    const start = weights(shared);
    const batch = noiseBatch(3, 5);
    const losses = await createStep(shared).run([batch], normalSource(9));
    const expected = tidy(() => plainStep(plain, batch, normalSource(9)));
    expect(losses.discriminator.total).toBeCloseTo(expected.discriminator, 4);
    expect(losses.generator.total).toBeCloseTo(expected.generator, 4);
    const { real, wrong, fake, total } = losses.discriminator;
    expect(total).toBeCloseTo(real + (wrong + fake) / 2, 5);
    const [moved, wanted] = [weights(shared), weights(plain)];
    for (const network of ['generator.', 'discriminator.', ...(feature === 'learnt' ? ['feature.'] : [])]) {
      const names = Object.keys(start).filter((name) => name.startsWith(network) && !name.includes('moving'));
      const gap = (a: typeof start, b: typeof start) => norm(names.flatMap((name) => [...a[name].map((x, i) => x - b[name][i])]));
      expect(gap(moved, wanted) / gap(wanted, start), network).toBeLessThan(1e-4);
    }
  });

  it.each<[ChenFeature, boolean]>([
    ['classifier', true],
    ['learnt', false],
  ])('with φ from %s leaves it still: %s', async (feature, still) => {
    const model = baseline('A', feature);
    const before = weights(model);
    await createStep(model).run([noiseBatch(3, 5)], normalSource(9));
    const after = weights(model);
    for (const name of Object.keys(before).filter((key) => /^feature.*filter$/.test(key))) {
      if (still) expect(after[name], name).toEqual(before[name]);
      else expect(after[name], name).not.toEqual(before[name]);
    }
  });

  it('leaves as many tensors as it found, with micro-batches and several generator updates', async () => {
    const step = createStep(baseline('V', 'learnt'));
    const batches = [noiseBatch(2, 1), noiseBatch(2, 3)];
    const random = normalSource(1);
    await step.run(batches, random);
    await step.run(batches, random); // recorded
    const before = memory().numTensors;
    await step.run(batches, random);
    expect(memory().numTensors).toBe(before);
  });
});
