import { input } from '@tensorflow/tfjs-layers';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { ENCODER_CHANNELS, SAMPLE_SHAPES, scaleChannels } from '../architecture';
import type { Modality } from '../architecture';
import type { CmcganConfig } from '../config';
import type { BlockArguments } from '../layers/block';
import { ConvolutionBlock } from '../layers/convolution-block';
import type { InitialValues } from '../layers/initial-values';
import { buildNetwork } from './network';
import type { Role } from '../paths';

export interface EncoderOptions {
  initialValues: InitialValues;
  config: Pick<CmcganConfig, 'depth' | 'width' | 'codeSize' | 'initialisation'>;
  modality: Modality;
  /** Prefix of its weights' names. Default: encoderV or encoderA. */
  name?: string;
  /** Each role has a pair of moving averages in every layer; null for a single pair for all roles. */
  roles: readonly Role[] | null;
}

/**
 * Builds EncoderV or EncoderA: image [B, 128, 128, 3] or sound [B, 128, 32, 1] → code F [B, h, w, codeSize], h = w = 1 at depth 7.
 * Convolution, batch normalisation and ReLU for each entry of the table (paper: section on network architectures).
 */
export function buildEncoder({
  initialValues,
  config,
  modality,
  roles,
  name = `encoder${modality}`,
}: EncoderOptions): LayersModel {
  const table = ENCODER_CHANNELS[config.depth].map((channels) => scaleChannels(channels, config.width));
  const sample = input({ shape: [...SAMPLE_SHAPES[modality]], name: `${name}.sample` });
  const code = convolutions(sample, [...table.slice(0, -1), config.codeSize], (i) => ({
    ...{ name: `${name}.${i}`, initialisation: config.initialisation, initialValues },
    ...{ normalisation: 'batch', activation: 'relu', roles },
  }));
  return buildNetwork({ name, inputs: sample, outputs: code });
}

/** A chain of convolution blocks with these output channels. */
export function convolutions(
  sample: SymbolicTensor,
  channels: readonly number[],
  settingsOf: (index: number) => BlockArguments,
): SymbolicTensor {
  return channels.reduce(
    (x, filters, i) => new ConvolutionBlock({ ...settingsOf(i), filters }).apply(x) as SymbolicTensor,
    sample,
  );
}
