// Operations on two float64 at a time, with names short enough for formulas. The compiler inlines them.
export const BYTES: usize = 8;
export const PAIR: usize = 16;

// @ts-ignore: decorator
@inline
export function load2(at: usize): v128 {
  return v128.load(at);
}

/** The number at `at`, twice. */
// @ts-ignore: decorator
@inline
export function splat2(at: usize): v128 {
  return v128.load64_splat(at);
}

// @ts-ignore: decorator
@inline
export function store2(at: usize, value: v128): void {
  v128.store(at, value);
}

// @ts-ignore: decorator
@inline
export function add(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

// @ts-ignore: decorator
@inline
export function sub(a: v128, b: v128): v128 {
  return f64x2.sub(a, b);
}

// @ts-ignore: decorator
@inline
export function mul(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

/** (a0, b0) */
// @ts-ignore: decorator
@inline
export function lows(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 0, 2);
}

/** (a1, b1) */
// @ts-ignore: decorator
@inline
export function highs(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 1, 3);
}

/** (a1, a0) */
// @ts-ignore: decorator
@inline
export function swap(a: v128): v128 {
  return v128.shuffle<f64>(a, a, 1, 0);
}

/** a0 + a1 */
// @ts-ignore: decorator
@inline
export function sum(a: v128): f64 {
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
}

/** Real part of (r + i·i)(c + i·s). */
// @ts-ignore: decorator
@inline
export function timesR(r: v128, i: v128, c: v128, s: v128): v128 {
  return sub(mul(r, c), mul(i, s));
}

/** Imaginary part of the same. */
// @ts-ignore: decorator
@inline
export function timesI(r: v128, i: v128, c: v128, s: v128): v128 {
  return add(mul(r, s), mul(i, c));
}

/** |r + i·i|² */
// @ts-ignore: decorator
@inline
export function squares(r: v128, i: v128): v128 {
  return add(mul(r, r), mul(i, i));
}

/** The number at `at`, and the one `gap` bytes before. */
// @ts-ignore: decorator
@inline
export function backwards(at: usize, gap: usize): v128 {
  return v128.load_lane<f64>(at - gap, v128.load64_zero(at), 1);
}
