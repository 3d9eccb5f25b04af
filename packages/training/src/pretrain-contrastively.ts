import type { Cmcgan } from '@cmcgan/model';
import { createAdam } from '@cmcgan/tfjs-kernels';
import { contrastOfCodes, contrastOfFeatures } from './step/adversaries/contrast';
import { descend, pretrainingSteps } from './pretraining-steps';
import type { PretrainingOptions } from './pretraining-steps';
import { encoderInputs } from './step/step-inputs';
import { trainableVariables } from './trainable-variables';
import type { BatchSource, TensorBatch } from './training-batches';

/** The contrastive losses of one step of pretraining: of the encoders' codes, and of the discriminator's features. */
export interface ContrastiveLosses {
  readonly codes: number;
  readonly features: number;
}

/** Adam has β1 = 0.5. */
export type PretrainContrastivelyOptions = PretrainingOptions<ContrastiveLosses>;

/**
 * Trains a new CMCGAN's encoders, and its joint discriminator's trunks, to find an image's sound among those of the batch and the other way round
 * (`contrastiveLoss` of @cmcgan/losses), before the networks play against each other: a step costs a fifth of one of Algorithm 1, and learns from
 * real pairs alone (`encoderImages` and `encoderSounds` where a batch has them) what they share, such as the pitch. Their moving averages move along;
 * the decoders stay as they are.
 *
 * @throws if the discriminator judges no pairs, or `steps` is not a whole number of at least 1
 */
export async function pretrainContrastively(
  model: Cmcgan,
  source: BatchSource,
  options: PretrainContrastivelyOptions,
): Promise<void> {
  if (model.config.discriminator.kind !== 'joint') {
    throw new Error(
      `pretrainContrastively: the discriminator must be the joint one, got a ${model.config.discriminator.kind} one`,
    );
  }
  const variables = trainableVariables(model, 'encoder', 'discriminator.trunk');
  const optimizer = createAdam({ variables, learningRate: options.learningRate ?? 0.001, beta1: 0.5 });
  const takeStep = async (batch: TensorBatch): Promise<ContrastiveLosses> => {
    const samples = encoderInputs(batch);
    const [codes, features] = await descend(optimizer, (collect) => [
      contrastOfCodes(model, samples, collect),
      contrastOfFeatures(model, samples, collect),
    ]);
    return { codes, features };
  };
  await pretrainingSteps('pretrainContrastively', source, options, { optimizer, takeStep });
}
