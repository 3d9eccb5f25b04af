import {
  add,
  backend_util,
  getGradient,
  mul,
  onesLike,
  registerGradient,
  reshape,
  rsqrt,
  sub,
  sum,
  zerosLike,
} from '@tensorflow/tfjs-core';
import type { FusedBatchNormAttrs, GradConfig, Tensor } from '@tensorflow/tfjs-core';
import { FUSED_KERNELS, runFusedKernel } from './fused-kernels';

type Operands = Record<'x' | 'dy' | 'mean' | 'variance' | 'scale', Tensor>;

/**
 * Replaces the gradient of `tf.batchNorm`, on every backend, by one of two passes. TensorFlow.js' own tiles its vectors to x's shape, and
 * throws where they lie along any axis but the last. Where mean, variance and scale differ in shape, the stock gradient is still used.
 */
export function speedBatchNormUp(): void {
  const stock: GradConfig | undefined = getGradient('FusedBatchNorm');
  if (!stock) return;
  registerGradient({
    ...stock,
    gradFunc: (dy, saved, attrs) => {
      const [x, mean, variance, scale = onesLike(mean)] = saved;
      const isCovered = [variance, scale].every(({ shape }) => shape.join() === mean.shape.join());
      if (!isCovered || x.dtype !== 'float32') return stock.gradFunc(dy, saved, attrs);
      const { varianceEpsilon } = attrs as unknown as FusedBatchNormAttrs;
      return gradients({ x, dy: dy as Tensor, mean, variance, scale }, varianceEpsilon);
    },
  });
}

/** With σ = √(variance + ε): dx = scale/σ · dy, dMean = -Σ dx, dVariance = -Σ dx · (x - mean) / 2σ². */
function gradients({ x, dy, mean, variance, scale }: Operands, epsilon: number) {
  const isPerChannel = mean.rank === 1 && mean.shape[0] === x.shape[x.rank - 1];
  const [dScale, dOffset] = isPerChannel
    ? runFusedKernel(FUSED_KERNELS.batchNormGradientSums, { x, dy, mean, variance }, { epsilon }, sums)
    : sums({ x, dy, mean, variance }, { epsilon });
  const inverse = () => rsqrt(add(variance, epsilon));
  const factor = () => mul(scale, inverse());
  return {
    x: () => (isPerChannel ? scaled(dy, factor()) : mul(dy, factor())),
    mean: () => mul(mul(factor(), -1), dOffset),
    variance: () => mul(mul(factor(), inverse()), mul(dScale, -0.5)),
    scale: () => dScale.clone(),
    offset: () => dOffset.clone(),
  };
}

function scaled(x: Tensor, scale: Tensor): Tensor {
  const attrs = { activation: 'linear', alpha: 1 };
  return runFusedKernel(FUSED_KERNELS.scaleShiftActivation, { x, scale, shift: zerosLike(scale) }, attrs, (inputs) => [
    mul(inputs.x, inputs.scale),
  ])[0];
}

/** [Σ dy · (x - mean)/σ, Σ dy], over the axes along which the mean is repeated. */
function sums({ x, dy, mean, variance }: Record<string, Tensor>, { epsilon }: { epsilon: number }): Tensor[] {
  const axes = backend_util.getReductionAxes(mean.shape, x.shape);
  const reduced = (values: Tensor): Tensor => reshape(axes.length > 0 ? sum(values, axes) : values, mean.shape);
  return [reduced(mul(dy, mul(sub(x, mean), rsqrt(add(variance, epsilon))))), reduced(dy)];
}
