import { FUSED_KERNELS } from '../../fused-kernels';
import { replaceKernels } from '../../replace-kernels';
import type { Kernel } from '../../replace-kernels';
import type { KernelContext } from '../context';
import { add } from './add';
import { batchNorm, batchNormGradientSums } from './batch-norm';
import {
  batchNormActivation,
  batchNormActivationGradient,
  biasActivation,
  biasActivationGradient,
  scaleShiftActivation,
} from './channels';
import { conv2d, conv2dBackpropFilter, conv2dBackpropInput, fusedConv2d } from './convolutions';
import { identity } from './identity';
import { batchMatMul, fusedMatMul } from './mat-mul';
import { mean, sum } from './sums';
import { adamSteps, momentumSteps, movingAverages, stockOptimizerSteps } from './optimizers';

const KERNELS: Record<string, Kernel<KernelContext>> = {
  Conv2D: conv2d,
  FusedConv2D: fusedConv2d,
  Conv2DBackpropInput: conv2dBackpropInput,
  Conv2DBackpropFilter: conv2dBackpropFilter,
  Identity: identity,
  FusedBatchNorm: batchNorm,
  Sum: sum,
  Mean: mean,
  BatchMatMul: batchMatMul,
  _FusedMatMul: fusedMatMul,
  Add: add,
  [FUSED_KERNELS.batchNormActivation]: batchNormActivation,
  [FUSED_KERNELS.batchNormActivationGradient]: batchNormActivationGradient,
  [FUSED_KERNELS.batchNormGradientSums]: batchNormGradientSums,
  [FUSED_KERNELS.scaleShiftActivation]: scaleShiftActivation,
  [FUSED_KERNELS.biasActivation]: biasActivation,
  [FUSED_KERNELS.biasActivationGradient]: biasActivationGradient,
  [FUSED_KERNELS.adamSteps]: adamSteps,
  [FUSED_KERNELS.momentumSteps]: momentumSteps,
  [FUSED_KERNELS.movingAverages]: movingAverages,
  [FUSED_KERNELS.stockOptimizerSteps]: stockOptimizerSteps,
};

/** Puts the kernels of this package in the place of the stock ones. `current` is asked at every call. */
export function registerKernels(current: () => KernelContext): void {
  replaceKernels('wasm', KERNELS, current);
}
