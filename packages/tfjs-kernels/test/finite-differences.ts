import { engine, grads, mul, sum, tensor, tidy } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { randomTensor } from './conformance/random-tensor';

/**
 * The largest difference between the gradient of Σ f(x) · w at x, for random w, and central differences of the values that the current
 * backend computes, in units of the larger of 1 and the difference quotient.
 *
 * @param step half the distance between the points of a difference: small where f has kinks, else large, for float32's sake
 */
export function gradientGap(f: (x: Tensor) => Tensor, x: Tensor, step: number): number {
  engine().startScope();
  try {
    const weights = randomTensor(f(x).shape, 99);
    const [w, values] = [weights.dataSync<'float32'>(), x.dataSync<'float32'>()];
    const automatic = grads((point: Tensor) => sum(mul(f(point), weights)))([x])[0].dataSync<'float32'>();
    const weighted = (index: number, change: number): number => {
      const moved = Float32Array.from(values);
      moved[index] += change;
      const y = tidy(() => f(tensor(moved, x.shape)));
      const total = y.dataSync<'float32'>().reduce((before, value, i) => before + value * w[i], 0);
      y.dispose();
      return total;
    };
    return automatic.reduce((gap, gradient, i) => {
      const numeric = (weighted(i, step) - weighted(i, -step)) / (2 * step);
      return Math.max(gap, Math.abs(gradient - numeric) / Math.max(1, Math.abs(numeric)));
    }, 0);
  } finally {
    engine().endScope();
  }
}
