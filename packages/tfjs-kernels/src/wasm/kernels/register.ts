import { FUSED_KERNELS } from '../../fused-kernels';
import { replaceKernels } from '../../replace-kernels';
import type { Kernel } from '../../replace-kernels';
import type { KernelContext } from '../context';
import { add } from './add';
import {
  batchNormActivation,
  batchNormActivationGradient,
  biasActivation,
  biasActivationGradient,
  scaleShiftActivation,
} from './channels';
import { conv2d, conv2dBackpropFilter, conv2dBackpropInput } from './convolutions';
import { identity } from './identity';
import { batchMatMul, fusedMatMul } from './mat-mul';
import { adamSteps, momentumSteps, movingAverages } from './optimizers';

const KERNELS: Record<string, Kernel<KernelContext>> = {
  Conv2D: conv2d,
  Conv2DBackpropInput: conv2dBackpropInput,
  Conv2DBackpropFilter: conv2dBackpropFilter,
  Identity: identity,
  BatchMatMul: batchMatMul,
  _FusedMatMul: fusedMatMul,
  Add: add,
  [FUSED_KERNELS.batchNormActivation]: batchNormActivation,
  [FUSED_KERNELS.batchNormActivationGradient]: batchNormActivationGradient,
  [FUSED_KERNELS.scaleShiftActivation]: scaleShiftActivation,
  [FUSED_KERNELS.biasActivation]: biasActivation,
  [FUSED_KERNELS.biasActivationGradient]: biasActivationGradient,
  [FUSED_KERNELS.adamSteps]: adamSteps,
  [FUSED_KERNELS.momentumSteps]: momentumSteps,
  [FUSED_KERNELS.movingAverages]: movingAverages,
};

/** Puts the kernels of this package in the place of the stock ones. `current` is asked at every call. */
export function registerKernels(current: () => KernelContext): void {
  replaceKernels('wasm', KERNELS, current);
}
