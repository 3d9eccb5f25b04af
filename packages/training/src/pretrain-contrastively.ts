import { createStatisticsCollector } from '@cmcgan/model';
import type { Cmcgan } from '@cmcgan/model';
import { createAdam } from '@cmcgan/tfjs-kernels';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import { add, dispose, nextFrame, stack } from '@tensorflow/tfjs-core';
import type { Scalar, Variable } from '@tensorflow/tfjs-core';
import { contrastOfCodes, contrastOfFeatures } from './step/adversaries/contrast';
import type { RealPairs } from './step/adversaries/contrast';
import { learningRateFactor } from './learning-rate-factor';
import { createGradientTape } from './step/gradient-tape';
import { encoderInputs } from './step/step-inputs';
import { trainableVariables } from './trainable-variables';
import { withTensors } from './training-batches';
import type { BatchSource } from './training-batches';

/** The contrastive losses of one step of pretraining: of the encoders' codes, and of the discriminator's features. */
export interface ContrastiveLosses {
  readonly codes: number;
  readonly features: number;
}

export interface PretrainContrastivelyOptions {
  /** Batches to train on, as many epochs as they take. */
  readonly steps: number;
  /** Of Adam, with β1 = 0.5; falls linearly to 0 over the second half. Default 0.001. */
  readonly learningRate?: number;
  /** Called after every step. */
  readonly onStep?: (step: number, losses: ContrastiveLosses) => void;
  /** Ends the pretraining after the current step. */
  readonly signal?: AbortSignal;
}

/**
 * Trains a new CMCGAN's encoders, and its joint discriminator's trunks, to find an image's sound among those of the batch and the other way round
 * (`contrastiveLoss` of @cmcgan/losses), before the networks play against each other: a step costs a fifth of one of Algorithm 1, and learns from
 * real pairs alone (`encoderImages` and `encoderSounds` where a batch has them) what they share, such as the pitch. Their moving averages move along; the decoders stay as they are.
 *
 * @throws if the discriminator judges no pairs, or `steps` is not a whole number of at least 1
 */
export async function pretrainContrastively(
  model: Cmcgan,
  source: BatchSource,
  { steps, learningRate = 0.001, onStep, signal }: PretrainContrastivelyOptions,
): Promise<void> {
  if (model.config.discriminator.kind !== 'joint') {
    throw new Error(
      `pretrainContrastively: the discriminator must be the joint one, got a ${model.config.discriminator.kind} one`,
    );
  }
  if (!Number.isInteger(steps) || steps < 1) {
    throw new RangeError(`pretrainContrastively: steps must be a whole number of at least 1, got ${steps}`);
  }
  const variables = trainableVariables(model, 'encoder', 'discriminator.trunk');
  const optimizer = createAdam({ variables, learningRate, beta1: 0.5 });
  try {
    let step = 0;
    for (let epoch = 1; step < steps; epoch++) {
      for await (const batch of source.batches(epoch, 0)) {
        await nextFrame(); // lets signals in, where all batches are in memory
        if (signal?.aborted) return;
        optimizer.learningRate = learningRate * learningRateFactor({ kind: 'linear' }, { step, plannedSteps: steps });
        const losses = await withTensors([batch], ([samples]) =>
          takeStep({ model, variables, optimizer }, encoderInputs(samples)),
        );
        step++;
        onStep?.(step, losses);
        if (step === steps) break;
      }
    }
  } finally {
    optimizer.dispose();
  }
}

interface Pretrained {
  readonly model: Cmcgan;
  readonly variables: readonly Variable[];
  readonly optimizer: Optimizer;
}

async function takeStep({ model, variables, optimizer }: Pretrained, samples: RealPairs): Promise<ContrastiveLosses> {
  const statistics = createStatisticsCollector();
  const tape = createGradientTape();
  const { total, parts } = tape.record(() => {
    const codes = contrastOfCodes(model, samples, statistics.collect);
    const features = contrastOfFeatures(model, samples, statistics.collect);
    return { total: add<Scalar>(codes, features), parts: stack([codes, features]) };
  });
  const gradients = tape.gradients(total, variables);
  optimizer.step(gradients);
  statistics.apply();
  const [codes, features] = await parts.data();
  dispose([...gradients, total, parts]);
  return { codes, features };
}
