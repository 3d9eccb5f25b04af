import { batchNormActivation, batchNormActivationInference, biasActivation } from '@cmcgan/tfjs-kernels';
import type { Activation, BiasActivation } from '@cmcgan/tfjs-kernels';
import type { Tensor4D, Variable } from '@tensorflow/tfjs-core';
import type { ApplyOptions } from './apply-options';
import { LEAKY_SLOPE } from './architecture';
import type { Role } from './roles';
import type { VariableStore } from './variable-store';

/** What follows a convolution: normalisation or bias, then the activation. Shape in, shape out. */
export type LayerEnding = (x: Tensor4D, options: ApplyOptions) => Tensor4D;

/** Added to the variance, as in PyTorch. */
export const BATCH_NORM_EPSILON = 1e-5;

export interface BatchNormEndingOptions {
  store: VariableStore;
  name: string;
  channels: number;
  activation: Activation;
  /** One pair of moving averages each; null for a single pair whatever the role. */
  roles: readonly Role[] | null;
}

interface MovingStatistics {
  mean: Variable;
  variance: Variable;
}

/** Batch normalisation and activation. Moving averages are variables `<name>.movingMean.<role>`, without the role where mixed. */
export function createBatchNormEnding({ store, name, channels, activation, roles }: BatchNormEndingOptions): LayerEnding {
  const gamma = store.vector(`${name}.gamma`, channels, { constant: 1 });
  const beta = store.vector(`${name}.beta`, channels, { constant: 0 });
  const moving = (suffix: string): MovingStatistics => ({
    mean: store.vector(`${name}.movingMean${suffix}`, channels, { constant: 0 }, false),
    variance: store.vector(`${name}.movingVariance${suffix}`, channels, { constant: 1 }, false),
  });
  const mixed = roles === null ? moving('') : undefined;
  const perRole = new Map((roles ?? []).map((role) => [role, moving(`.${role}`)]));
  const shape = { activation, alpha: LEAKY_SLOPE, epsilon: BATCH_NORM_EPSILON };
  return (x, { role, training, onStatistics }) => {
    const statistics = mixed ?? perRole.get(role);
    if (statistics === undefined) throw new Error(`${name}: role must be one of ${[...perRole.keys()].join(', ')}, got ${role}`);
    if (!training) return batchNormActivationInference(x, { gamma, beta, ...statistics }, shape);
    const { y, mean, variance } = batchNormActivation(x, gamma, beta, shape);
    onStatistics?.({ mean, variance, movingMean: statistics.mean, movingVariance: statistics.variance });
    return y;
  };
}

export interface BiasEndingOptions {
  store: VariableStore;
  name: string;
  channels: number;
  activation: BiasActivation;
}

/** A bias per channel and activation, for layers without normalisation. */
export function createBiasEnding({ store, name, channels, activation }: BiasEndingOptions): LayerEnding {
  const bias = store.vector(`${name}.bias`, channels, { constant: 0 });
  return (x) => biasActivation(x, bias, { activation, alpha: LEAKY_SLOPE });
}
