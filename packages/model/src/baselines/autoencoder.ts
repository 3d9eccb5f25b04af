// Importing tfjs-layers registers the gradients of TensorFlow.js' operations; tfjs-core alone registers none.
import '@tensorflow/tfjs-layers';
import { tidy } from '@tensorflow/tfjs-core';
import type { Tensor4D, Variable } from '@tensorflow/tfjs-core';
import type { ApplyOptions } from '../apply-options';
import type { Modality } from '../architecture';
import { resolveConfig } from '../config';
import { createDecoder } from '../decoder';
import { createEncoder } from '../encoder';
import { seededInitialValues } from '../seeded-normal';
import { createVariableStore } from '../variable-store';

export interface AutoencoderOptions {
  modality: Modality;
  /** Scales every channel count but the code's. */
  width: number;
  /** Channels of the code, which is φ of S2I-A. */
  featureSize: number;
  seed: number;
}

/** An encoder and a decoder of one modality, to be trained to give back what they are given; its encoder is φ of S2I-A. */
export interface Autoencoder {
  /** What training changes, in a fixed order. */
  readonly variables: readonly Variable[];
  /** Samples of its modality, [B, H, W, C] in [-1, 1], to their reconstruction. The caller owns it. */
  apply(sample: Tensor4D, options: Omit<ApplyOptions, 'role'>): Tensor4D;
  /** The encoder's variables as a baseline names them, `feature.*`. */
  features(): Record<string, Variable>;
  dispose(): void;
}

/** An autoencoder with initial weights drawn from `seed`: the tables of CMCGAN's encoder and decoder, without latent. */
export function createAutoencoder({ modality, width, featureSize, seed }: AutoencoderOptions): Autoencoder {
  const store = createVariableStore(seededInitialValues(seed));
  const config = resolveConfig({ width, codeSize: featureSize, latentSize: 0 });
  const encoder = createEncoder({ store, config, modality, roles: null, name: 'feature' });
  const decoder = createDecoder({ store, config, modality, roles: null });
  const named = [...store.named];
  return {
    variables: named.map(([, variable]) => variable).filter(({ trainable }) => trainable),
    apply: (sample, options) =>
      tidy(() => {
        const code = encoder.apply(sample, { ...options, role: modality });
        return decoder.apply(code, undefined, { ...options, role: modality });
      }),
    features: () => Object.fromEntries(named.filter(([name]) => name.startsWith('feature.'))),
    dispose: () => store.named.forEach((variable) => variable.dispose()),
  };
}
