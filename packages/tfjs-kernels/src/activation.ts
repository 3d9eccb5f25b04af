import {
  greater,
  leakyRelu,
  mul,
  relu,
  scalar,
  tanh,
  where,
  zerosLike,
  onesLike,
  sub,
  square,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** An activation that never changes the sign of its input. `leakyRelu` multiplies negative values by `alpha`. */
export type Activation = 'linear' | 'relu' | 'leakyRelu';

/** The activations that `biasActivation` accepts. */
export type BiasActivation = Activation | 'tanh';

/** The slope of the negative side: 1 leaves values unchanged ('linear'), 0 sets them to zero ('relu'). */
export function negativeSlope(activation: Activation, alpha: number): number {
  if (activation === 'linear') return 1;
  return activation === 'relu' ? 0 : alpha;
}

/** `activation(x)`, any shape, composed of ordinary operations. */
export function applyActivation(x: Tensor, activation: BiasActivation, alpha: number): Tensor {
  if (activation === 'relu') return relu(x);
  if (activation === 'leakyRelu') return leakyRelu(x, alpha);
  return activation === 'tanh' ? tanh(x) : x.clone();
}

/**
 * The gradient at the activation's input, given that at its output (`dy`).
 *
 * @param signal anything with the sign of the activation's input; for 'tanh' it must be the activation's output
 */
export function activationGradient(dy: Tensor, signal: Tensor, activation: BiasActivation, alpha: number): Tensor {
  if (activation === 'linear') return dy.clone();
  return tidy(() => {
    if (activation === 'tanh') return mul(dy, sub(scalar(1), square(signal)));
    const slope = scalar(negativeSlope(activation, alpha));
    return mul(dy, where(greater(signal, zerosLike(signal)), onesLike(signal), mul(onesLike(signal), slope)));
  });
}
