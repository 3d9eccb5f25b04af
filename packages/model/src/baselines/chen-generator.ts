import { input, layers } from '@tensorflow/tfjs-layers';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { SAMPLE_SHAPES, STRIDE, scaleChannels } from '../architecture';
import type { Modality } from '../architecture';
import type { BlockEnding } from '../layers/block';
import { TransposedConvolutionBlock } from '../layers/convolution-block';
import { DenseBlock } from '../layers/dense-block';
import type { InitialValues } from '../layers/initial-values';
import { buildNetwork } from '../networks/network';
import { CHEN_GENERATOR_CHANNELS, CHEN_MAP_SIZES } from './chen-architecture';
import type { ChenConfig } from './chen-config';

const HIDDEN: BlockEnding = { normalisation: 'batch', activation: 'relu', roles: null };

/**
 * Builds the generator: φ [B, featureSize] and z [B, 1, 1, latentSize] (no such input without a latent), projected to a small map (DCGAN:
 * "project and reshape"), then five transposed convolutions, kernel 5, stride 2, each with batch normalisation and ReLU except the last,
 * which ends in tanh → a sample in [-1, 1].
 */
export function buildChenGenerator(config: ChenConfig, to: Modality, initialValues: InitialValues): LayersModel {
  const { width, featureSize, latentSize, initialisation } = config;
  const mapSize = CHEN_MAP_SIZES[to];
  const [first, ...table] = CHEN_GENERATOR_CHANNELS.map((channels) => scaleChannels(channels, width));
  const shared = { initialisation, initialValues };
  const feature = input({ shape: [featureSize], name: 'generator.feature' });
  const latent = latentSize === 0 ? [] : [input({ shape: [1, 1, latentSize], name: 'generator.latent' })];
  const project = new DenseBlock({ ...shared, ...HIDDEN, name: 'generator.project', units: first, mapSize });
  const map = project.apply(joined(feature, latent)) as SymbolicTensor; // [B, 4, 4 or 1, C]
  const channels = [...table, SAMPLE_SHAPES[to][2]];
  const sample = channels.reduce((x, filters, i) => {
    const scale = STRIDE ** (i + 1);
    const ending: BlockEnding = i === channels.length - 1 ? { normalisation: 'none', activation: 'tanh' } : HIDDEN;
    const outputSize = [mapSize[0] * scale, mapSize[1] * scale] as const;
    const block = new TransposedConvolutionBlock({ ...shared, ...ending, name: `generator.${i}`, filters, outputSize });
    return block.apply(x) as SymbolicTensor;
  }, map);
  return buildNetwork({ name: 'generator', inputs: [feature, ...latent], outputs: sample });
}

/** φ and z concatenated, [B, featureSize + latentSize]. */
function joined(feature: SymbolicTensor, [latent]: SymbolicTensor[]): SymbolicTensor {
  if (latent === undefined) return feature;
  const flat = layers.flatten({ name: 'generator.flat-latent' }).apply(latent) as SymbolicTensor;
  return layers.concatenate({ name: 'generator.join' }).apply([feature, flat]) as SymbolicTensor;
}
