import { FUSED_KERNELS } from '../../fused-kernels';
import { replaceKernels } from '../../replace-kernels';
import type { Kernel } from '../../replace-kernels';
import type { KernelContext } from '../context';
import { add, multiply, subtract } from './add';
import { batchNorm, batchNormGradientSums } from './batch-norm';
import {
  batchNormActivation,
  batchNormActivationGradient,
  biasActivation,
  biasActivationGradient,
  scaleShiftActivation,
} from './channels';
import { clipByValue, clipGradient, relu, relu6 } from './clip';
import { concat, splitV } from './copies';
import { conv3dBackpropFilter, conv3dBackpropInput } from './convolution-3d';
import { conv2d, conv2dBackpropFilter, conv2dBackpropInput, fusedConv2d } from './convolutions';
import { depthwiseConv2d, depthwiseConv2dBackpropFilter, depthwiseConv2dBackpropInput } from './depthwise';
import { dilation2d, dilation2dBackpropFilter, dilation2dBackpropInput } from './dilation-2d';
import { fusedDepthwiseConv2d } from './fused-depthwise';
import { gather } from './gather';
import { cast, identity } from './identity';
import { l1Loss, l1LossGradient } from './l1-loss';
import { batchMatMul, fusedMatMul } from './mat-mul';
import { maxPoolWithArgmax } from './max-pool-with-argmax';
import { OTHER_TYPES } from './other-types';
import { adamSteps, momentumSteps, movingAverages, stockOptimizerSteps } from './optimizers';
import { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from './pooling';
import { unsortedSegmentSum } from './segment-sum';
import { mean, REDUCTIONS_OF_NONE, sum } from './sums';

const KERNELS: Record<string, Kernel<KernelContext>> = {
  Conv2D: conv2d,
  Conv2DBackpropInput: conv2dBackpropInput,
  Conv2DBackpropFilter: conv2dBackpropFilter,
  FusedConv2D: fusedConv2d,
  DepthwiseConv2dNative: depthwiseConv2d,
  FusedDepthwiseConv2D: fusedDepthwiseConv2d,
  DepthwiseConv2dNativeBackpropInput: depthwiseConv2dBackpropInput,
  DepthwiseConv2dNativeBackpropFilter: depthwiseConv2dBackpropFilter,
  Conv3DBackpropInputV2: conv3dBackpropInput,
  Conv3DBackpropFilterV2: conv3dBackpropFilter,
  AvgPool: averagePool,
  AvgPoolGrad: averagePoolGradient,
  AvgPool3D: averagePool,
  AvgPool3DGrad: averagePoolGradient,
  MaxPool: maxPool,
  MaxPool3D: maxPool,
  MaxPoolGrad: maxPoolGradient,
  MaxPool3DGrad: maxPoolGradient,
  MaxPoolWithArgmax: maxPoolWithArgmax,
  Dilation2D: dilation2d,
  Dilation2DBackpropInput: dilation2dBackpropInput,
  Dilation2DBackpropFilter: dilation2dBackpropFilter,
  ClipByValue: clipByValue,
  Relu: relu,
  Relu6: relu6,
  UnsortedSegmentSum: unsortedSegmentSum,
  GatherV2: gather,
  Identity: identity,
  Cast: cast,
  FusedBatchNorm: batchNorm,
  Sum: sum,
  Mean: mean,
  BatchMatMul: batchMatMul,
  _FusedMatMul: fusedMatMul,
  Concat: concat,
  SplitV: splitV,
  Add: add,
  Sub: subtract,
  Multiply: multiply,
  [FUSED_KERNELS.batchNormActivation]: batchNormActivation,
  [FUSED_KERNELS.batchNormActivationGradient]: batchNormActivationGradient,
  [FUSED_KERNELS.batchNormGradientSums]: batchNormGradientSums,
  [FUSED_KERNELS.scaleShiftActivation]: scaleShiftActivation,
  [FUSED_KERNELS.biasActivation]: biasActivation,
  [FUSED_KERNELS.biasActivationGradient]: biasActivationGradient,
  [FUSED_KERNELS.clipGradient]: clipGradient,
  [FUSED_KERNELS.l1Loss]: l1Loss,
  [FUSED_KERNELS.l1LossGradient]: l1LossGradient,
  [FUSED_KERNELS.adamSteps]: adamSteps,
  [FUSED_KERNELS.momentumSteps]: momentumSteps,
  [FUSED_KERNELS.movingAverages]: movingAverages,
  [FUSED_KERNELS.stockOptimizerSteps]: stockOptimizerSteps,
};

/** Replaces the stock kernels by those of this package. `current` is called each time a kernel runs. */
export function registerKernels(current: () => KernelContext): void {
  replaceKernels('wasm', { ...OTHER_TYPES, ...REDUCTIONS_OF_NONE }, current);
  replaceKernels('wasm', KERNELS, current);
}
