import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { ApplyOptions } from './apply-options';
import { ENCODER_CHANNELS, SAMPLE_SHAPES, scaleChannels } from './architecture';
import type { Modality } from './architecture';
import type { CmcganConfig } from './config';
import { createConvolution } from './convolution-layer';
import { createBatchNormEnding } from './layer-ending';
import { applyLayers } from './layer-stack';
import type { Role } from './roles';
import type { VariableStore } from './variable-store';

/** An encoder: a sample to its code. */
export interface Encoder {
  name: string;
  /** Image [B, 128, 128, 3] or sound [B, 128, 32, 1] → code F [B, h, w, codeSize], h = w = 1 at depth 7. The caller owns it. */
  apply(sample: Tensor4D, options: ApplyOptions): Tensor4D;
}

export interface EncoderOptions {
  store: VariableStore;
  config: Pick<CmcganConfig, 'depth' | 'width' | 'codeSize' | 'initialisation'>;
  modality: Modality;
  /** What its variables' names start with; encoderV or encoderA when not given. */
  name?: string;
  roles: readonly Role[] | null;
}

/** EncoderV or EncoderA: convolution, batch normalisation, ReLU for each column of the table (paper: section on network architectures). */
export function createEncoder({ store, config, modality, roles, name = `encoder${modality}` }: EncoderOptions): Encoder {
  const table = ENCODER_CHANNELS[config.depth].map((channels) => scaleChannels(channels, config.width));
  const channels = [SAMPLE_SHAPES[modality][2], ...table.slice(0, -1), config.codeSize];
  const layers = channels.slice(1).map((count, i) => {
    const layer = { store, name: `${name}.${i}`, channels: count };
    const ending = createBatchNormEnding({ ...layer, activation: 'relu', roles });
    return createConvolution({ ...layer, inputChannels: channels[i], initialisation: config.initialisation, ending });
  });
  return { name, apply: (sample, options) => applyLayers(layers, sample, options) };
}
