import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { input, layers } from '@tensorflow/tfjs-layers';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { SAMPLE_SHAPES, scaleChannels } from '../architecture';
import type { Modality } from '../architecture';
import type { ApplyArguments } from '../layers/apply-arguments';
import type { BlockEnding } from '../layers/block';
import { DenseBlock } from '../layers/dense-block';
import type { InitialValues } from '../layers/initial-values';
import { Replicate } from '../layers/replicate';
import { convolutions } from '../networks/encoder';
import { applyNetwork, buildNetwork } from '../networks/network';
import type { Role } from '../paths';
import { CHEN_DISCRIMINATOR_CHANNELS, CHEN_JOINT_CHANNELS, CHEN_MAP_SIZES } from './chen-architecture';
import type { ChenConfig } from './chen-config';

/** Judges whether a sample is real and matches a feature φ of the other modality. Roles: 'real' and 'fake'. */
export interface ChenDiscriminator {
  /** Image [B, 128, 128, 3] → [B, 4, 4, C], or sound [B, 128, 32, 1] → [B, 4, 1, C]. The caller owns it. */
  features(sample: Tensor4D, options: ApplyArguments): Tensor4D;
  /** These features and φ [B, featureSize], row by row → logits [B, 1]. The caller owns them. */
  logits(features: Tensor4D, condition: Tensor2D, options: ApplyArguments): Tensor2D;
  readonly networks: { readonly trunk: LayersModel; readonly head: LayersModel };
}

/**
 * Builds the discriminator: five convolutions, kernel 5, stride 2; φ replicated over the last map and concatenated by channel (Chen: 4×4);
 * a 1×1 convolution over both, so that they can be compared; a last convolution over the whole map to one logit. LeakyReLU 0.2, no
 * normalisation in the first layer (DCGAN).
 */
export function createChenDiscriminator(config: ChenConfig, of: Modality, initialValues: InitialValues): ChenDiscriminator {
  const trunk = buildTrunk(config, of, initialValues);
  const head = buildHead(config, of, initialValues);
  return {
    features: (sample, options) => applyNetwork(trunk, sample, options),
    logits: (features, condition, options) => applyNetwork(head, [features, condition], options),
    networks: { trunk, head },
  };
}

/** What follows the products of its layers: only a bias in the first layer or if configured, else batch normalisation. */
function ending({ discriminator }: ChenConfig, first: boolean): BlockEnding {
  const roles: readonly Role[] | null = discriminator.statistics === 'mixed' ? null : ['real', 'fake'];
  return { normalisation: first ? 'none' : discriminator.normalisation, activation: 'leakyRelu', roles };
}

const channelsOf = ({ discriminator: { width } }: ChenConfig) =>
  CHEN_DISCRIMINATOR_CHANNELS.map((channels) => scaleChannels(channels, width));

function buildTrunk(config: ChenConfig, of: Modality, initialValues: InitialValues): LayersModel {
  const { initialisation } = config.discriminator;
  const sample = input({ shape: [...SAMPLE_SHAPES[of]], name: 'discriminator.sample' });
  const map = convolutions(sample, channelsOf(config), (i) => ({
    ...{ name: `discriminator.${i}`, initialisation, initialValues },
    ...ending(config, i === 0),
  }));
  return buildNetwork({ name: 'discriminator.trunk', inputs: sample, outputs: map });
}

function buildHead(config: ChenConfig, of: Modality, initialValues: InitialValues): LayersModel {
  const { featureSize, discriminator } = config;
  const mapSize = CHEN_MAP_SIZES[of];
  const shared = { initialisation: discriminator.initialisation, initialValues };
  const features = input({ shape: [...mapSize, channelsOf(config).at(-1)!], name: 'discriminator.features' });
  const condition = input({ shape: [featureSize], name: 'discriminator.condition' });
  const spread = new Replicate({ name: 'discriminator.replicate', mapSize }).apply(condition) as SymbolicTensor; // [B, h, w, featureSize]
  const both = layers.concatenate({ name: 'discriminator.join' }).apply([features, spread]) as SymbolicTensor;
  const units = scaleChannels(CHEN_JOINT_CHANNELS, discriminator.width);
  const joint = new DenseBlock({ ...shared, ...ending(config, false), name: 'discriminator.joint', units });
  const mixed = layers.flatten({ name: 'discriminator.flat' }).apply(joint.apply(both)) as SymbolicTensor;
  const output = new DenseBlock({
    ...{ ...shared, name: 'discriminator.output', units: 1 },
    ...{ normalisation: 'none', activation: 'linear' },
  });
  return buildNetwork({
    name: 'discriminator.head',
    inputs: [features, condition],
    outputs: output.apply(mixed) as SymbolicTensor,
  });
}
