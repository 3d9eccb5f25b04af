import { createCmcgan } from '@cmcgan/model';
import type { CmcganOptions } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { weightsOf } from '../test/pretraining-fixture';
import { pretrainContrastively } from './pretrain-contrastively';
import type { ContrastiveLosses } from './pretrain-contrastively';
import type { BatchSource } from './training-batches';

let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 1 });
});
afterAll(() => kernels.dispose());

const PAIRS = 6;
const tinyModel = (discriminator: CmcganOptions['discriminator'] = {}) =>
  createCmcgan({
    ...{ width: 1 / 16, latentSize: 2, depth: 5, codeSize: 16, initialisation: 'he', seed: 1 },
    discriminator: { initialisation: 'he', featureSize: 16, ...discriminator },
  });

/** Epochs of one batch: noise, in which a picture's brightness and the level of its sound show which pair it is. */
const source: BatchSource = {
  batchesPerEpoch: 1,
  async *batches(epoch) {
    const random = createRandom(epoch);
    const samples = (size: number) =>
      Float32Array.from({ length: PAIRS * size }, (_, i) => Math.floor(i / size) / PAIRS - 0.5 + 0.1 * random.normal());
    const others = Array.from({ length: PAIRS }, (_, i) => (i + 1) % PAIRS);
    yield { images: samples(128 * 128 * 3), sounds: samples(128 * 32), wrongSounds: others, wrongImages: others };
  },
};

describe('pretrainContrastively', () => {
  it('teaches encoders and discriminator which sound belongs to a picture, and leaves all else as it is', async () => {
    const model = tinyModel();
    const before = weightsOf(model);
    const losses: ContrastiveLosses[] = [];
    const { numTensors } = memory();
    await pretrainContrastively(model, source, { steps: 60, learningRate: 0.003, onStep: (_, loss) => void losses.push(loss) });
    expect(memory().numTensors).toBe(numTensors);
    expect(losses).toHaveLength(60);
    for (const part of ['codes', 'features'] as const) {
      expect(losses[0][part], part).toBeGreaterThan(0.75 * Math.log(PAIRS));
      expect(losses[59][part], part).toBeLessThan(0.5 * losses[0][part]);
    }
    const moved = Object.entries(weightsOf(model)).filter(([name, values]) =>
      values.some((value, i) => value !== before[name][i]),
    );
    const networks = [
      ...new Set(
        moved.map(([name]) =>
          name
            .split('.')
            .slice(0, name.startsWith('d') ? 2 : 1)
            .join('.'),
        ),
      ),
    ];
    expect(networks.sort()).toEqual(['discriminator.trunkA', 'discriminator.trunkV', 'encoderA', 'encoderV']);
    expect(moved.some(([name]) => name.includes('moving'))).toBe(true);
    model.dispose();
  });

  it('gives the same weights each time', async () => {
    const models = [tinyModel(), tinyModel()];
    for (const model of models) await pretrainContrastively(model, source, { steps: 2 });
    expect(weightsOf(models[1])).toEqual(weightsOf(models[0]));
    for (const model of models) model.dispose();
  });

  it('ends early where it is told to', async () => {
    const model = tinyModel();
    const controller = new AbortController();
    const steps: number[] = [];
    const onStep = (step: number) => {
      steps.push(step);
      if (step === 2) controller.abort();
    };
    await pretrainContrastively(model, source, { steps: 9, onStep, signal: controller.signal });
    expect(steps).toEqual([1, 2]);
    model.dispose();
  });

  it('lets in what is to end it, though no batch is waited for', async () => {
    const model = tinyModel();
    const controller = new AbortController();
    let taken = 0;
    setTimeout(() => controller.abort(), 0);
    await pretrainContrastively(model, source, { steps: 40, onStep: (step) => void (taken = step), signal: controller.signal });
    expect(taken).toBeLessThan(40);
    model.dispose();
  });

  it('names what it cannot do', async () => {
    const [joint, unimodal] = [tinyModel(), tinyModel({ kind: 'unimodal' })];
    await expect(pretrainContrastively(unimodal, source, { steps: 1 })).rejects.toThrow(
      'pretrainContrastively: the discriminator must be the joint one, got a unimodal one',
    );
    await expect(pretrainContrastively(joint, source, { steps: 0 })).rejects.toThrow(
      'pretrainContrastively: steps must be a whole number of at least 1, got 0',
    );
    joint.dispose();
    unimodal.dispose();
  });
});
