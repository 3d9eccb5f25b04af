import { applyNetwork, drawLatents, modalityOf } from '@cmcgan/model';
import type { Cmcgan, GeneratedRole, Modality } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import type { Random } from '@cmcgan/random';
import { createAdam } from '@cmcgan/tfjs-kernels';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import { dispose, tidy } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { descend, pretrainingSteps } from './pretraining-steps';
import type { PretrainingOptions } from './pretraining-steps';
import type { OnStatistics } from './step/adversaries/adversary';
import { consistencyOf } from './step/consistency';
import type { ConsistencyOptions } from './step/consistency';
import { encoderInputs } from './step/step-inputs';
import { trainableVariables } from './trainable-variables';
import type { BatchSource, TensorBatch } from './training-batches';

/** The consistency losses of one step: of the images and of the sounds that the decoders made. */
export interface DecoderLosses {
  readonly images: number;
  readonly sounds: number;
}

export interface PretrainDecodersOptions extends PretrainingOptions<DecoderLosses>, Omit<ConsistencyOptions, 'supervised'> {
  /** Of the latents. */
  readonly seed: number;
}

/** What the decoders learn to make: the direct outputs. */
const DIRECT = ['AV', 'VA'] as const satisfies readonly GeneratedRole[];
type DirectRole = (typeof DIRECT)[number];

/**
 * Trains a CMCGAN's decoders to make an image from a sound's code and a sound from an image's, by the consistency loss (Eq. 3) alone, before the networks play
 * against each other. The encoders stay as they are and normalise by their moving averages, as they do to generate: to be called after
 * `pretrainContrastively`, or with a trained model. A step costs a fraction of one of Algorithm 1.
 *
 * @throws if `steps` is not a whole number of at least 1
 */
export async function pretrainDecoders(model: Cmcgan, source: BatchSource, options: PretrainDecodersOptions): Promise<void> {
  const variables = trainableVariables(model, 'decoder');
  const optimizer = createAdam({ variables, learningRate: options.learningRate ?? 0.003 });
  const random = createRandom(options.seed).fork('decoders');
  const takeStep = (samples: TensorBatch) => decoderStep({ model, optimizer }, { samples, random, options });
  await pretrainingSteps('pretrainDecoders', source, options, { optimizer, takeStep });
}

interface Pretrained {
  readonly model: Cmcgan;
  readonly optimizer: Optimizer;
}

interface StepInputs {
  readonly samples: TensorBatch;
  readonly random: Random;
  readonly options: PretrainDecodersOptions;
}

async function decoderStep({ model, optimizer }: Pretrained, { samples, random, options }: StepInputs): Promise<DecoderLosses> {
  const batchSize = samples.images.shape[0];
  const latents = drawLatents(DIRECT, { batchSize, latentSize: model.latentSize }, random);
  const codes = tidy(() => encode(model, encoderInputs(samples)));
  const lossOf = (role: DirectRole, onStatistics: OnStatistics) => {
    const z = latents[role];
    const values: Tensor4D = applyNetwork(decoderOf(model, role), z ? [codes[role], z] : codes[role], {
      ...{ role: [role], statistics: 'batch', onStatistics },
    });
    return consistencyOf({ ...options, supervised: [role] }, { batch: samples, generated: [{ roles: [role], values }] });
  };
  const [images, sounds] = await descend(optimizer, (collect) => DIRECT.map((role) => lossOf(role, collect)));
  dispose([...Object.values(latents), ...Object.values(codes)]);
  return { images, sounds };
}

/** The codes that the direct outputs are made from, in the form in which the decoders get them. */
function encode({ encoderV, encoderA }: Cmcgan, { V, A }: Readonly<Record<Modality, Tensor4D>>): Record<DirectRole, Tensor4D> {
  const codesOf = (encoder: LayersModel, sample: Tensor4D, role: Modality): Tensor4D =>
    applyNetwork(encoder, sample, { role, statistics: 'moving' });
  return { AV: codesOf(encoderA, A, 'A'), VA: codesOf(encoderV, V, 'V') };
}

const decoderOf = ({ decoderV, decoderA }: Cmcgan, role: DirectRole) => (modalityOf(role) === 'V' ? decoderV : decoderA);
