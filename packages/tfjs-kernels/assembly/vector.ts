// Four floats at a time.

/** a · b + c; one rounding where the build has relaxed SIMD and the machine has fused multiply-add. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}

/** Copies `count` floats. Not memory.copy: that is a call out of the module, expensive for a few floats. */
export function copyFloats(to: usize, from: usize, count: i32): void {
  let i: usize = 0;
  const end = (<usize>count) << 2;
  const vectorEnd = end & ~15;
  for (; i < vectorEnd; i += 16) v128.store(to + i, v128.load(from + i));
  for (; i < end; i += 4) store<f32>(to + i, load<f32>(from + i));
}

/** The first `present` of four floats, 1 to 4; the rest is 0. */
export function loadPart(from: usize, present: i32): v128 {
  return present == 4 ? v128.load(from) : loadFew(from, present);
}

/** Stores the first `present` of four floats. */
export function storePart(to: usize, v: v128, present: i32): void {
  if (present == 4) v128.store(to, v);
  else storeFew(to, v, present);
}

function loadFew(from: usize, present: i32): v128 {
  let v = v128.load32_zero(from);
  if (present > 1) v = f32x4.replace_lane(v, 1, load<f32>(from, 4));
  if (present > 2) v = f32x4.replace_lane(v, 2, load<f32>(from, 8));
  return v;
}

function storeFew(to: usize, v: v128, present: i32): void {
  store<f32>(to, f32x4.extract_lane(v, 0));
  if (present > 1) store<f32>(to, f32x4.extract_lane(v, 1), 4);
  if (present > 2) store<f32>(to, f32x4.extract_lane(v, 2), 8);
}

/** Sets `count` floats to zero. */
export function clearFloats(to: usize, count: i32): void {
  memory.fill(to, 0, (<usize>count) << 2);
}

/** Transposes the 4×4 floats whose rows are given; row i of the result goes to `to + i · pitch`. */
export function storeTransposed(r0: v128, r1: v128, r2: v128, r3: v128, to: usize, pitch: usize): void {
  const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(to + pitch, v128.shuffle<i64>(low01, low23, 1, 3));
  v128.store(to + 2 * pitch, v128.shuffle<i64>(high01, high23, 0, 2));
  v128.store(to + 3 * pitch, v128.shuffle<i64>(high01, high23, 1, 3));
}

export function ceilDiv(a: i32, b: i32): i32 {
  return (a + b - 1) / b;
}

export function roundUp4(n: i32): i32 {
  return (n + 3) & ~3;
}

/** tanh of four floats, within 2 units in the last place (after Cephes' tanhf and expf). */
// @ts-ignore: decorator
@inline
export function tanhVector(x: v128): v128 {
  const size = f32x4.abs(x);
  // Small arguments: an odd polynomial, since 1 - 2/(e²ˣ + 1) would lose digits.
  const z = f32x4.mul(x, x);
  let p = f32x4.splat(-5.70498872745e-3);
  p = multiplyAdd(p, z, f32x4.splat(2.06390887954e-2));
  p = multiplyAdd(p, z, f32x4.splat(-5.37397155531e-2));
  p = multiplyAdd(p, z, f32x4.splat(1.33314422036e-1));
  p = multiplyAdd(p, z, f32x4.splat(-3.33332819422e-1));
  const small = multiplyAdd(f32x4.mul(p, z), x, x);
  // Large ones: beyond ±9 the result is ±1 in single precision.
  const e = expVector(f32x4.pmin(f32x4.splat(18), f32x4.add(size, size)));
  const one = f32x4.splat(1);
  const magnitude = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(e, one)));
  const sign = v128.and(x, i32x4.splat(i32.MIN_VALUE));
  const large = v128.or(magnitude, sign);
  const chosen = v128.bitselect(small, large, f32x4.lt(size, f32x4.splat(0.625)));
  return v128.bitselect(chosen, x, f32x4.eq(x, x));
}

/** eˣ of four floats in [-87, 88], within 2 units in the last place. */
// @ts-ignore: decorator
@inline
export function expVector(x: v128): v128 {
  // Adding 1.5 · 2²³ rounds to a whole number, and leaves it in the lowest bits.
  const shifted = f32x4.add(f32x4.mul(x, f32x4.splat(1.44269504088896341)), f32x4.splat(12582912));
  const n = f32x4.sub(shifted, f32x4.splat(12582912));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.add(r, f32x4.mul(n, f32x4.splat(2.1219444e-4)));
  let p = f32x4.splat(1.98756915e-4);
  p = multiplyAdd(p, r, f32x4.splat(1.3981999507e-3));
  p = multiplyAdd(p, r, f32x4.splat(8.3334519073e-3));
  p = multiplyAdd(p, r, f32x4.splat(4.1665795894e-2));
  p = multiplyAdd(p, r, f32x4.splat(1.6666665459e-1));
  p = multiplyAdd(p, r, f32x4.splat(5.0000001201e-1));
  const value = f32x4.add(multiplyAdd(p, f32x4.mul(r, r), r), f32x4.splat(1));
  return f32x4.mul(value, i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(127 << 23)));
}
