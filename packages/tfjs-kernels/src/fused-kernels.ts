import { engine, getBackend, getKernel, registerKernel, tidy } from '@tensorflow/tfjs-core';
import type { KernelConfig, NamedAttrMap, NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';

/** Names under which a backend may register kernels that compute a whole operation at once. */
export const FUSED_KERNELS = {
  batchNormActivation: 'FusedBatchNormActivation',
  batchNormActivationGradient: 'FusedBatchNormActivationGrad',
  scaleShiftActivation: 'FusedScaleShiftActivation',
  batchNormGradientSums: 'FusedBatchNormGradSums',
  biasActivation: 'FusedBiasActivation',
  biasActivationGradient: 'FusedBiasActivationGrad',
  clipGradient: 'FusedClipGrad',
  l1Loss: 'FusedL1Loss',
  l1LossGradient: 'FusedL1LossGrad',
  adamSteps: 'FusedAdamSteps',
  momentumSteps: 'FusedMomentumSteps',
  movingAverages: 'FusedMovingAverages',
  stockOptimizerSteps: 'FusedStockOptimizerSteps',
} as const;

export type FusedKernelName = (typeof FUSED_KERNELS)[keyof typeof FUSED_KERNELS];

type Inputs = Record<string, Tensor>;

/** The same computation in ordinary TensorFlow.js operations: a kernel's reference and fallback. */
export type Composed<A> = (inputs: Inputs, attrs: A) => Tensor[];

/**
 * Runs a fused kernel of the current backend. If the backend has none, one made of ordinary operations is registered for it: its results
 * are the same, only slower. Recorded on the gradient tape as one operation, with the gradient registered for `name`.
 */
export function runFusedKernel<A extends object>(
  name: FusedKernelName,
  inputs: Inputs,
  attrs: A,
  composed: Composed<A>,
): Tensor[] {
  // The name of the current backend is known only once it exists: `engine().backend` creates it.
  void engine().backend;
  if (getKernel(name, getBackend()) == null) {
    const kernelFunc = ((args: { inputs: Inputs; attrs: A }) =>
      tidy(() => composed(args.inputs, args.attrs))) as unknown as KernelConfig['kernelFunc'];
    registerKernel({ kernelName: name, backendName: getBackend(), kernelFunc });
  }
  return engine().runKernel<Tensor[]>(name, inputs as NamedTensorMap, attrs as unknown as NamedAttrMap);
}
