// The one-dimensional transforms of minimal filtering (Winograd, 1980; Lavin and Gray, 2016), F(4, 3) and F(4, 2): polynomials are
// multiplied at the points 0, 1, -1, 1/2, -2 and, where there are three taps, infinity. These points lose half as many digits as the
// usual 0, ±1, ±2. Values are vectors of CHANNELS channels; `from` and `to` are the first one's addresses, steps are bytes.
//
// With data d, taps g and the points' polynomial m(x) = x (x - 1) (x + 1) (x - 1/2) (x + 2), whose derivative is m',
//   yᵢ = Σ_α αⁱ · (Σₖ αᵏ gₖ) / m'(α) · (Σₗ [xˡ] m(x)/(x - α) · dₗ), and at infinity y₃ += g₂ · Σₗ [xˡ] m(x) · dₗ.
import { TILE_COLUMNS } from './blocking';
import { multiplyAdd } from './vector';

/** Whether vectors are pairs, whose operations V8 joins if they are next to each other: first all loads, then both halves of a result. */
const PAIRS: bool = TILE_COLUMNS == 16;
/** Channels of a vector, and its bytes. */
export const CHANNELS: i32 = PAIRS ? 8 : 4;
export const VECTOR: usize = PAIRS ? 32 : 16;

function times(factor: f32, v: v128): v128 {
  return f32x4.mul(f32x4.splat(factor), v);
}

function plusTimes(sum: v128, factor: f32, v: v128): v128 {
  return multiplyAdd(f32x4.splat(factor), v, sum);
}

/** Copies a vector. */
export function copyVector(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
  if (PAIRS) v128.store(to, v128.load(from, 16), 16);
}

function high(from: usize): v128 {
  return PAIRS ? v128.load(from, 16) : f32x4.splat(0);
}

/** Transforms six data, or five if `atInfinity` is 0, to their values at the points, in the order above; the last goes to `atInfinity`. */
// @ts-ignore: decorator
@inline
export function transformData(from: usize, step: usize, to: usize, toStep: usize, atInfinity: usize): void {
  const d0 = v128.load(from);
  const e0 = high(from);
  const d1 = v128.load(from + step);
  const e1 = high(from + step);
  const d2 = v128.load(from + 2 * step);
  const e2 = high(from + 2 * step);
  const d3 = v128.load(from + 3 * step);
  const e3 = high(from + 3 * step);
  const d4 = v128.load(from + 4 * step);
  const e4 = high(from + 4 * step);
  const d5 = atInfinity ? v128.load(from + 5 * step) : d4;
  const e5 = atInfinity ? high(from + 5 * step) : e4;
  v128.store(to, dataAtEnd(d0, d1, d2, d3, d4));
  if (PAIRS) v128.store(to, dataAtEnd(e0, e1, e2, e3, e4), 16);
  const at1 = to + toStep;
  v128.store(at1, dataAt1(d1, d2, d3, d4));
  if (PAIRS) v128.store(at1, dataAt1(e1, e2, e3, e4), 16);
  const at2 = to + 2 * toStep;
  v128.store(at2, dataAt2(d1, d2, d3, d4));
  if (PAIRS) v128.store(at2, dataAt2(e1, e2, e3, e4), 16);
  const at3 = to + 3 * toStep;
  v128.store(at3, dataAt3(2, d1, d2, d3, d4));
  if (PAIRS) v128.store(at3, dataAt3(2, e1, e2, e3, e4), 16);
  const at4 = to + 4 * toStep;
  v128.store(at4, dataAt3(-0.5, d1, d2, d3, d4));
  if (PAIRS) v128.store(at4, dataAt3(-0.5, e1, e2, e3, e4), 16);
  if (atInfinity) {
    v128.store(atInfinity, dataAtEnd(d1, d2, d3, d4, d5));
    if (PAIRS) v128.store(atInfinity, dataAtEnd(e1, e2, e3, e4, e5), 16);
  }
}

/** At 0, and one datum further at infinity. */
function dataAtEnd(d0: v128, d1: v128, d2: v128, d3: v128, d4: v128): v128 {
  return plusTimes(plusTimes(f32x4.add(d0, d4), 1.5, f32x4.sub(d3, d1)), -2, d2);
}

function dataAt1(d1: v128, d2: v128, d3: v128, d4: v128): v128 {
  return plusTimes(plusTimes(f32x4.sub(d4, d1), 0.5, d2), 2.5, d3);
}

function dataAt2(d1: v128, d2: v128, d3: v128, d4: v128): v128 {
  return plusTimes(plusTimes(f32x4.add(d4, d1), -2.5, d2), 0.5, d3);
}

/** At the third and the fourth point. */
function dataAt3(factor: f32, d1: v128, d2: v128, d3: v128, d4: v128): v128 {
  return plusTimes(f32x4.sub(d4, d2), factor, f32x4.sub(d3, d1));
}

/** Transforms three taps, or two if `atInfinity` is 0, to their values at the points, divided by m'. */
// @ts-ignore: decorator
@inline
export function transformTaps(from: usize, step: usize, to: usize, toStep: usize, atInfinity: usize): void {
  const g0 = v128.load(from);
  const h0 = high(from);
  const g1 = v128.load(from + step);
  const h1 = high(from + step);
  const g2 = atInfinity ? v128.load(from + 2 * step) : f32x4.splat(0);
  const h2 = atInfinity ? high(from + 2 * step) : f32x4.splat(0);
  v128.store(to, g0);
  if (PAIRS) v128.store(to, h0, 16);
  const at1 = to + toStep;
  v128.store(at1, times(1.0 / 3.0, f32x4.add(f32x4.add(g0, g2), g1)));
  if (PAIRS) v128.store(at1, times(1.0 / 3.0, f32x4.add(f32x4.add(h0, h2), h1)), 16);
  const at2 = to + 2 * toStep;
  v128.store(at2, times(1.0 / 3.0, f32x4.sub(g1, f32x4.add(g0, g2))));
  if (PAIRS) v128.store(at2, times(1.0 / 3.0, f32x4.sub(h1, f32x4.add(h0, h2))), 16);
  const at3 = to + 3 * toStep;
  v128.store(at3, times(-1.0 / 0.9375, plusTimes(plusTimes(g0, 0.25, g2), 0.5, g1)));
  if (PAIRS) v128.store(at3, times(-1.0 / 0.9375, plusTimes(plusTimes(h0, 0.25, h2), 0.5, h1)), 16);
  const at4 = to + 4 * toStep;
  v128.store(at4, times(1.0 / 15.0, plusTimes(plusTimes(g0, 4, g2), -2, g1)));
  if (PAIRS) v128.store(at4, times(1.0 / 15.0, plusTimes(plusTimes(h0, 4, h2), -2, h1)), 16);
  if (atInfinity) {
    v128.store(atInfinity, g2);
    if (PAIRS) v128.store(atInfinity, h2, 16);
  }
}

/** Transforms sums at the points, the last at `atInfinity` (0: there is none), to four outputs. */
// @ts-ignore: decorator
@inline
export function transformOutputs(from: usize, step: usize, atInfinity: usize, to: usize, toStep: usize): void {
  const s0 = v128.load(from);
  const t0 = high(from);
  const s1 = v128.load(from + step);
  const t1 = high(from + step);
  const s2 = v128.load(from + 2 * step);
  const t2 = high(from + 2 * step);
  const s3 = v128.load(from + 3 * step);
  const t3 = high(from + 3 * step);
  const s4 = v128.load(from + 4 * step);
  const t4 = high(from + 4 * step);
  const s5 = atInfinity ? v128.load(atInfinity) : f32x4.splat(0);
  const t5 = atInfinity ? high(atInfinity) : f32x4.splat(0);
  v128.store(to, f32x4.add(f32x4.add(s0, f32x4.add(s1, s2)), f32x4.add(s3, s4)));
  if (PAIRS) v128.store(to, f32x4.add(f32x4.add(t0, f32x4.add(t1, t2)), f32x4.add(t3, t4)), 16);
  const at1 = to + toStep;
  v128.store(at1, plusTimes(plusTimes(f32x4.sub(s1, s2), 0.5, s3), -2, s4));
  if (PAIRS) v128.store(at1, plusTimes(plusTimes(f32x4.sub(t1, t2), 0.5, t3), -2, t4), 16);
  const at2 = to + 2 * toStep;
  v128.store(at2, plusTimes(plusTimes(f32x4.add(s1, s2), 0.25, s3), 4, s4));
  if (PAIRS) v128.store(at2, plusTimes(plusTimes(f32x4.add(t1, t2), 0.25, t3), 4, t4), 16);
  const at3 = to + 3 * toStep;
  v128.store(at3, f32x4.add(plusTimes(plusTimes(f32x4.sub(s1, s2), 0.125, s3), -8, s4), s5));
  if (PAIRS) v128.store(at3, f32x4.add(plusTimes(plusTimes(f32x4.sub(t1, t2), 0.125, t3), -8, t4), t5), 16);
}

/** Transforms four gradients of outputs to their values at the points: the transpose of `transformOutputs`. */
// @ts-ignore: decorator
@inline
export function transformGradients(from: usize, step: usize, to: usize, toStep: usize): void {
  const d0 = v128.load(from);
  const e0 = high(from);
  const d1 = v128.load(from + step);
  const e1 = high(from + step);
  const d2 = v128.load(from + 2 * step);
  const e2 = high(from + 2 * step);
  const d3 = v128.load(from + 3 * step);
  const e3 = high(from + 3 * step);
  v128.store(to, d0);
  if (PAIRS) v128.store(to, e0, 16);
  const at1 = to + toStep;
  v128.store(at1, f32x4.add(f32x4.add(d0, d2), f32x4.add(d1, d3)));
  if (PAIRS) v128.store(at1, f32x4.add(f32x4.add(e0, e2), f32x4.add(e1, e3)), 16);
  const at2 = to + 2 * toStep;
  v128.store(at2, f32x4.sub(f32x4.add(d0, d2), f32x4.add(d1, d3)));
  if (PAIRS) v128.store(at2, f32x4.sub(f32x4.add(e0, e2), f32x4.add(e1, e3)), 16);
  const at3 = to + 3 * toStep;
  v128.store(at3, plusTimes(plusTimes(plusTimes(d0, 0.5, d1), 0.25, d2), 0.125, d3));
  if (PAIRS) v128.store(at3, plusTimes(plusTimes(plusTimes(e0, 0.5, e1), 0.25, e2), 0.125, e3), 16);
  const at4 = to + 4 * toStep;
  v128.store(at4, plusTimes(plusTimes(plusTimes(d0, -2, d1), 4, d2), -8, d3));
  if (PAIRS) v128.store(at4, plusTimes(plusTimes(plusTimes(e0, -2, e1), 4, e2), -8, e3), 16);
  const atInfinity = to + 5 * toStep;
  v128.store(atInfinity, d3);
  if (PAIRS) v128.store(atInfinity, e3, 16);
}

/** Transforms sums at the points to the gradients of three taps, or two if `atInfinity` is 0: the transpose of `transformTaps`. */
// @ts-ignore: decorator
@inline
export function transformTapGradients(from: usize, step: usize, atInfinity: usize, to: usize, toStep: usize): void {
  tapGradients(from, step, atInfinity, to, toStep);
  if (PAIRS) tapGradients(from + 16, step, atInfinity ? atInfinity + 16 : 0, to + 16, toStep);
}

// @ts-ignore: decorator
@inline
function tapGradients(from: usize, step: usize, atInfinity: usize, to: usize, toStep: usize): void {
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
