// Sums over the bins of a power spectrum [bins], which must be followed by three zeros. Square roots are taken in float32, four at a time,
// with a relative error of at most 6e-8; the sums are float64.
import { add, BYTES, load2, mul, PAIR, splat2, store2, sum } from './vector';

/** Square roots of four float64, as float32. */
function roots(at: usize): v128 {
  const low = f32x4.demote_f64x2_zero(load2(at));
  const high = f32x4.demote_f64x2_zero(load2(at + PAIR));
  return f32x4.sqrt(v128.shuffle<f32>(low, high, 0, 1, 4, 5));
}

function low2(four: v128): v128 {
  return f64x2.promote_low_f32x4(four);
}

function high2(four: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 2, 3));
}

/** Σ |X|, Σ bin·|X| and Σ bin²·|X| → three numbers at `out`. */
export function moments(power: usize, bins: i32, out: usize): void {
  let total = f64x2.splat(0), moment = total, square = total; // prettier-ignore
  let low = f64x2(0, 1), high = f64x2(2, 3); // prettier-ignore
  const four = f64x2.splat(4);
  for (const end = power + <usize>bins * BYTES; power < end; power += 2 * PAIR) {
    const values = roots(power);
    const a = low2(values), b = high2(values); // prettier-ignore
    const c = mul(a, low), d = mul(b, high); // prettier-ignore
    total = add(total, add(a, b));
    moment = add(moment, add(c, d));
    square = add(square, add(mul(c, low), mul(d, high)));
    low = add(low, four);
    high = add(high, four);
  }
  store<f64>(out, sum(total));
  store<f64>(out + BYTES, sum(moment));
  store<f64>(out + 2 * BYTES, sum(square));
}

/** Bins whose magnitudes are summed at once before they are examined one by one. */
const BLOCK: usize = 64;

/** The lowest bin up to which `share` of the magnitudes lie; -1 if they are too small or too large for float32. Work: [2·bins]. */
export function rolloff(power: usize, bins: i32, share: f64, work: usize): i32 {
  const count = <usize>bins;
  const sums = work + count * BYTES;
  let total: f64 = 0;
  for (let start: usize = 0; start < count; start += BLOCK) {
    let block = f64x2.splat(0);
    const end = min(start + BLOCK, count);
    for (let bin = start; bin < end; bin += 4) {
      const values = roots(power + bin * BYTES);
      v128.store(work + bin * 4, values);
      block = add(block, add(low2(values), high2(values)));
    }
    store<f64>(sums + (start / BLOCK) * BYTES, sum(block));
    total += sum(block);
  }
  if (!(total > 1e-12 && total < 1e18)) return -1;
  const threshold = share * total;
  let reached: f64 = 0;
  let bin: usize = 0;
  for (; bin + BLOCK < count; bin += BLOCK) {
    const next = reached + load<f64>(sums + (bin / BLOCK) * BYTES);
    if (next >= threshold) break;
    reached = next;
  }
  for (; bin + 1 < count; bin++) {
    reached += <f64>load<f32>(work + bin * 4);
    if (reached >= threshold) break;
  }
  return <i32>bin;
}

/** Factors that are multiplied before their product is split into mantissa and exponent. */
const FACTORS: usize = 8;

/**
 * The product and the sum of the bins, each raised to at least the number at `least`, which, like the bins, must lie in 1e-30 … 1e30:
 * mantissa, exponent of 2, and sum → three numbers at `out`.
 */
export function flatness(power: usize, bins: i32, least: usize, out: usize): void {
  const leasts = splat2(least);
  const mantissas = i64x2.splat(0x000fffffffffffff);
  const ones = f64x2.splat(1);
  const end = power + <usize>(bins & ~1) * BYTES;
  let product = ones, sums = f64x2.splat(0), exponents = i64x2.splat(0); // prettier-ignore
  while (power < end) {
    let other = ones;
    for (const last = min(power + FACTORS * PAIR, end); power < last; power += PAIR) {
      const values = f64x2.pmax(leasts, load2(power));
      sums = add(sums, values);
      other = mul(other, values);
    }
    product = mul(product, other);
    exponents = i64x2.add(exponents, i64x2.shr_u(product, 52));
    exponents = i64x2.sub(exponents, i64x2.splat(1023));
    product = v128.or(v128.and(product, mantissas), ones);
  }
  let mantissa = f64x2.extract_lane(product, 0) * f64x2.extract_lane(product, 1);
  let total = sum(sums);
  if (bins & 1) {
    const value = max(load<f64>(least), load<f64>(end));
    mantissa *= value;
    total += value;
  }
  store<f64>(out, mantissa);
  store<f64>(out + BYTES, <f64>(i64x2.extract_lane(exponents, 0) + i64x2.extract_lane(exponents, 1)));
  store<f64>(out + 2 * BYTES, total);
}
