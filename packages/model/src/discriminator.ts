import { biasActivation } from '@cmcgan/tfjs-kernels';
import { add, concat, matMul, reshape, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ApplyOptions } from './apply-options';
import { ENCODER_CHANNELS, LEAKY_SLOPE, SAMPLE_SHAPES, scaleChannels } from './architecture';
import type { Modality } from './architecture';
import type { CmcganConfig } from './config';
import { createConvolution, initialValue } from './convolution-layer';
import type { Layer } from './convolution-layer';
import { createBatchNormEnding, createBiasEnding } from './layer-ending';
import { applyLayers } from './layer-stack';
import type { Role } from './roles';
import type { VariableStore } from './variable-store';

/** The joint discriminator: says of an image and a sound whether they are a real, matching pair. Roles: 'real' and 'fake'. */
export interface Discriminator {
  /** E_DV: [B, 128, 128, 3] → [B, featureSize]. The caller owns it, as all results. */
  imageFeatures(image: Tensor4D, options: ApplyOptions): Tensor2D;
  /** E_DA: [B, 128, 32, 1] → [B, featureSize]. */
  soundFeatures(sound: Tensor4D, options: ApplyOptions): Tensor2D;
  /** Features of images and sounds, row by row → logits [B, 1]; the probability S is their sigmoid. */
  logits(imageFeatures: Tensor2D, soundFeatures: Tensor2D): Tensor2D;
}

/** Two trunks with the encoder's seven columns whatever the generator's depth, and a dense head. */
export function createDiscriminator(store: VariableStore, config: CmcganConfig): Discriminator {
  const [imageTrunk, soundTrunk] = (['V', 'A'] as const).map((modality) => createTrunk(store, config, modality));
  const logits = createHead(store, config);
  const features = (trunk: readonly Layer[]) => (sample: Tensor4D, options: ApplyOptions) =>
    tidy(() => reshape(applyLayers(trunk, sample, options), [sample.shape[0], -1]) as Tensor2D);
  return { imageFeatures: features(imageTrunk), soundFeatures: features(soundTrunk), logits };
}

function createTrunk(store: VariableStore, { statistics, discriminator }: CmcganConfig, modality: Modality): Layer[] {
  const { normalisation, initialisation, featureSize } = discriminator;
  const roles: readonly Role[] | null = statistics === 'mixed' ? null : ['real', 'fake'];
  const table = ENCODER_CHANNELS[7].map((channels) => scaleChannels(channels, discriminator.width));
  const channels = [SAMPLE_SHAPES[modality][2], ...table.slice(0, -1), featureSize];
  return channels.slice(1).map((count, i) => {
    const layer = { store, name: `discriminator.trunk${modality}.${i}`, channels: count };
    const ending =
      i === 0 || normalisation === 'none'
        ? createBiasEnding({ ...layer, activation: 'leakyRelu' })
        : createBatchNormEnding({ ...layer, activation: 'leakyRelu', roles });
    return createConvolution({ ...layer, inputChannels: channels[i], initialisation, ending });
  });
}

function createHead(store: VariableStore, { discriminator }: CmcganConfig): Discriminator['logits'] {
  const { featureSize, hiddenUnits, initialisation } = discriminator;
  const dense = (name: string, inputs: number, outputs: number) => ({
    weight: store.matrix(`${name}.weight`, [inputs, outputs], initialValue(initialisation, inputs)),
    bias: store.vector(`${name}.bias`, outputs, { constant: 0 }),
  });
  const hidden = hiddenUnits > 0 ? dense('discriminator.hidden', 2 * featureSize, hiddenUnits) : undefined;
  const output = dense('discriminator.output', hidden ? hiddenUnits : 2 * featureSize, 1);
  return (imageFeatures, soundFeatures) =>
    tidy(() => {
      const joint = concat([imageFeatures, soundFeatures], 1); // [B, 2 · featureSize]
      const last = hidden
        ? biasActivation(matMul(joint, hidden.weight), hidden.bias, { activation: 'leakyRelu', alpha: LEAKY_SLOPE }) // [B, hiddenUnits]
        : joint;
      return add<Tensor2D>(matMul(last, output.weight), output.bias); // [B, 1]
    });
}
