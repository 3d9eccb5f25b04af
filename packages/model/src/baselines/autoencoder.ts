import { tidy } from '@tensorflow/tfjs-core';
import type { Tensor4D, Variable } from '@tensorflow/tfjs-core';
import type { Modality } from '../architecture';
import { resolveConfig } from '../config';
import type { ApplyArguments } from '../layers/apply-arguments';
import { seededInitialValues } from '../layers/initial-values';
import { buildDecoder } from '../networks/decoder';
import { buildEncoder } from '../networks/encoder';
import { applyNetwork, namedVariables } from '../networks/network';

export interface AutoencoderOptions {
  modality: Modality;
  /** Scales every channel count except that of the code. */
  width: number;
  /** Channels of the code, which is φ of S2I-A. */
  featureSize: number;
  seed: number;
}

/** An encoder and a decoder of one modality, to be trained to reconstruct their input; the encoder is φ of S2I-A. */
export interface Autoencoder {
  /** The trainable variables, in a fixed order. */
  readonly variables: readonly Variable[];
  /** Reconstructs samples of its modality, [B, H, W, C] in [-1, 1]. The caller owns the result. */
  apply(sample: Tensor4D, options: Omit<ApplyArguments, 'role'>): Tensor4D;
  /** The encoder's variables under their names in a baseline, `feature.*`. */
  features(): Record<string, Variable>;
  dispose(): void;
}

/** Creates an autoencoder with initial weights drawn from `seed`: the layers of CMCGAN's encoder and decoder, without a latent. */
export function createAutoencoder({ modality, width, featureSize, seed }: AutoencoderOptions): Autoencoder {
  const initialValues = seededInitialValues(seed, 'createAutoencoder');
  const config = resolveConfig({ width, codeSize: featureSize, latentSize: 0 });
  const encoder = buildEncoder({ initialValues, config, modality, roles: null, name: 'feature' });
  const decoder = buildDecoder({ initialValues, config, modality, roles: null });
  const named = [...namedVariables([encoder, decoder])];
  return {
    variables: named.map(([, variable]) => variable).filter(({ trainable }) => trainable),
    apply: (sample, options) => tidy(() => applyNetwork(decoder, applyNetwork(encoder, sample, options), options)),
    features: () => Object.fromEntries(named.filter(([name]) => name.startsWith('feature.'))),
    dispose: () => [encoder, decoder].forEach((network) => network.dispose()),
  };
}
