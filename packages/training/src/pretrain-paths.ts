import { squaredConsistencyLoss } from '@cmcgan/losses';
import { applyNetwork, copyGenerator, drawLatents, generateBatches, intermediateOf, modalityOf } from '@cmcgan/model';
import type { Cmcgan, GeneratedRole, GeneratorNetworks, Modality, RoleBatch } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import type { Random } from '@cmcgan/random';
import { createAdam, withoutGradient } from '@cmcgan/tfjs-kernels';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import { add, addN, dispose, div, mean, moments, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core';
import { descend, pretrainingSteps } from './pretraining-steps';
import type { PretrainingOptions } from './pretraining-steps';
import type { OnStatistics } from './step/adversaries/adversary';
import { consistencyOf } from './step/consistency';
import type { ConsistencyOptions } from './step/consistency';
import { encoderInputs } from './step/step-inputs';
import { trainableVariables } from './trainable-variables';
import type { BatchSource, TensorBatch } from './training-batches';

/** The losses of one step: the consistency losses of the images and of the sounds, and what encoders miss of the codes. */
export interface PathLosses {
  readonly images: number;
  readonly sounds: number;
  /** Squared error of the codes as a share of their variance, summed over real and generated samples of both modalities. */
  readonly codes: number;
}

export interface PretrainPathsOptions extends PretrainingOptions<PathLosses>, Omit<ConsistencyOptions, 'supervised'> {
  /** Of the latents. */
  readonly seed: number;
}

/** Keeps the loss finite where all codes of a batch are the same. */
const EPSILON = 1e-6;

/**
 * Trains a CMCGAN for the middle of its paths, before the networks play against each other. Decoders learn to make all samples on the way to a path's end, such as
 * that of A→A, by the consistency loss (Eq. 3); encoders learn to give each of them the code of the real sample in whose place it is, so that what was made
 * from a real sample's code is made from a generated one's as well. The codes of real samples stay what they were. To be called after `pretrainDecoders`.
 *
 * @throws if `steps` is not a whole number of at least 1
 */
export async function pretrainPaths(model: Cmcgan, source: BatchSource, options: PretrainPathsOptions): Promise<void> {
  const variables = trainableVariables(model, 'encoder', 'decoder');
  const optimizer = createAdam({ variables, learningRate: options.learningRate ?? 0.0005, beta1: 0.5 });
  const random = createRandom(options.seed).fork('paths');
  const before = copyGenerator(model);
  const roles = [...new Set(model.paths.map(intermediateOf))];
  const takeStep = (samples: TensorBatch) => pathStep({ model, before, roles, optimizer }, { samples, random, options });
  try {
    await pretrainingSteps('pretrainPaths', source, options, { optimizer, takeStep });
  } finally {
    before.dispose();
  }
}

interface Pretrained {
  readonly model: Cmcgan;
  /** The model as it was at first, whose codes are the right ones. */
  readonly before: Cmcgan;
  /** The samples on the way to the paths' ends. */
  readonly roles: readonly GeneratedRole[];
  readonly optimizer: Optimizer;
}

interface StepInputs {
  readonly samples: TensorBatch;
  readonly random: Random;
  readonly options: PretrainPathsOptions;
}

async function pathStep(
  { model, before, roles, optimizer }: Pretrained,
  { samples: batch, random, options }: StepInputs,
): Promise<PathLosses> {
  const samples = encoderInputs(batch);
  const latents = drawLatents(roles, { batchSize: batch.images.shape[0], latentSize: model.latentSize }, random);
  const targets = MODALITIES.map((modality) => codeTargets(before, samples, modality));
  const networks: GeneratorNetworks = { encoders: networksOf(before).encoders, decoders: networksOf(model).decoders };
  const [images, sounds, codes] = await descend(optimizer, (onStatistics) => {
    const statistics = { statistics: 'batch', realStatistics: 'moving', onStatistics } as const;
    const batches = generateBatches(networks, { samples, latents, roles, ...statistics });
    const losses = targets.map((target) => {
      const generated = batches.filter(({ roles: [role] }) => modalityOf(role) === target.modality);
      const consistency = consistencyOf({ ...options, supervised: roles }, { batch, generated });
      return { consistency, missed: missedOf(model, { target, samples, generated, onStatistics }) };
    });
    return [...losses.map(({ consistency }) => consistency), addN(losses.flatMap(({ missed }) => missed))];
  });
  dispose([...Object.values(latents), ...targets.flatMap(({ codes: of, variance }) => [of, variance])]);
  return { images, sounds, codes };
}

/** Images before sounds, as their losses are returned. */
const MODALITIES = ['V', 'A'] as const satisfies readonly Modality[];

const networksOf = ({ encoderV, encoderA, decoderV, decoderA }: Cmcgan): GeneratorNetworks => ({
  encoders: { V: encoderV, A: encoderA },
  decoders: { V: decoderV, A: decoderA },
});

type Samples = Readonly<Record<Modality, Tensor4D>>;

/** What encoders should make of real samples of a modality, and of generated ones in their place. */
interface CodeTargets {
  readonly modality: Modality;
  readonly codes: Tensor4D;
  /** Their mean variance over the batch. */
  readonly variance: Scalar;
}

function codeTargets(before: Cmcgan, samples: Samples, modality: Modality): CodeTargets {
  const encoder = networksOf(before).encoders[modality];
  const codes: Tensor4D = applyNetwork(encoder, samples[modality], { role: modality, statistics: 'moving' });
  const variance = tidy(() => add<Scalar>(mean(moments(codes, 0).variance), EPSILON));
  return { modality, codes, variance };
}

interface Read {
  readonly target: CodeTargets;
  readonly samples: Samples;
  /** Of the target's modality. */
  readonly generated: readonly RoleBatch<GeneratedRole>[];
  readonly onStatistics: OnStatistics;
}

/** The errors of the codes of a modality's real samples and of its generated ones, as shares of the variance of the right codes. */
function missedOf(model: Cmcgan, { target, samples, generated, onStatistics }: Read): Scalar[] {
  const { modality, codes: real, variance } = target;
  const encoder = networksOf(model).encoders[modality];
  const ofReal: Tensor4D = applyNetwork(encoder, samples[modality], { role: modality, statistics: 'moving' });
  const ofGenerated = generated.map(({ roles, values }): Tensor4D =>
    applyNetwork(encoder, withoutGradient(values), { role: roles, statistics: 'batch', onStatistics }),
  );
  return [ofReal, ...ofGenerated].map((codes) => div(squaredConsistencyLoss([{ generated: codes, real }]), variance));
}
