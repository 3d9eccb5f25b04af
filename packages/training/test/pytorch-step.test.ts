import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { setBackend, tensor, tensor4d } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { SAMPLE_SHAPES, createCmcgan, fromSafetensors } from '@cmcgan/model';
import type { Modality } from '@cmcgan/model';
import { createAdam, createMomentum } from '@cmcgan/tfjs-kernels';
import { beforeAll, expect, it } from 'vitest';
import { createTrainingStep } from '../src/step/training-step';
import { replaceCpuFilterGradient } from './cpu-filter-gradient';

const BATCH_SIZE = 4;

beforeAll(async () => {
  await setBackend('cpu');
  replaceCpuFilterGradient();
});

/** The formula of fixtures/make_training_step.py: 0.9 · sin(0.11 h (b + 1) + 0.07 w (c + 1) + 0.5 b²). */
function sample(modality: Modality): Tensor4D {
  const [height, width, channels] = SAMPLE_SHAPES[modality];
  const values = new Float32Array(BATCH_SIZE * height * width * channels);
  values.forEach((_, index) => {
    const [c, w] = [index % channels, Math.floor(index / channels) % width];
    const [h, b] = [Math.floor(index / (channels * width)) % height, Math.floor(index / (channels * width * height))];
    values[index] = 0.9 * Math.sin(0.11 * h * (b + 1) + 0.07 * w * (c + 1) + 0.5 * b * b);
  });
  return tensor4d(values, [BATCH_SIZE, height, width, channels]);
}

it('one whole step, D and G, leaves the losses, weights and moving averages that PyTorch leaves', async () => {
  const path = new URL('fixtures/training-step.safetensors', import.meta.url);
  const { tensors } = fromSafetensors(readFileSync(path), { name: path.pathname });
  const discriminator = { hiddenUnits: 2, featureSize: 4 };
  const model = createCmcgan({ width: 1 / 64, latentSize: 3, codeSize: 4, discriminator, seed: 1 });
  const variables = Object.entries(model.tensors());
  for (const [name, variable] of variables.filter(([, { trainable }]) => trainable)) {
    const { data, shape } = tensors[`before.${name}`];
    variable.assign(tensor(data, [...shape]));
  }
  const step = createTrainingStep({
    model,
    discriminatorOptimizer: createMomentum({ variables: [...model.discriminatorVariables], learningRate: 0.05, momentum: 0.9 }),
    generatorOptimizer: createAdam({ variables: [...model.generatorVariables], learningRate: 1e-3 }),
    options: { lambda: 10 },
  });
  const draws = model.roles.flatMap((role) => [...tensors[`z.${role}`].data]);
  const batch = { images: sample('V'), sounds: sample('A'), wrongSounds: [1, 2, 3, 0], wrongImages: [3, 0, 1, 2] };
  const losses = await step.run([batch], { normal: () => draws.shift()! });

  const [wrong, fake, adversarial, consistency] = tensors.losses.data;
  expect(losses.discriminator.wrong).toBeCloseTo(wrong, 5);
  expect(losses.discriminator.fake).toBeCloseTo(fake, 5);
  expect(losses.generator.adversarial).toBeCloseTo(adversarial, 5);
  expect(losses.generator.consistency).toBeCloseTo(consistency, 5);
  for (const [name, variable] of variables) {
    const expected = tensors[`after.${name}`].data;
    const before = tensors[`before.${name}`]?.data;
    variable.dataSync().forEach((value, i) => {
      const message = `${name}[${i}], before ${before?.[i]}`;
      expect(Math.abs(value - expected[i]), message).toBeLessThan(2e-5 + 1e-4 * Math.abs(expected[i] - (before?.[i] ?? 0)));
    });
  }
});
