import { applyNetwork, drawLatents } from '@cmcgan/model';
import type { Cmcgan } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import { createAdam } from '@cmcgan/tfjs-kernels';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { learningRateFactor } from './learning-rate-factor';
import { pretrainDecoders } from './pretrain-decoders';
import type { DecoderLosses, PretrainDecodersOptions } from './pretrain-decoders';
import { OPTIONS, PAIRS, source, tinyModel, weightsOf } from '../test/pretraining-fixture';
import { trainableVariables } from './trainable-variables';
import { withTensors } from './training-batches';

let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 1 });
});
afterAll(() => kernels.dispose());

async function lossesOf(model: Cmcgan, options: Partial<PretrainDecodersOptions> & { steps: number }): Promise<DecoderLosses[]> {
  const losses: DecoderLosses[] = [];
  await pretrainDecoders(model, source, { ...OPTIONS, onStep: (_, loss) => void losses.push(loss), ...options });
  return losses;
}

/** The same in plain TensorFlow.js, with its own gradients. */
async function plainLosses(model: Cmcgan, { steps, imageDistance }: { steps: number; imageDistance: 'absolute' | 'squared' }) {
  const variables = trainableVariables(model, 'decoder');
  const optimizer = createAdam({ variables, learningRate: 0.003 });
  const random = createRandom(OPTIONS.seed).fork('decoders');
  const losses: DecoderLosses[] = [];
  for (let step = 0; step < steps; step++) {
    optimizer.learningRate = 0.003 * learningRateFactor({ kind: 'linear' }, { step, plannedSteps: steps });
    for await (const batch of source.batches(step + 1, 0)) {
      await withTensors([batch], async ([{ images, sounds, encoderImages, encoderSounds }]) => {
        const latents = drawLatents(['AV', 'VA'], { batchSize: PAIRS, latentSize: 2 }, random);
        const codes = {
          AV: model.encoderA.predict(encoderSounds!) as tf.Tensor,
          VA: model.encoderV.predict(encoderImages!) as tf.Tensor,
        };
        const decode = (decoder: Cmcgan['decoderV'], role: 'AV' | 'VA') =>
          applyNetwork(decoder, [codes[role], latents[role]!], { role: [role], statistics: 'batch' });
        const ofImage = imageDistance === 'squared' ? tf.square : tf.abs;
        const imageLoss = () => tf.mean<tf.Scalar>(ofImage(tf.sub<tf.Tensor>(decode(model.decoderV, 'AV'), images)));
        const soundLoss = () => tf.mean<tf.Scalar>(tf.abs(tf.sub(decode(model.decoderA, 'VA'), sounds)));
        losses.push({ images: imageLoss().dataSync()[0], sounds: soundLoss().dataSync()[0] });
        const { grads } = tf.variableGrads(() => tf.add<tf.Scalar>(imageLoss(), soundLoss()), [...variables]);
        optimizer.step(variables.map(({ name }) => grads[name]));
      });
    }
  }
  optimizer.dispose();
  return losses;
}

describe('pretrainDecoders', () => {
  it('teaches decoders to make pictures and sounds from codes, and leaves all else as it is', async () => {
    const model = tinyModel();
    const before = weightsOf(model);
    const { numTensors } = tf.memory();
    const losses = await lossesOf(model, { steps: 60 });
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(losses).toHaveLength(60);
    for (const part of ['images', 'sounds'] as const) expect(losses[59][part], part).toBeLessThan(0.5 * losses[0][part]);
    const moved = Object.entries(weightsOf(model)).filter(([name, values]) =>
      values.some((value, i) => value !== before[name][i]),
    );
    expect([...new Set(moved.map(([name]) => name.split('.')[0]))].sort()).toEqual(['decoderA', 'decoderV']);
    const roles = moved.flatMap(([name]) => /movingMean\.(.+)$/.exec(name)?.[1] ?? []);
    expect([...new Set(roles)].sort()).toEqual(['AV', 'VA']);
    model.dispose();
  });

  it.each(['absolute', 'squared'] as const)(
    'takes the steps that plain TensorFlow.js takes, with %s errors',
    async (imageDistance) => {
      const models = [tinyModel(), tinyModel()];
      const losses = await lossesOf(models[0], { steps: 4, imageDistance });
      const plain = await plainLosses(models[1], { steps: 4, imageDistance });
      for (const [step, { images, sounds }] of plain.entries()) {
        expect(losses[step].images / images, `images, step ${step + 1}`).toBeCloseTo(1, 3);
        expect(losses[step].sounds / sounds, `sounds, step ${step + 1}`).toBeCloseTo(1, 3);
      }
      for (const model of models) model.dispose();
    },
  );

  it('gives the same weights each time', async () => {
    const models = [tinyModel(), tinyModel()];
    for (const model of models) await lossesOf(model, { steps: 2 });
    expect(weightsOf(models[1])).toEqual(weightsOf(models[0]));
    for (const model of models) model.dispose();
  });

  it('ends early where it is told to, and names a number of steps that it cannot take', async () => {
    const model = tinyModel();
    const controller = new AbortController();
    const steps: number[] = [];
    const onStep = (step: number) => {
      steps.push(step);
      if (step === 2) controller.abort();
    };
    await lossesOf(model, { steps: 9, onStep, signal: controller.signal });
    expect(steps).toEqual([1, 2]);
    await expect(lossesOf(model, { steps: 0.5 })).rejects.toThrow(
      'pretrainDecoders: steps must be a whole number of at least 1, got 0.5',
    );
    model.dispose();
  });
});
