import '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { hasGpu } from '../../../test/extras/gpu';
import { BACKENDS, startBackend } from '../src/index';
import { createTrainerState, noiseBatch, normalSource } from '../../training/test/step-fixture';

const STEPS = 2;

/** The losses of a few steps of a tiny CMCGAN on the current backend, six numbers a step. */
async function lossesOf(steps: number): Promise<number[]> {
  const { step } = createTrainerState();
  const losses: number[] = [];
  const random = normalSource(1);
  for (let i = 0; i < steps; i++) {
    const { discriminator, generator } = await step.run([noiseBatch(2, 1 + i)], random);
    losses.push(...Object.values(discriminator), ...Object.values(generator));
  }
  return losses;
}

/** A process can load only one native TensorFlow: the GPU's, if both are there. */
const OWN_PROCESS = ['tfjs-node-gpu', 'tfjs-node'];

hasGpu('a training step');
const present: string[] = [];
for (const { name, availability } of BACKENDS) {
  // The plain cpu backend takes minutes; wasm is compared with it in wasm-step.test.ts.
  const state = await availability();
  if (OWN_PROCESS.includes(name) && present.some((each) => OWN_PROCESS.includes(each))) continue;
  if (state.available && !['wasm', 'cpu'].includes(name)) present.push(name);
  if (!state.available) console.warn(`Skipped: ${name} is not compared with wasm here: ${state.reason}`);
}

describe('every backend that is present', () => {
  let expected: Promise<number[]> | undefined;
  const onWasm = async () => {
    const wasm = await startBackend('wasm', { threads: 2 });
    const losses = await lossesOf(STEPS);
    await wasm.dispose();
    return losses;
  };

  if (present.length === 0) it.skip('is wasm alone, so there is nothing to compare it with', () => {});

  it.each(present)('%s trains a tiny CMCGAN as wasm does', { timeout: 1_200_000 }, async (name) => {
    const reference = await (expected ??= onWasm());
    const backend = await startBackend(name, { threads: 2 });
    const losses = await lossesOf(STEPS);
    await backend.dispose();
    losses.forEach((loss, i) => expect(Math.abs(loss / reference[i] - 1), `step ${1 + Math.floor(i / 6)}`).toBeLessThan(1e-3));
  });
});
