import { concat, matMul, reshape, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ApplyOptions } from '../apply-options';
import { SAMPLE_SHAPES, STRIDE, scaleChannels } from '../architecture';
import type { Modality } from '../architecture';
import { createTransposedConvolution, initialValue } from '../convolution-layer';
import { createBatchNormEnding, createBiasEnding } from '../layer-ending';
import { applyLayers } from '../layer-stack';
import type { VariableStore } from '../variable-store';
import { CHEN_GENERATOR_CHANNELS, CHEN_MAP_SIZES } from './chen-architecture';
import type { ChenConfig } from './chen-config';

/** φ [B, featureSize] and z [B, 1, 1, latentSize] (undefined without latent) → a sample in [-1, 1]. The caller owns it. */
export type ChenGenerator = (feature: Tensor2D, latent: Tensor4D | undefined, options: ApplyOptions) => Tensor4D;

/**
 * The generator: φ and z projected to a small map (DCGAN: "project and reshape"), then five transposed convolutions, kernel 5, stride 2, each
 * with batch normalisation and ReLU but the last, which ends in tanh.
 */
export function createChenGenerator(store: VariableStore, config: ChenConfig, to: Modality): ChenGenerator {
  const { width, featureSize, latentSize, initialisation } = config;
  const [height, mapWidth] = CHEN_MAP_SIZES[to];
  const table = CHEN_GENERATOR_CHANNELS.map((channels) => scaleChannels(channels, width));
  const channels = [...table, SAMPLE_SHAPES[to][2]];
  const inputs = featureSize + latentSize;
  const project = store.matrix(
    'generator.project.weight',
    [inputs, height * mapWidth * table[0]],
    initialValue(initialisation, inputs),
  );
  const relu = (name: string, count: number) =>
    createBatchNormEnding({ store, name, channels: count, activation: 'relu', roles: null });
  const projected = relu('generator.project', table[0]);
  const layers = channels.slice(1).map((count, i) => {
    const layer = { store, name: `generator.${i}`, channels: count };
    const last = i === channels.length - 2;
    const ending = last ? createBiasEnding({ ...layer, activation: 'tanh' }) : relu(layer.name, count);
    const scale = STRIDE ** (i + 1);
    const outputSize = [height * scale, mapWidth * scale] as const;
    return createTransposedConvolution({ ...layer, inputChannels: channels[i], outputSize, initialisation, ending });
  });
  return (feature, latent, options) =>
    tidy(() => {
      const batch = feature.shape[0];
      const joined = latent === undefined ? feature : concat([feature, reshape(latent, [batch, latentSize])], 1); // [B, φ + z]
      const map: Tensor4D = reshape(matMul(joined, project), [batch, height, mapWidth, table[0]]); // [B, 4, 4 or 1, C]
      return applyLayers(layers, projected(map, options), options);
    });
}
