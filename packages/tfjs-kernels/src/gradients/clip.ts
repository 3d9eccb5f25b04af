import { cast, greater, greaterEqual, lessEqual, logicalAnd, mul } from '@tensorflow/tfjs-core';
import type { ClipByValueAttrs, GradConfig, Tensor } from '@tensorflow/tfjs-core';
import { FUSED_KERNELS, runFusedKernel } from '../fused-kernels';

/** Limits between which an input must lie for the gradient to pass; `leavesOutLow`: 1 if the lower limit itself is excluded. */
interface Limits {
  low: number;
  high: number;
  leavesOutLow: number;
}

/** The gradients of `clipByValue` (used by hard sigmoids), `relu` and `relu6`, as one kernel if the backend has it. */
export const CLIP_GRADIENTS: readonly GradConfig[] = [
  clipGradient('ClipByValue', (attrs) => {
    const { clipValueMin: low, clipValueMax: high } = attrs as ClipByValueAttrs;
    return { low, high, leavesOutLow: 0 };
  }),
  clipGradient('Relu', () => ({ low: 0, high: Infinity, leavesOutLow: 1 })),
  clipGradient('Relu6', () => ({ low: 0, high: 6, leavesOutLow: 1 })),
];

function clipGradient(kernelName: string, limitsOf: (attrs: unknown) => Limits): GradConfig {
  return {
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => ({
      x: () => runFusedKernel(FUSED_KERNELS.clipGradient, { x, dy: dy as Tensor }, limitsOf(attrs), composed)[0],
    }),
  };
}

function composed({ x, dy }: Record<string, Tensor>, { low, high, leavesOutLow }: Limits): Tensor[] {
  const above = leavesOutLow ? greater(x, low) : greaterEqual(x, low);
  const within = high === Infinity ? above : logicalAnd(above, lessEqual(x, high));
  return [mul(dy, cast(within, 'float32'))];
}
