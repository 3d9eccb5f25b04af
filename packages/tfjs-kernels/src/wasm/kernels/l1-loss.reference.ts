type Floats = ArrayLike<number>;

/** Σ |x - target| / size of the target, which repeats. */
export function l1LossReference(x: Floats, target: Floats): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += Math.abs(x[i] - target[i % target.length]);
  return sum / target.length;
}

/** Its gradient at x, for the gradient `dy` of the loss. */
export const l1LossGradientReference = (x: Floats, target: Floats, dy: number): Float64Array =>
  Float64Array.from(x, (value, i) => (Math.sign(value - target[i % target.length]) * dy) / target.length);
