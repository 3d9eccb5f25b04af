import { ENCODER_CHANNELS, applyLayers, createBatchNormEnding, createConvolution, scaleChannels } from '@cmcgan/model';
import type { ApplyOptions, VariableStore } from '@cmcgan/model';
import { reshape, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ClassifierConfig } from './config';

/** What a classifier's convolutions are told beside their input. */
export type TrunkOptions = Omit<ApplyOptions, 'role'>;

/** A sample [B, 128, W, channels] to its feature [B, featureSize], not negative. The caller owns it. */
export type Trunk = (sample: Tensor4D, options: TrunkOptions) => Tensor2D;

export interface TrunkSource {
  store: VariableStore;
  config: ClassifierConfig;
  name: string;
  inputChannels: number;
}

/** The encoder's seven convolutions, each with batch normalisation and ReLU (paper: section on network architectures, classifier). */
export function createTrunk({ store, config, name, inputChannels }: TrunkSource): Trunk {
  const { width, featureSize, initialisation } = config;
  const table = ENCODER_CHANNELS[7].slice(0, -1).map((channels) => scaleChannels(channels, width));
  const channels = [inputChannels, ...table, featureSize];
  const layers = channels.slice(1).map((count, i) => {
    const layer = { store, name: `${name}.${i}`, channels: count };
    const ending = createBatchNormEnding({ ...layer, activation: 'relu', roles: null });
    return createConvolution({ ...layer, inputChannels: channels[i], initialisation, ending });
  });
  return (sample, options) =>
    tidy(() => reshape(applyLayers(layers, sample, { ...options, role: 'real' }), [sample.shape[0], featureSize])); // [B, 1, 1, F]
}
