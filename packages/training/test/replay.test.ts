import '@tensorflow/tfjs-layers';
import { useWebgpuKernels } from '@cmcgan/tfjs-kernels/webgpu';
import { expect, it } from 'vitest';
import { hasGpu } from '../../../test/extras/gpu';
import type { StepLosses } from '../src/step/step-losses';
import { createTrainerState, noiseBatch, normalSource } from './step-fixture';

const BATCH_SIZE = 2;
/** The first one runs as it is, the second one is recorded, the third one replayed. */
const STEPS = 3;
/** A software driver takes long. */
const TEST_LIMIT_MS = 900_000;

/** Losses of steps on different batches and latents, and the weights after them. */
async function train(replay: 'auto' | 'off') {
  const { model, step } = createTrainerState({ replay });
  const random = normalSource(7);
  const losses: StepLosses[] = [];
  for (let i = 0; i < STEPS; i++) losses.push(await step.run([noiseBatch(BATCH_SIZE, 2 * i + 1)], random));
  const variables = [...model.discriminatorVariables, ...model.generatorVariables];
  const weights = await Promise.all(variables.map((variable) => variable.data<'float32'>()));
  step.dispose();
  return { losses, weights };
}

if (hasGpu('the replay of a training step'))
  it(
    'replayed training steps equal computed ones to the bit on webgpu',
    async () => {
      await useWebgpuKernels();
      const expected = await train('off');
      const actual = await train('auto');
      expect(actual.losses).toEqual(expected.losses);
      expect(actual.weights.every((values, i) => values.every((value, k) => value === expected.weights[i][k]))).toBe(true);
    },
    TEST_LIMIT_MS,
  );
else it.skip('replayed training steps on webgpu: there is no GPU', () => undefined);
