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

/** The discriminator, joint or unimodal by its configuration. Roles of its inputs: 'real' and 'fake'. */
export interface Discriminator {
  /** E_DV: [B, 128, 128, 3] → [B, featureSize]. The caller owns it, as all results. */
  imageFeatures(image: Tensor4D, options: ApplyOptions): Tensor2D;
  /** E_DA: [B, 128, 32, 1] → [B, featureSize]. */
  soundFeatures(sound: Tensor4D, options: ApplyOptions): Tensor2D;
  /**
   * Features of images and sounds, row by row → logits [B, 1]; the probability S, of a real and matching pair, is their sigmoid.
   *
   * @throws where the discriminator is unimodal
   */
  logits(imageFeatures: Tensor2D, soundFeatures: Tensor2D): Tensor2D;
  /**
   * Features of images (V) or sounds (A) → logits [B, 1]; their sigmoid is the probability of a real sample.
   *
   * @throws where the discriminator is joint
   */
  realismLogits(modality: Modality, features: Tensor2D): Tensor2D;
}

/** Two trunks with the encoder's seven columns whatever the generator's depth, and a dense head over both, or one over each. */
export function createDiscriminator(store: VariableStore, config: CmcganConfig): Discriminator {
  const [imageTrunk, soundTrunk] = (['V', 'A'] as const).map((modality) => createTrunk(store, config, modality));
  const features = (trunk: readonly Layer[]) => (sample: Tensor4D, options: ApplyOptions) =>
    tidy(() => reshape(applyLayers(trunk, sample, options), [sample.shape[0], -1]) as Tensor2D);
  const heads = { joint: jointHead, unimodal: unimodalHeads }[config.discriminator.kind];
  return { imageFeatures: features(imageTrunk), soundFeatures: features(soundTrunk), ...heads(store, config) };
}

type Heads = Pick<Discriminator, 'logits' | 'realismLogits'>;

function jointHead(store: VariableStore, config: CmcganConfig): Heads {
  const head = createHead(store, config, { inputs: 2 * config.discriminator.featureSize, suffix: '' });
  return {
    logits: (imageFeatures, soundFeatures) => tidy(() => head(concat([imageFeatures, soundFeatures], 1))),
    realismLogits() {
      throw new Error('realismLogits: discriminator must be unimodal to judge a sample by itself, got a joint one; use logits');
    },
  };
}

function unimodalHeads(store: VariableStore, config: CmcganConfig): Heads {
  const head = (suffix: string) => createHead(store, config, { inputs: config.discriminator.featureSize, suffix });
  const heads = { V: head('V'), A: head('A') };
  return {
    logits() {
      throw new Error('logits: discriminator must be joint to judge a pair, got a unimodal one; use realismLogits');
    },
    realismLogits: (modality, features) => heads[modality](features),
  };
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

/** A LeakyReLU layer where the configuration has one, and a dense layer: [B, inputs] → [B, 1]. `suffix` ends the names of its variables. */
function createHead(store: VariableStore, { discriminator }: CmcganConfig, head: { inputs: number; suffix: string }) {
  const { hiddenUnits, initialisation } = discriminator;
  const dense = (name: string, inputs: number, outputs: number) => ({
    weight: store.matrix(`discriminator.${name}${head.suffix}.weight`, [inputs, outputs], initialValue(initialisation, inputs)),
    bias: store.vector(`discriminator.${name}${head.suffix}.bias`, outputs, { constant: 0 }),
  });
  const hidden = hiddenUnits > 0 ? dense('hidden', head.inputs, hiddenUnits) : undefined;
  const output = dense('output', hidden ? hiddenUnits : head.inputs, 1);
  return (features: Tensor2D): Tensor2D =>
    tidy(() => {
      const last = hidden
        ? biasActivation(matMul(features, hidden.weight), hidden.bias, { activation: 'leakyRelu', alpha: LEAKY_SLOPE }) // [B, hiddenUnits]
        : features;
      return add<Tensor2D>(matMul(last, output.weight), output.bias); // [B, 1]
    });
}
