// Transforms bins back to samples, and takes Griffin-Lim's steps on bins, on the arrays of a plan of the spectrum module. The inverse uses
// that module's transform: transforming the conjugates gives the conjugates of the inverse (times the number of points).
import { countPoints, im, input, re, size, turns, window } from './bins';
import { BLOCK } from './complex-fft';
import { gapBefore, middleOf, mirrored } from './mirror';
import { transform } from './spectrum-transform';
import { add, BYTES, highs, load2, lows, mul, PAIR, store2, sub, swap } from './vector';

/** Transforms `re` and `im` back, windows the samples and adds them to `size` float64 at `sums`. Leaves `re` and `im` unchanged. */
export function synthesise(sums: usize): void {
  if (size & 1) return synthesiseOdd(sums);
  const end = sums + <usize>size * BYTES;
  let z = backward();
  let weights = window;
  for (; sums + PAIR < end; sums += 2 * PAIR, z += BLOCK, weights += BLOCK) {
    const a = mul(load2(z), load2(weights));
    const b = mul(load2(z + PAIR), load2(weights + PAIR));
    store2(sums, add(load2(sums), signs(lows(a, b))));
    store2(sums + PAIR, add(load2(sums + PAIR), signs(highs(a, b))));
  }
  if (sums == end) return;
  const last = lows(mul(load2(z), load2(weights)), mul(load2(z + PAIR), load2(weights + PAIR)));
  store2(sums, add(load2(sums), signs(last)));
}

/** (a0, −a1) */
function signs(a: v128): v128 {
  return mul(a, f64x2(1, -1));
}

/** `re` and `im` → address of the even samples and the negated odd ones; divides by half of `size`, since the window is halved. */
function backward(): usize {
  const count = countPoints();
  const sines = turns + (((<usize>size) >> 2) + 2) * BYTES;
  const halfScale = 2 / <f64>size;
  const scale = f64x2.splat(halfScale);
  const gap = gapBefore(count);
  const middle = middleOf(count);
  let other = mirrored(input, count, middle);
  let z = input + middle * PAIR;
  let upper = (count - middle - 1) * BYTES;
  for (let k = <isize>(middle * BYTES); k >= 0; k -= PAIR) {
    const ar = load2(re + k), ai = load2(im + k), br = swap(load2(re + upper)), bi = swap(load2(im + upper)); // prettier-ignore
    const evenR = mul(scale, add(ar, br)), evenI = mul(scale, sub(ai, bi)), gapR = mul(scale, sub(ar, br)), gapI = mul(scale, add(ai, bi)); // prettier-ignore
    const c = load2(turns + k), s = load2(sines + k); // prettier-ignore
    const oddR = sub(mul(gapR, c), mul(gapI, s)), oddI = add(mul(gapI, c), mul(gapR, s)); // prettier-ignore
    store2(z, sub(evenR, oddI));
    store2(z + PAIR, f64x2.neg(add(evenI, oddR)));
    storeBackwards(other, gap, add(evenR, oddI));
    storeBackwards(other + PAIR, gap, sub(evenI, oddR));
    z -= BLOCK;
    other += BLOCK;
    upper += PAIR;
  }
  const lowest = load<f64>(re);
  const highest = load<f64>(re + count * BYTES);
  store<f64>(input, halfScale * (lowest + highest));
  store<f64>(input + PAIR, halfScale * (highest - lowest));
  return transform(input);
}

/** Stores the first lane at `at`, and the second `gap` bytes before it. */
function storeBackwards(at: usize, gap: usize, two: v128): void {
  store<f64>(at, f64x2.extract_lane(two, 0));
  store<f64>(at - gap, f64x2.extract_lane(two, 1));
}

/** `synthesise` for an odd size: transforms all bins, the upper ones being conjugates of the lower. */
function synthesiseOdd(sums: usize): void {
  storeAt(0, load<f64>(re), 0);
  for (let k = 1; k <= size >> 1; k++) {
    const r = load<f64>(re + <usize>k * BYTES), i = load<f64>(im + <usize>k * BYTES); // prettier-ignore
    storeAt(k, r, -i);
    storeAt(size - k, r, i);
  }
  const z = transform(input);
  const scale = 1 / <f64>size;
  for (let n = 0; n < size; n++, sums += BYTES) {
    store<f64>(sums, load<f64>(sums) + scale * load<f64>(z + placeOf(n)) * load<f64>(window + placeOf(n)));
  }
}

/** Byte offset of a number's real part from the first number. */
function placeOf(index: i32): usize {
  return ((<usize>index) >> 1) * BLOCK + ((<usize>index) & 1) * BYTES;
}

function storeAt(index: i32, r: f64, i: f64): void {
  store<f64>(input + placeOf(index), r);
  store<f64>(input + placeOf(index) + PAIR, i);
}

/**
 * One frame's step of Griffin-Lim with momentum: (re, im) − pull·(lastRe, lastIm), scaled to the target power; (lastRe, lastIm)
 * becomes what (re, im) was. Arrays of [bins], with room for one number more.
 */
export function aim(target: usize, lastRe: usize, lastIm: usize, pull: f64): void {
  const bytes = ((<usize>size) >> 1) * BYTES;
  const pulls = f64x2.splat(pull);
  const tiny = f64x2.splat(1e-32);
  for (let k: usize = 0; k <= bytes; k += PAIR) {
    const r = load2(re + k), i = load2(im + k); // prettier-ignore
    const a = sub(r, mul(pulls, load2(lastRe + k))), b = sub(i, mul(pulls, load2(lastIm + k))); // prettier-ignore
    store2(lastRe + k, r);
    store2(lastIm + k, i);
    const scale = f64x2.sqrt(f64x2.div(load2(target + k), add(add(mul(a, a), mul(b, b)), tiny)));
    store2(re + k, mul(a, scale));
    store2(im + k, mul(b, scale));
  }
}
