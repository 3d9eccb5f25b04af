import { add, concat, matMul, mul, ones, reshape, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ApplyOptions } from '../apply-options';
import { SAMPLE_SHAPES, scaleChannels } from '../architecture';
import type { Modality } from '../architecture';
import { createConvolution, initialValue } from '../convolution-layer';
import { createBatchNormEnding, createBiasEnding } from '../layer-ending';
import type { LayerEnding } from '../layer-ending';
import { applyLayers } from '../layer-stack';
import type { Role } from '../roles';
import type { VariableStore } from '../variable-store';
import { CHEN_DISCRIMINATOR_CHANNELS, CHEN_JOINT_CHANNELS, CHEN_MAP_SIZES } from './chen-architecture';
import type { ChenConfig } from './chen-config';

/** Says of a sample and a feature φ of the other modality whether the sample is real and they match. Roles: 'real' and 'fake'. */
export interface ChenDiscriminator {
  /** Image [B, 128, 128, 3] → [B, 4, 4, C], or sound [B, 128, 32, 1] → [B, 4, 1, C]. The caller owns it. */
  features(sample: Tensor4D, options: ApplyOptions): Tensor4D;
  /** Those features and φ [B, featureSize], row by row → logits [B, 1]. The caller owns them. */
  logits(features: Tensor4D, condition: Tensor2D, options: ApplyOptions): Tensor2D;
}

/**
 * Five convolutions, kernel 5, stride 2; φ replicated over the last map and joined by channel (Chen: 4×4); a 1×1 convolution over both, so that
 * they can be compared; a last one as large as the map, to one logit. LeakyReLU 0.2, no normalisation in the first layer (DCGAN).
 */
export function createChenDiscriminator(store: VariableStore, config: ChenConfig, of: Modality): ChenDiscriminator {
  const { featureSize, discriminator } = config;
  const { width, initialisation } = discriminator;
  const ending = endings(store, config);
  const table = CHEN_DISCRIMINATOR_CHANNELS.map((channels) => scaleChannels(channels, width));
  const channels = [SAMPLE_SHAPES[of][2], ...table];
  const layers = table.map((count, i) => {
    const layer = { store, name: `discriminator.${i}`, channels: count };
    return createConvolution({
      ...layer,
      inputChannels: channels[i],
      initialisation,
      ending: ending(layer.name, count, i === 0),
    });
  });
  const [height, mapWidth] = CHEN_MAP_SIZES[of];
  const [inputs, joint] = [table[table.length - 1] + featureSize, scaleChannels(CHEN_JOINT_CHANNELS, width)];
  const mix = store.matrix('discriminator.joint.weight', [inputs, joint], initialValue(initialisation, inputs));
  const jointEnding = ending('discriminator.joint', joint, false);
  const outputs = height * mapWidth * joint;
  const weight = store.matrix('discriminator.output.weight', [outputs, 1], initialValue(initialisation, outputs));
  const bias = store.vector('discriminator.output.bias', 1, { constant: 0 });
  return {
    features: (sample, options) => applyLayers(layers, sample, options),
    logits: (features, condition, options) =>
      tidy(() => {
        const batch = features.shape[0];
        const spread = replicate(condition, [height, mapWidth]); // [B, h, w, featureSize]
        const both = reshape(concat([features, spread], 3), [batch * height * mapWidth, inputs]);
        const mixed = jointEnding(reshape(matMul(both, mix), [batch, height, mapWidth, joint]), options); // [B, h, w, joint]
        return add<Tensor2D>(matMul(reshape(mixed, [batch, outputs]), weight), bias); // [B, 1]
      }),
  };
}

/** The endings of its layers: bias alone in the first one and where told so, else batch normalisation. */
function endings(store: VariableStore, { discriminator }: ChenConfig) {
  const roles: readonly Role[] | null = discriminator.statistics === 'mixed' ? null : ['real', 'fake'];
  return (name: string, channels: number, first: boolean): LayerEnding =>
    first || discriminator.normalisation === 'none'
      ? createBiasEnding({ store, name, channels, activation: 'leakyRelu' })
      : createBatchNormEnding({ store, name, channels, activation: 'leakyRelu', roles });
}

/** [B, F] → [B, height, width, F]. */
function replicate(condition: Tensor2D, [height, width]: readonly [number, number]): Tensor4D {
  const [batch, size] = condition.shape;
  return mul(reshape(condition, [batch, 1, 1, size]), ones([1, height, width, 1]));
}
