import { tidy } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { ApplyOptions } from './apply-options';
import { DECODER_CHANNELS, SAMPLE_SHAPES, featureSizes, scaleChannels } from './architecture';
import type { Modality } from './architecture';
import type { CmcganConfig } from './config';
import { createTransposedConvolution } from './convolution-layer';
import { decoderInput } from './decoder-input';
import { createBatchNormEnding, createBiasEnding } from './layer-ending';
import { applyLayers } from './layer-stack';
import type { Role } from './roles';
import type { VariableStore } from './variable-store';

/** A decoder: a code of either modality and a latent to a sample of its own. */
export interface Decoder {
  name: string;
  /**
   * Code F [B, h, w, codeSize] and z [B, 1, 1, latentSize] (undefined without latent) → image [B, 128, 128, 3] or sound [B, 128, 32, 1],
   * in [-1, 1] with the tanh output. The caller owns it.
   */
  apply(code: Tensor4D, latent: Tensor4D | undefined, options: ApplyOptions): Tensor4D;
}

export interface DecoderOptions {
  store: VariableStore;
  config: CmcganConfig;
  modality: Modality;
  roles: readonly Role[] | null;
}

/** DecoderV or DecoderA: transposed convolution, batch normalisation, LeakyReLU for each column of the table, then the output layer. */
export function createDecoder({ store, config, modality, roles }: DecoderOptions): Decoder {
  const name = `decoder${modality}`;
  const { depth, width, codeSize, latentSize, initialisation, outputActivation } = config;
  const table = DECODER_CHANNELS[depth].map((channels) => scaleChannels(channels, width));
  const channels = [codeSize + latentSize, ...table, SAMPLE_SHAPES[modality][2]];
  const sizes = featureSizes(modality, depth).reverse();
  const layers = channels.slice(1).map((count, i) => {
    const layer = { store, name: `${name}.${i}`, channels: count };
    const ending =
      i === depth - 1 && outputActivation === 'tanh'
        ? createBiasEnding({ ...layer, activation: 'tanh' })
        : createBatchNormEnding({ ...layer, activation: 'leakyRelu', roles });
    return createTransposedConvolution({
      ...layer,
      inputChannels: channels[i],
      outputSize: sizes[i + 1],
      initialisation,
      ending,
    });
  });
  const inputWidth = sizes[0][1];
  return {
    name,
    apply: (code, latent, options) => tidy(() => applyLayers(layers, decoderInput(code, latent, inputWidth), options)),
  };
}
