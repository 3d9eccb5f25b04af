import { applyNetwork, copyGenerator, drawLatents } from '@cmcgan/model';
import type { Cmcgan, GeneratedRole, Modality } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import { createAdam } from '@cmcgan/tfjs-kernels';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { learningRateFactor } from './learning-rate-factor';
import { pretrainContrastively } from './pretrain-contrastively';
import { pretrainDecoders } from './pretrain-decoders';
import { pretrainPaths } from './pretrain-paths';
import type { PathLosses, PretrainPathsOptions } from './pretrain-paths';
import { OPTIONS, PAIRS, PIXELS, source, tinyModel, weightsOf } from '../test/pretraining-fixture';
import { trainableVariables } from './trainable-variables';
import { withTensors } from './training-batches';
import type { TensorBatch } from './training-batches';

let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 1 });
});
afterAll(() => kernels.dispose());

async function lossesOf(model: Cmcgan, options: Partial<PretrainPathsOptions> & { steps: number }): Promise<PathLosses[]> {
  const losses: PathLosses[] = [];
  await pretrainPaths(model, source, { ...OPTIONS, onStep: (_, loss) => void losses.push(loss), ...options });
  return losses;
}

const encoderOf = (model: Cmcgan, modality: Modality) => (modality === 'V' ? model.encoderV : model.encoderA);

/** The same in plain TensorFlow.js, with its own gradients, sample by sample of each path. */
async function plainLosses(model: Cmcgan, { steps, roles }: { steps: number; roles: readonly GeneratedRole[] }) {
  const before = copyGenerator(model);
  const variables = trainableVariables(model, 'encoder', 'decoder');
  const optimizer = createAdam({ variables, learningRate: 0.0005, beta1: 0.5 });
  const random = createRandom(OPTIONS.seed).fork('paths');
  const losses: PathLosses[] = [];
  const stepOn = async (batch: TensorBatch) => {
    const real = { V: batch.images, A: batch.sounds };
    const given = { V: batch.encoderImages!, A: batch.encoderSounds! };
    const latents = drawLatents(roles, { batchSize: PAIRS, latentSize: 2 }, random);
    const codes = { V: before.encoderV.predict(given.V) as tf.Tensor4D, A: before.encoderA.predict(given.A) as tf.Tensor4D };
    const decode = (role: GeneratedRole): tf.Tensor4D => {
      const decoder = role.endsWith('V') ? model.decoderV : model.decoderA;
      return applyNetwork(decoder, [codes[role[0] as Modality], latents[role]!], { role: [role], statistics: 'batch' });
    };
    const errors = (modality: Modality) => (sample: tf.Tensor4D) => {
      const difference = tf.sub(sample, real[modality]);
      return tf.mean<tf.Scalar>(modality === 'V' ? tf.square(difference) : tf.abs(difference));
    };
    const made = (modality: Modality) =>
      tf.addN(roles.filter((role) => role.endsWith(modality)).map((role) => errors(modality)(decode(role))));
    const missed = (modality: Modality): tf.Scalar => {
      const encoder = encoderOf(model, modality);
      const target = codes[modality];
      const center = tf.mean(target, 0, true);
      const variance = tf.add(tf.mean(tf.square(tf.sub(target, center))), 1e-6);
      const missedBy = (code: tf.Tensor) => tf.div<tf.Scalar>(tf.mean(tf.square(tf.sub(code, target))), variance);
      const ofGenerated = roles
        .filter((role) => role.endsWith(modality))
        .map((role) => {
          const sample = tf.tidy(() => decode(role));
          const constant = tf.tensor4d(sample.dataSync(), sample.shape);
          return missedBy(applyNetwork(encoder, constant, { role: [role], statistics: 'batch' }));
        });
      return tf.addN([missedBy(applyNetwork(encoder, given[modality], { role: modality })), ...ofGenerated]);
    };
    const parts = () => [made('V'), made('A'), tf.add<tf.Scalar>(missed('V'), missed('A'))];
    const [images, sounds, ofCodes] = parts().map((loss) => loss.dataSync()[0]);
    losses.push({ images, sounds, codes: ofCodes });
    const { grads } = tf.variableGrads(() => tf.addN(parts()), [...variables]);
    optimizer.step(variables.map(({ name }) => grads[name]));
  };
  for (let step = 0; step < steps; step++) {
    optimizer.learningRate = 0.0005 * learningRateFactor({ kind: 'linear' }, { step, plannedSteps: steps });
    for await (const batch of source.batches(step + 1, 0)) await withTensors([batch], ([samples]) => stepOn(samples));
  }
  optimizer.dispose();
  before.dispose();
  return losses;
}

describe('pretrainPaths', () => {
  it('teaches decoders what is on the way, and encoders to read it as the real samples, whose codes stay', async () => {
    const model = tinyModel();
    await pretrainContrastively(model, source, { steps: 30 });
    await pretrainDecoders(model, source, { ...OPTIONS, steps: 20 });
    const before = weightsOf(model);
    const levels = Float32Array.from({ length: PAIRS * PIXELS }, (_, i) => Math.floor(i / PIXELS) / PAIRS - 0.5);
    const image = tf.tensor4d(levels, [PAIRS, 128, 128, 3]);
    const codeOf = () => (model.encoderV.predict(image) as tf.Tensor).dataSync<'float32'>();
    const code = codeOf();
    const { numTensors } = tf.memory();
    const losses = await lossesOf(model, { steps: 40, learningRate: 0.001 });
    expect(tf.memory().numTensors).toBe(numTensors);
    for (const part of ['images', 'sounds', 'codes'] as const) {
      expect(losses[39][part], part).toBeLessThan(0.8 * losses[0][part]);
    }
    const mean = code.reduce((sum, value) => sum + value, 0) / code.length;
    const variance = code.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const moved = codeOf().reduce((sum, value, at) => sum + (value - code[at]) ** 2, 0);
    expect(moved / variance).toBeLessThan(0.2);
    const changed = Object.entries(weightsOf(model)).filter(([name, values]) =>
      values.some((value, i) => value !== before[name][i]),
    );
    const networks = new Set(changed.map(([name]) => name.split('.')[0]));
    expect([...networks].sort()).toEqual(['decoderA', 'decoderV', 'encoderA', 'encoderV']);
    const roles = changed.flatMap(([name]) => /movingMean\.(.+)$/.exec(name)?.[1] ?? []);
    expect([...new Set(roles)].sort()).toEqual(['AA', 'AV', 'VA', 'VV']);
    image.dispose();
    model.dispose();
  });

  it.each([
    ['four', ['VA', 'AV', 'VV', 'AA']],
    ['two', ['VA', 'AV']],
  ] as const)('takes the steps that plain TensorFlow.js takes, for %s paths', async (paths, roles) => {
    const models = [tinyModel(paths), tinyModel(paths)];
    const losses = await lossesOf(models[0], { steps: 4 });
    const plain = await plainLosses(models[1], { steps: 4, roles });
    for (const [step, expected] of plain.entries()) {
      for (const part of ['images', 'sounds', 'codes'] as const) {
        expect(losses[step][part] / expected[part], `${part}, step ${step + 1}`).toBeCloseTo(1, 3);
      }
    }
    for (const model of models) model.dispose();
  });

  it('gives the same weights each time', async () => {
    const models = [tinyModel(), tinyModel()];
    for (const model of models) await lossesOf(model, { steps: 2 });
    expect(weightsOf(models[1])).toEqual(weightsOf(models[0]));
    for (const model of models) model.dispose();
  });

  it('ends early where it is told to, and names a number of steps that it cannot take', async () => {
    const model = tinyModel();
    const { numTensors } = tf.memory();
    const controller = new AbortController();
    const steps: number[] = [];
    const onStep = (step: number) => {
      steps.push(step);
      if (step === 2) controller.abort();
    };
    await lossesOf(model, { steps: 9, onStep, signal: controller.signal });
    expect(steps).toEqual([1, 2]);
    await expect(lossesOf(model, { steps: 0.5 })).rejects.toThrow(
      'pretrainPaths: steps must be a whole number of at least 1, got 0.5',
    );
    expect(tf.memory().numTensors).toBe(numTensors);
    model.dispose();
  });
});
