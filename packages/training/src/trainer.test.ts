import { createChenGan, createCmcgan } from '@cmcgan/model';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noiseBatch, TINY } from '../test/step-fixture';
import { createTrainer, type TrainerOptions } from './trainer';

let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 1, variant: 'repeatable' });
});
afterAll(() => kernels.dispose());

/** The weights after three steps and after taking the average, and the number of leaked tensors. */
async function trained(options: Partial<TrainerOptions>) {
  const model = createCmcgan({ ...TINY, seed: 1 });
  const batch = noiseBatch(2, 1);
  const before = memory().numTensors;
  const trainer = createTrainer({ model, seed: 1, ...options });
  for (let step = 0; step < 3; step++) await trainer.step([batch], { step, plannedSteps: 3 });
  const read = () => model.generatorVariables.map((variable) => [...variable.dataSync()]);
  const [weights, rates] = [read(), trainer.learningRates()];
  trainer.takeAverage();
  const taken = read();
  trainer.dispose();
  return { weights, taken, rates, left: memory().numTensors - before };
}

describe('createTrainer', () => {
  it('trains the same weights to the bit, averaged or not', async () => {
    const [plain, averaged] = [await trained({}), await trained({ averageDecay: 0.5 })];
    expect(averaged.weights).toEqual(plain.weights);
    expect(plain.taken).toEqual(plain.weights);
    expect(averaged.taken).not.toEqual(averaged.weights);
    expect([plain.left, averaged.left]).toEqual([0, 0]);
  });

  it('leaves frozen encoders as they were, moving averages of real samples included, while the decoders learn', async () => {
    const model = createCmcgan({ ...TINY, seed: 1 });
    const numbers = () => Object.entries(model.tensors()).map(([name, tensor]) => ({ name, values: [...tensor.dataSync()] }));
    const before = numbers();
    const trainer = createTrainer({ model, seed: 1, optimizers: { generator: { encoders: 'frozen' } } });
    await trainer.step([noiseBatch(2, 1)], { step: 0, plannedSteps: 3 });
    numbers().forEach(({ name, values }, i) => {
      if (name.startsWith('discriminator')) return; // learns as ever, by less than rounding in places
      const kept = name.startsWith('encoder') && !/moving.*\.\w\w+$/.test(name);
      if (kept) expect(values, name).toEqual(before[i].values);
      else expect(values, name).not.toEqual(before[i].values);
    });
    trainer.dispose();
  });

  it('refuses frozen encoders for a baseline, which has none', () => {
    const model = createChenGan({ from: 'A', feature: 'learnt', width: 1 / 32, latentSize: 2, seed: 1 });
    const optimizers = { generator: { encoders: 'frozen' } } as const;
    expect(() => createTrainer({ model, seed: 1, optimizers })).toThrow(
      "createTrainer: encoders must be 'learn' for a baseline, got 'frozen'",
    );
  });

  it('takes the learning rates that are due', async () => {
    const optimizers = { generator: { learningRate: 0.1 }, discriminator: { learningRate: 0.01, kind: 'adam' } } as const;
    const { rates } = await trained({ optimizers, schedule: { kind: 'linear', decayShare: 1 } });
    expect(rates.generator).toBeCloseTo(0.1 / 3, 8);
    expect(rates.discriminator).toBeCloseTo(0.01 / 3, 8);
  });
});
