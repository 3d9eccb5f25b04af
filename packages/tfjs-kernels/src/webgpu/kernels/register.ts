import { FUSED_KERNELS } from '../../fused-kernels';
import { replaceKernels } from '../../replace-kernels';
import type { Kernel } from '../../replace-kernels';
import type { KernelContext } from '../context';
import {
  batchNormActivation,
  batchNormActivationGradient,
  biasActivation,
  biasActivationGradient,
  scaleShiftActivation,
} from './channels';
import { conv2d, conv2dBackpropFilter, conv2dBackpropInput } from './convolutions';
import { adamSteps, momentumSteps, movingAverages, stockOptimizerSteps } from './optimizers';
import { mean, sum } from './sums';

const KERNELS: Record<string, Kernel<KernelContext>> = {
  Conv2D: conv2d,
  Conv2DBackpropInput: conv2dBackpropInput,
  Conv2DBackpropFilter: conv2dBackpropFilter,
  Sum: sum,
  Mean: mean,
  [FUSED_KERNELS.batchNormActivation]: batchNormActivation,
  [FUSED_KERNELS.batchNormActivationGradient]: batchNormActivationGradient,
  [FUSED_KERNELS.scaleShiftActivation]: scaleShiftActivation,
  [FUSED_KERNELS.biasActivation]: biasActivation,
  [FUSED_KERNELS.biasActivationGradient]: biasActivationGradient,
  [FUSED_KERNELS.adamSteps]: adamSteps,
  [FUSED_KERNELS.momentumSteps]: momentumSteps,
  [FUSED_KERNELS.movingAverages]: movingAverages,
  [FUSED_KERNELS.stockOptimizerSteps]: stockOptimizerSteps,
};

/** Replaces the stock kernels by those of this package. `current` is called each time a kernel runs. */
export function registerKernels(current: () => KernelContext): void {
  replaceKernels('webgpu', KERNELS, current);
}
