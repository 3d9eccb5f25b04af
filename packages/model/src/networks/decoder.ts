import { input } from '@tensorflow/tfjs-layers';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { DECODER_CHANNELS, SAMPLE_SHAPES, featureSizes, scaleChannels } from '../architecture';
import type { Modality } from '../architecture';
import type { CmcganConfig } from '../config';
import type { BlockEnding } from '../layers/block';
import { TransposedConvolutionBlock } from '../layers/convolution-block';
import type { InitialValues } from '../layers/initial-values';
import { JoinLatent } from '../layers/join-latent';
import { buildNetwork } from './network';
import type { Role } from '../paths';

export interface DecoderOptions {
  initialValues: InitialValues;
  config: CmcganConfig;
  modality: Modality;
  roles: readonly Role[] | null;
}

/**
 * Builds DecoderV or DecoderA: code F [B, h, w, codeSize] of either modality and z [B, 1, 1, latentSize] (no such input without a latent) →
 * image [B, 128, 128, 3] or sound [B, 128, 32, 1], in [-1, 1] with the tanh output. Transposed convolution, batch normalisation and
 * LeakyReLU for each entry of the table, then the output layer.
 */
export function buildDecoder({ initialValues, config, modality, roles }: DecoderOptions): LayersModel {
  const name = `decoder${modality}`;
  const { depth, width, codeSize, latentSize, initialisation, outputActivation } = config;
  const sizes = featureSizes(modality, depth).reverse();
  const [height, mapWidth] = sizes[0];
  const code = input({ shape: [height, null, codeSize], name: `${name}.code` });
  const latent = latentSize === 0 ? [] : [input({ shape: [1, 1, latentSize], name: `${name}.latent` })];
  const inputs = [code, ...latent];
  const joined = new JoinLatent({ name: `${name}.join`, width: mapWidth }).apply(inputs) as SymbolicTensor;
  const table = DECODER_CHANNELS[depth].map((channels) => scaleChannels(channels, width));
  const ending = (last: boolean): BlockEnding =>
    last && outputActivation === 'tanh'
      ? { normalisation: 'none', activation: 'tanh' }
      : { normalisation: 'batch', activation: 'leakyRelu', roles };
  const sample = [...table, SAMPLE_SHAPES[modality][2]].reduce((x, filters, i) => {
    const settings = { name: `${name}.${i}`, filters, outputSize: sizes[i + 1], initialisation, initialValues };
    return new TransposedConvolutionBlock({ ...settings, ...ending(i === depth - 1) }).apply(x) as SymbolicTensor;
  }, joined);
  return buildNetwork({ name, inputs, outputs: sample });
}
