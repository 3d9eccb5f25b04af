import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import type { CmcganOptions } from '@cmcgan/model';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { replaceCpuFilterGradient } from './cpu-filter-gradient';
import { createTrainerState, noiseBatch, normalSource } from './step-fixture';

let kernels: WasmKernels;

beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 2 });
  await setBackend('cpu');
  replaceCpuFilterGradient();
});
afterAll(() => kernels.dispose());

interface Trained {
  /** Six losses per step. */
  losses: number[];
  /** The change of each variable by training. */
  moves: Float32Array[];
}

async function train(backend: 'wasm' | 'cpu', steps: number, modelOptions: CmcganOptions): Promise<Trained> {
  await setBackend(backend);
  const { model, step } = createTrainerState({ lambda: 10 }, modelOptions);
  const variables = [...model.generatorVariables, ...model.discriminatorVariables];
  const read = () => variables.map((variable) => Float32Array.from(variable.dataSync()));
  const start = read();
  const batches = [1, 3].map((seed) => noiseBatch(4, seed));
  const random = normalSource(1);
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) {
    const { discriminator, generator } = await step.run([batches[i % 2]], random);
    losses.push(...Object.values(discriminator), ...Object.values(generator));
  }
  return { losses, moves: read().map((values, i) => values.map((value, j) => value - start[i][j])) };
}

/** The largest relative difference of the losses, and the relative difference of all changes together. */
function differences(actual: Trained, expected: Trained): { losses: number; moves: number } {
  const losses = Math.max(...actual.losses.map((loss, i) => Math.abs(loss / expected.losses[i] - 1)));
  let [difference, size] = [0, 0];
  actual.moves.forEach((values, i) =>
    values.forEach((value, j) => {
      difference += (value - expected.moves[i][j]) ** 2;
      size += expected.moves[i][j] ** 2;
    }),
  );
  return { losses, moves: Math.sqrt(difference / size) };
}

it('20 steps on wasm agree with the cpu backend within 1e-3', { timeout: 600_000 }, async () => {
  // Layer by layer, batch normalisation in the discriminator amplifies the small differences between the untrained generator's samples, so
  // that a change of 1e-6 in the weights changes the losses by 1e-3 within two steps, even on the same backend.
  const options = {
    latentSize: 10,
    codeSize: 8,
    discriminator: { featureSize: 8, normalisation: 'none', initialisation: 'he' },
  } as const;
  const [actual, expected] = [await train('wasm', 20, options), await train('cpu', 20, options)];
  expect(actual.losses).toHaveLength(120);
  expect(differences(actual, expected).losses).toBeLessThan(1e-3);
});

it('a step on wasm agrees with the cpu backend, batch normalisation everywhere', async () => {
  const options = { latentSize: 10, codeSize: 8, discriminator: { featureSize: 8 } };
  const { losses, moves } = differences(await train('wasm', 1, options), await train('cpu', 1, options));
  expect(losses).toBeLessThan(1e-5);
  expect(moves).toBeLessThan(1e-3);
});
