import type { VariableStore } from '@cmcgan/model';
import { concat, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { ClassifierConfig } from './config';
import { fuseEarly } from './early-fusion';
import { samplesOf } from './samples';
import type { SampleTensors } from './samples';
import { createTrunk } from './trunk';
import type { TrunkOptions } from './trunk';

/** What turns samples into what the fully connected layer sees. */
export interface FeatureNetwork {
  readonly featureSize: number;
  /** [B, featureSize]; the caller owns it. */
  features(samples: SampleTensors, options: TrunkOptions): Tensor2D;
}

type Builder = (store: VariableStore, config: ClassifierConfig) => FeatureNetwork;

const single =
  (modality: 'V' | 'A', inputChannels: number): Builder =>
  (store, config) => {
    const trunk = createTrunk({ store, config, name: `trunk${modality}`, inputChannels });
    return {
      featureSize: config.featureSize,
      features: (samples, options) => trunk(samplesOf(samples, modality, 'Classifier'), options),
    };
  };

const early: Builder = (store, config) => {
  const trunk = createTrunk({ store, config, name: 'trunkVA', inputChannels: 4 });
  const joined = (samples: SampleTensors) =>
    fuseEarly(samplesOf(samples, 'V', 'Classifier'), samplesOf(samples, 'A', 'Classifier'));
  return {
    featureSize: config.featureSize,
    features: (samples, options) => tidy(() => trunk(joined(samples), options)),
  };
};

const late: Builder = (store, config) => {
  const parts = [single('V', 3)(store, config), single('A', 1)(store, config)];
  return {
    featureSize: 2 * config.featureSize,
    features: (samples, options) =>
      tidy(() =>
        concat(
          parts.map((part) => part.features(samples, options)),
          1,
        ),
      ),
  };
};

const BUILDERS: Record<string, Builder> = { V: single('V', 3), A: single('A', 1), 'VA early': early, 'VA late': late };

/** The convolutions that a configuration names. */
export function createFeatureNetwork(store: VariableStore, config: ClassifierConfig): FeatureNetwork {
  const { modality, fusion } = config;
  return BUILDERS[fusion === null ? modality : `${modality} ${fusion}`](store, config);
}
