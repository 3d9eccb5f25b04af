import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { input, layers } from '@tensorflow/tfjs-layers';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { ENCODER_CHANNELS, SAMPLE_SHAPES, scaleChannels } from '../architecture';
import type { Modality } from '../architecture';
import type { CmcganConfig } from '../config';
import type { ApplyArguments } from '../layers/apply-arguments';
import type { BlockEnding } from '../layers/block';
import { DenseBlock } from '../layers/dense-block';
import type { InitialValues } from '../layers/initial-values';
import type { Role } from '../paths';
import { convolutions } from './encoder';
import { applyNetwork, buildNetwork } from './network';

/** The discriminator, joint or unimodal depending on the configuration. Roles of its inputs: 'real' and 'fake'. */
export interface Discriminator {
  /** E_DV: [B, 128, 128, 3] → [B, featureSize]. The caller owns this and all other results. */
  imageFeatures(image: Tensor4D, options: ApplyArguments): Tensor2D;
  /** E_DA: [B, 128, 32, 1] → [B, featureSize]. */
  soundFeatures(sound: Tensor4D, options: ApplyArguments): Tensor2D;
  /**
   * Features of images and sounds, row by row → logits [B, 1]; their sigmoid is S, the probability of a real and matching pair.
   *
   * @throws if the discriminator is unimodal
   */
  logits(imageFeatures: Tensor2D, soundFeatures: Tensor2D): Tensor2D;
  /**
   * Features of images (V) or sounds (A) → logits [B, 1]; their sigmoid is the probability of a real sample.
   *
   * @throws if the discriminator is joint
   */
  realismLogits(modality: Modality, features: Tensor2D): Tensor2D;
  /**
   * Features of images (V) or sounds (A) → logits [B, classes] of the auxiliary classifier.
   *
   * @throws if the configuration has no classes
   */
  classLogits(modality: Modality, features: Tensor2D): Tensor2D;
  /** Its parts: a trunk for each modality, one head for both or one for each, and those of the classes, if any. */
  readonly networks: { readonly trunkV: LayersModel; readonly trunkA: LayersModel; readonly heads: readonly LayersModel[] };
}

const MODALITIES = ['V', 'A'] as const;

/** Creates two trunks with the seven layers of an encoder, whatever the generator's depth, and one dense head for both or one for each. */
export function createDiscriminator(config: CmcganConfig, initialValues: InitialValues): Discriminator {
  const [trunkV, trunkA] = MODALITIES.map((modality) => buildTrunk(config, modality, initialValues));
  const suffixes = config.discriminator.kind === 'joint' ? [''] : ['V', 'A'];
  const heads = suffixes.map((suffix) => buildHead(config, suffix, initialValues));
  const toldApart = config.classes ? MODALITIES : [];
  const classHeads = toldApart.map((modality) => buildClassHead(config, modality, initialValues));
  return {
    imageFeatures: (image, options) => applyNetwork(trunkV, image, options),
    soundFeatures: (sound, options) => applyNetwork(trunkA, sound, options),
    classLogits(modality, features) {
      if (classHeads.length === 0) {
        throw new Error('classLogits: config.classes must be at least 1 for the discriminator to tell classes apart, got 0');
      }
      return applyNetwork(classHeads[MODALITIES.indexOf(modality)], features, {});
    },
    networks: { trunkV, trunkA, heads: [...heads, ...classHeads] },
    ...(config.discriminator.kind === 'joint' ? jointLogits(heads[0]) : unimodalLogits({ V: heads[0], A: heads[1] })),
  };
}

type Logits = Pick<Discriminator, 'logits' | 'realismLogits'>;

function jointLogits(head: LayersModel): Logits {
  return {
    logits: (imageFeatures, soundFeatures) => applyNetwork(head, [imageFeatures, soundFeatures], {}),
    realismLogits() {
      throw new Error('realismLogits: discriminator must be unimodal to judge a sample by itself, got a joint one; use logits');
    },
  };
}

function unimodalLogits(heads: Record<Modality, LayersModel>): Logits {
  return {
    logits() {
      throw new Error('logits: discriminator must be joint to judge a pair, got a unimodal one; use realismLogits');
    },
    realismLogits: (modality, features) => applyNetwork(heads[modality], features, {}),
  };
}

function buildTrunk({ statistics, discriminator }: CmcganConfig, modality: Modality, initialValues: InitialValues): LayersModel {
  const name = `discriminator.trunk${modality}`;
  const { normalisation, initialisation, featureSize } = discriminator;
  const roles: readonly Role[] | null = statistics === 'mixed' ? null : ['real', 'fake'];
  const table = ENCODER_CHANNELS[7].map((channels) => scaleChannels(channels, discriminator.width));
  const ending = (i: number): BlockEnding => ({
    normalisation: i === 0 ? 'none' : normalisation,
    activation: 'leakyRelu',
    roles,
  });
  const sample = input({ shape: [...SAMPLE_SHAPES[modality]], name: `${name}.sample` });
  const map = convolutions(sample, [...table.slice(0, -1), featureSize], (i) => ({
    ...{ name: `${name}.${i}`, initialisation, initialValues },
    ...ending(i),
  }));
  const features = layers.flatten({ name: `${name}.features` }).apply(map) as SymbolicTensor;
  return buildNetwork({ name, inputs: sample, outputs: features });
}

/** Builds a LeakyReLU layer, if configured, and a dense layer: features → [B, 1]. `suffix` is appended to the names of its layers. */
function buildHead({ discriminator }: CmcganConfig, suffix: string, initialValues: InitialValues): LayersModel {
  const { hiddenUnits, initialisation, featureSize } = discriminator;
  const layerOf = (name: string, units: number, activation: 'leakyRelu' | 'linear') =>
    new DenseBlock({
      ...{ name: `discriminator.${name}${suffix}`, units, initialisation, initialValues },
      ...{ normalisation: 'none', activation },
    });
  const name = `discriminator.head${suffix}`;
  const inputs = (suffix === '' ? ['V', 'A'] : [suffix]).map((modality) =>
    input({ shape: [featureSize], name: `${name}.features${modality}` }),
  );
  const joined = inputs.length === 1 ? inputs[0] : (layers.concatenate({ name: `${name}.join` }).apply(inputs) as SymbolicTensor);
  const last = hiddenUnits > 0 ? layerOf('hidden', hiddenUnits, 'leakyRelu').apply(joined) : joined;
  return buildNetwork({ name, inputs, outputs: layerOf('output', 1, 'linear').apply(last) as SymbolicTensor });
}

/** Builds the dense layer of the auxiliary classifier: features → [B, classes]. */
function buildClassHead(
  { discriminator, classes = 0 }: CmcganConfig,
  modality: Modality,
  initialValues: InitialValues,
): LayersModel {
  const { initialisation, featureSize } = discriminator;
  const name = `discriminator.class${modality}`;
  const inputs = input({ shape: [featureSize], name: `${name}.features` });
  const layer = new DenseBlock({
    ...{ name: `${name}.output`, units: classes, initialisation, initialValues },
    ...{ normalisation: 'none', activation: 'linear' },
  });
  return buildNetwork({ name, inputs, outputs: layer.apply(inputs) as SymbolicTensor });
}
