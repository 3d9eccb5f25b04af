import { createChenGan, createCmcgan } from '@cmcgan/model';
import type { ChenGan, Cmcgan, CmcganOptions } from '@cmcgan/model';
import { registerRecorder } from '@cmcgan/tfjs-kernels';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noiseBatch, TINY } from '../../test/step-fixture';
import { createTrainer } from '../trainer';
import type { Trainer, TrainerOptions } from '../trainer';
import type { TrainingStepOptions } from './step-options';

const STEPS = 4;

let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 2, variant: 'tile8' });
});
afterAll(() => kernels.dispose());

type Model = Cmcgan | ChenGan;
type Case = { model: () => Model; options?: Partial<TrainerOptions>; microBatches?: number };

const cmcgan =
  (options: CmcganOptions = {}) =>
  () =>
    createCmcgan({ ...TINY, seed: 1, ...options });
const chen = () => createChenGan({ from: 'A', feature: 'learnt', width: 1 / 64, featureSize: 4, seed: 1, initialisation: 'he' });

const CASES: Record<string, Case> = {
  "the paper's options": { model: cmcgan() },
  'micro-batches and several generator updates': { model: cmcgan(), options: { step: { generatorUpdates: 2 } }, microBatches: 2 },
  'clipping, a schedule and an average': {
    model: cmcgan(),
    options: { step: { gradientClip: 0.5 }, schedule: { kind: 'cosine', decayShare: 1 }, averageDecay: 0.9 },
  },
  'all outputs judged, Adam for the discriminator': {
    model: cmcgan(),
    options: { step: { fakes: 'both', consistency: 'all' }, optimizers: { discriminator: { kind: 'adam' } } },
  },
  'the standard loss, without latents': {
    model: cmcgan({ latentSize: 0, discriminator: { kind: 'unimodal', hiddenUnits: 2, initialisation: 'he' } }),
  },
  'a baseline': { model: chen },
  'images compared by squared errors': {
    ...{ model: cmcgan(), options: { step: { imageDistance: 'squared', consistency: 'all' } } },
  },
  'sounds compared at four scales': { model: cmcgan(), options: { step: { spectralScales: 4, consistency: 'all' } } },
  'a gradient penalty': { model: cmcgan(), options: { step: { gradientPenalty: 10 } } },
  'differentiable augmentation': {
    model: cmcgan(),
    options: { step: { discriminatorAugmentation: 'all', generatorUpdates: 2 } },
    microBatches: 2,
  },
  'a baseline with differentiable augmentation': { model: chen, options: { step: { discriminatorAugmentation: 'translation' } } },
};

const batchesOf = (step: number, count: number, size = 2) =>
  Array.from({ length: count }, (_, index) => noiseBatch(size, 1 + 10 * step + index));

/** Takes steps of `sizes` samples each, and returns their losses. */
async function take(trainer: Trainer, steps: readonly number[], { microBatches = 1 }: Case, sizes: readonly number[] = []) {
  const losses: unknown[] = [];
  for (const step of steps) {
    const batches = batchesOf(step, microBatches, sizes[step]);
    losses.push(await trainer.step(batches, { step, plannedSteps: STEPS }));
    for (const { images, sounds } of batches) [images, sounds].forEach((tensor) => tensor.dispose());
  }
  return losses;
}

const trainerOf = (model: Model, { options = {} }: Case, replay: boolean) => {
  const step: TrainingStepOptions = { ...options.step, replay: replay ? 'auto' : 'off' };
  return createTrainer({ model, seed: 1, ...options, step });
};

/** The bytes of everything that the next step depends on. */
function stateOf(model: Model, { resumables }: Trainer) {
  const bytes = (tensors: object) =>
    Object.fromEntries(
      Object.entries(tensors as Record<string, { dataSync(): Float32Array }>).map(([name, tensor]) => [
        name,
        Buffer.from(tensor.dataSync().slice().buffer).toString('base64'),
      ]),
    );
  const states = resumables.map((resumable) => {
    const { json, tensors = {} } = resumable.state();
    const state = { json, tensors: bytes(tensors) };
    for (const tensor of Object.values(tensors)) tensor.dispose();
    return state;
  });
  return { model: bytes(model.tensors()), states };
}

const ALL = Array.from({ length: STEPS }, (_, step) => step);

describe('a replayed training step', () => {
  it.each(Object.entries(CASES))('computes the same to the bit as a plain one: %s', async (_, each) => {
    const run = async (replay: boolean) => {
      const model = each.model();
      const before = memory().numTensors;
      const trainer = trainerOf(model, each, replay);
      const losses = await take(trainer, ALL, each);
      const state = stateOf(model, trainer);
      trainer.dispose();
      expect(memory().numTensors).toBe(before);
      model.dispose();
      return { losses, state };
    };
    const [plain, replayed] = [await run(false), await run(true)];
    expect(replayed.losses).toEqual(plain.losses);
    expect(replayed.state).toEqual(plain.state);
    expect(new Set(plain.losses.map((loss) => JSON.stringify(loss))).size).toBe(STEPS);
  });

  it('goes on after batches of another size', async () => {
    const sizes = [2, 2, 2, 3, 2, 2, 2];
    const run = async (replay: boolean) => {
      const model = cmcgan()();
      const trainer = trainerOf(model, CASES["the paper's options"], replay);
      const losses = await take(trainer, [...sizes.keys()], CASES["the paper's options"], sizes);
      trainer.dispose();
      return losses;
    };
    expect(await run(true)).toEqual(await run(false));
  });

  it('resumes from state that was saved between replays, and saves what a plain one does', async () => {
    const each = CASES['clipping, a schedule and an average'];
    const [model, other] = [each.model(), each.model()];
    const trainer = trainerOf(model, each, true);
    await take(trainer, ALL, each);
    const saved = trainer.resumables.map((resumable) => ({ json: null, tensors: {}, ...resumable.state() }));
    const weights = Object.entries(model.tensors()).map(([name, tensor]) => [name, tensor.clone()] as const);
    const averaged = Object.entries(trainer.model.tensors()).map(([name, tensor]) => [name, tensor.clone()] as const);
    const continued = await take(trainer, [4, 5, 6], each);
    const resumed = trainerOf(other, each, true);
    await take(resumed, [0, 1, 2], each); // recorded with other values
    const assign = (target: Model, values: typeof weights) =>
      values.forEach(([name, value]) => target.tensors()[name].assign(value.clone() as never));
    assign(other, weights);
    assign(resumed.model, averaged);
    resumed.resumables.forEach((resumable, index) => resumable.restore(saved[index] as never));
    expect(await take(resumed, [4, 5, 6], each)).toEqual(continued);
    expect(stateOf(other, resumed)).toEqual(stateOf(model, trainer));
  });

  it('is computed anew where a recording does not pay', async () => {
    const refuse = () => Promise.reject(new Error('recorded'));
    registerRecorder('wasm', { record: refuse, pays: () => false }); // replaces the recorder, so this test is the last
    const each = CASES["the paper's options"];
    const trainer = trainerOf(each.model(), each, true);
    expect(await take(trainer, ALL, each)).toHaveLength(STEPS);
    registerRecorder('wasm', { record: refuse });
    await expect(take(trainer, [STEPS], each)).rejects.toThrow('recorded');
  });
});
