import type { FusedDepthwiseConv2DAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';
import { epilogueOf, finish, finishByKernels } from '../epilogue';
import type { FusedInputs } from '../epilogue';
import { depthwiseConv2d } from './depthwise';

/** activation(x ⋆ filter + bias), channel by channel. */
export function fusedDepthwiseConv2d(
  context: KernelContext,
  inputs: Record<'x' | 'filter', TensorInfo> & FusedInputs,
  attrs: FusedDepthwiseConv2DAttrs,
): TensorInfo | undefined {
  const { bias, preluActivationWeights, ...operands } = inputs;
  const sums = depthwiseConv2d(context, operands, attrs);
  if (!sums) return undefined;
  const fused = { bias, preluActivationWeights };
  const channels = sums.shape[sums.shape.length - 1];
  const epilogue = epilogueOf(context.heap, fused, attrs, channels, 'FusedDepthwiseConv2D');
  if (!epilogue) return finishByKernels(context, sums, fused, attrs, 'FusedDepthwiseConv2D');
  finish(context, sums, channels, epilogue);
  return sums;
}
