import '@tensorflow/tfjs-layers';
import { dispose } from '@tensorflow/tfjs-core';
import type { Scalar } from '@tensorflow/tfjs-core';
import { record } from '@cmcgan/tfjs-kernels';
import { useWebgpuKernels } from '@cmcgan/tfjs-kernels/webgpu';
import { expect, it } from 'vitest';
import { hasGpu } from '../../../test/extras/gpu';
import { runKernels } from './recordable-step';
import { createTrainerState, noiseBatch, normalSource } from './step-fixture';

const BATCH_SIZE = 2;
const STEPS = 3;

type State = ReturnType<typeof createTrainerState>;

const read = async (losses: Scalar[]): Promise<number[]> =>
  (await Promise.all(losses.map((loss) => loss.data()))).map(([x]) => x);

async function weightsOf({ model }: State): Promise<Float32Array[]> {
  const variables = [...model.discriminatorVariables, ...model.generatorVariables];
  return Promise.all(variables.map((variable) => variable.data<'float32'>()));
}

/** Losses and final weights of steps on different batches, all with the same latents: a recorded step's are constants. */
async function unrecorded() {
  const state = createTrainerState();
  const losses: number[][] = [];
  for (let i = 0; i < STEPS; i++) {
    const { images, sounds, ...wrong } = noiseBatch(BATCH_SIZE, 2 * i + 1);
    const scalars = runKernels(state, { images, sounds, ...wrong }, normalSource(7));
    losses.push(await read(scalars));
    dispose([scalars, images, sounds]);
  }
  return { losses, weights: await weightsOf(state) };
}

/** The same, with the first step as it is, the second recorded, and the others replayed. */
async function replayed() {
  const state = createTrainerState();
  const first = noiseBatch(BATCH_SIZE, 1);
  const losses = [await read(runKernels(state, first, normalSource(7)))];
  const batch = noiseBatch(BATCH_SIZE, 3);
  const recorded = await record(() => runKernels(state, batch, normalSource(7)), { inputs: [batch.images, batch.sounds] });
  losses.push(await read(recorded.outputs));
  for (let i = 2; i < STEPS; i++) {
    const { images, sounds } = noiseBatch(BATCH_SIZE, 2 * i + 1);
    recorded.write(batch.images, await images.data<'float32'>());
    recorded.write(batch.sounds, await sounds.data<'float32'>());
    recorded.replay();
    losses.push(await read(recorded.outputs));
  }
  return { losses, weights: await weightsOf(state) };
}

if (hasGpu('the replay of a training step'))
  it('replayed training steps equal unrecorded ones to the bit on webgpu', async () => {
    await useWebgpuKernels();
    const expected = await unrecorded();
    const actual = await replayed();
    expect(actual.losses).toEqual(expected.losses);
    expect(actual.weights.every((values, i) => values.every((value, k) => value === expected.weights[i][k]))).toBe(true);
  }, 600_000);
else it.skip('replayed training steps on webgpu: there is no GPU', () => undefined);
