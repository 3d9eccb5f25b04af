// The one-dimensional transforms of minimal filtering (Winograd, 1980; Lavin and Gray, 2016), F(4, 3) and F(4, 2): polynomials are
// multiplied at the points 0, 1, -1, 1/2, -2 and, where there are three taps, infinity. These points lose half as many digits as the
// usual 0, ±1, ±2. Values are vectors of four channels; `from` and `to` are the first one's addresses, steps are bytes.
//
// With data d, taps g and the points' polynomial m(x) = x (x - 1) (x + 1) (x - 1/2) (x + 2), whose derivative is m',
//   yᵢ = Σ_α αⁱ · (Σₖ αᵏ gₖ) / m'(α) · (Σₗ [xˡ] m(x)/(x - α) · dₗ), and at infinity y₃ += g₂ · Σₗ [xˡ] m(x) · dₗ.
import { multiplyAdd } from './vector';

/** Bytes of a vector. */
export const VECTOR: usize = 16;

function times(factor: f32, v: v128): v128 {
  return f32x4.mul(f32x4.splat(factor), v);
}

function plusTimes(sum: v128, factor: f32, v: v128): v128 {
  return multiplyAdd(f32x4.splat(factor), v, sum);
}

/** Transforms six data, or five if `atInfinity` is 0, to their values at the points, in the order above; the last goes to `atInfinity`. */
// @ts-ignore: decorator
@inline
export function transformData(from: usize, step: usize, to: usize, toStep: usize, atInfinity: usize): void {
  const d0 = v128.load(from);
  const d1 = v128.load(from + step);
  const d2 = v128.load(from + 2 * step);
  const d3 = v128.load(from + 3 * step);
  const d4 = v128.load(from + 4 * step);
  const outer = f32x4.add(d0, d4);
  v128.store(to, plusTimes(plusTimes(outer, 1.5, f32x4.sub(d3, d1)), -2, d2));
  v128.store(to + toStep, plusTimes(plusTimes(f32x4.sub(d4, d1), 0.5, d2), 2.5, d3));
  v128.store(to + 2 * toStep, plusTimes(plusTimes(f32x4.add(d4, d1), -2.5, d2), 0.5, d3));
  const even = f32x4.sub(d4, d2);
  const odd = f32x4.sub(d3, d1);
  v128.store(to + 3 * toStep, plusTimes(even, 2, odd));
  v128.store(to + 4 * toStep, plusTimes(even, -0.5, odd));
  if (atInfinity) {
    const d5 = v128.load(from + 5 * step);
    v128.store(atInfinity, plusTimes(plusTimes(f32x4.add(d1, d5), 1.5, f32x4.sub(d4, d2)), -2, d3));
  }
}

/** Transforms three taps, or two if `atInfinity` is 0, to their values at the points, divided by m'. */
// @ts-ignore: decorator
@inline
export function transformTaps(from: usize, step: usize, to: usize, toStep: usize, atInfinity: usize): void {
  const g0 = v128.load(from);
  const g1 = v128.load(from + step);
  let even = g0;
  let half = g0;
  let two = g0;
  if (atInfinity) {
    const g2 = v128.load(from + 2 * step);
    even = f32x4.add(g0, g2);
    half = plusTimes(g0, 0.25, g2);
    two = plusTimes(g0, 4, g2);
    v128.store(atInfinity, g2);
  }
  v128.store(to, g0);
  v128.store(to + toStep, times(1.0 / 3.0, f32x4.add(even, g1)));
  v128.store(to + 2 * toStep, times(1.0 / 3.0, f32x4.sub(g1, even)));
  v128.store(to + 3 * toStep, times(-1.0 / 0.9375, plusTimes(half, 0.5, g1)));
  v128.store(to + 4 * toStep, times(1.0 / 15.0, plusTimes(two, -2, g1)));
}

/** Transforms sums at the points, the last at `atInfinity` (0: there is none), to four outputs. */
// @ts-ignore: decorator
@inline
export function transformOutputs(from: usize, step: usize, atInfinity: usize, to: usize, toStep: usize): void {
  const s1 = v128.load(from + step);
  const s2 = v128.load(from + 2 * step);
  const s3 = v128.load(from + 3 * step);
  const s4 = v128.load(from + 4 * step);
  const sum = f32x4.add(s1, s2);
  const difference = f32x4.sub(s1, s2);
  v128.store(to, f32x4.add(f32x4.add(v128.load(from), sum), f32x4.add(s3, s4)));
  v128.store(to + toStep, plusTimes(plusTimes(difference, 0.5, s3), -2, s4));
  v128.store(to + 2 * toStep, plusTimes(plusTimes(sum, 0.25, s3), 4, s4));
  let last = plusTimes(plusTimes(difference, 0.125, s3), -8, s4);
  if (atInfinity) last = f32x4.add(last, v128.load(atInfinity));
  v128.store(to + 3 * toStep, last);
}

/** Transforms four gradients of outputs to their values at the points: the transpose of `transformOutputs`. */
// @ts-ignore: decorator
@inline
export function transformGradients(from: usize, step: usize, to: usize, toStep: usize): void {
  const d0 = v128.load(from);
  const d1 = v128.load(from + step);
  const d2 = v128.load(from + 2 * step);
  const d3 = v128.load(from + 3 * step);
  const even = f32x4.add(d0, d2);
  const odd = f32x4.add(d1, d3);
  v128.store(to, d0);
  v128.store(to + toStep, f32x4.add(even, odd));
  v128.store(to + 2 * toStep, f32x4.sub(even, odd));
  v128.store(to + 3 * toStep, plusTimes(plusTimes(plusTimes(d0, 0.5, d1), 0.25, d2), 0.125, d3));
  v128.store(to + 4 * toStep, plusTimes(plusTimes(plusTimes(d0, -2, d1), 4, d2), -8, d3));
  v128.store(to + 5 * toStep, d3);
}

/** Transforms sums at the points to the gradients of three taps, or two if `atInfinity` is 0: the transpose of `transformTaps`. */
// @ts-ignore: decorator
@inline
export function transformTapGradients(from: usize, step: usize, atInfinity: usize, to: usize, toStep: usize): void {
  const s1 = times(1.0 / 3.0, v128.load(from + step));
  const s2 = times(-1.0 / 3.0, v128.load(from + 2 * step));
  const s3 = times(-1.0 / 0.9375, v128.load(from + 3 * step));
  const s4 = times(1.0 / 15.0, v128.load(from + 4 * step));
  const sum = f32x4.add(s1, s2);
  v128.store(to, f32x4.add(f32x4.add(v128.load(from), sum), f32x4.add(s3, s4)));
  v128.store(to + toStep, plusTimes(plusTimes(f32x4.sub(s1, s2), 0.5, s3), -2, s4));
  if (atInfinity) {
    const last = plusTimes(plusTimes(sum, 0.25, s3), 4, s4);
    v128.store(to + 2 * toStep, f32x4.add(last, v128.load(atInfinity)));
  }
}
