// Fourier transform of `2·half` real samples as one complex transform of `half`. One plan a module: `plan` says where its arrays lie.
import { transform } from './complex-fft';
import { add, BYTES, highs, load2, lows, mul, PAIR, store2, sub, swap } from './vector';

let half: i32 = 0;
let twiddles: usize = 0;
/** cos of 2π·k/size for k = 0 … half/2 + 1, then sin of the same. */
let turns: usize = 0;
/** The window at even samples, then at odd ones, [half] each. */
let window: usize = 0;
/** Even samples, then odd ones; or what is to be transformed back. [2·half] */
let input: usize = 0;
let front: usize = 0;
let back: usize = 0;
/** Bins 0 … half, with room for one number more. */
let re: usize = 0;
let im: usize = 0;

// prettier-ignore
export function plan(size: i32, twiddlesAt: usize, turnsAt: usize, windowAt: usize, inputAt: usize, frontAt: usize, backAt: usize, reAt: usize, imAt: usize): void {
  half = size >> 1;
  twiddles = twiddlesAt;
  turns = turnsAt;
  window = windowAt;
  input = inputAt;
  front = frontAt;
  back = backAt;
  re = reAt;
  im = imAt;
}

/** Windows 2·half float32 samples and transforms them into `re` and `im`; unnormalised, exponent −2πi. */
export function analyse(samples: usize): void {
  const bytes = <usize>half * BYTES;
  for (let i: usize = 0; i < bytes; i += PAIR) {
    const four = v128.load(samples + i); // even, odd, even, odd
    const even = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 0, 2, 0, 2));
    const odd = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 1, 3, 1, 3));
    store2(input + i, mul(even, load2(window + i)));
    store2(input + bytes + i, mul(odd, load2(window + bytes + i)));
  }
  forward();
}

/** What lies in `input` → `re` and `im`. */
function forward(): void {
  const bytes = <usize>half * BYTES;
  const zr = transform(input, input + bytes, half, twiddles, front, back);
  const zi = zr + bytes;
  const sines = turns + (bytes >> 1) + PAIR;
  const last = bytes - BYTES;
  const point5 = f64x2.splat(0.5);
  for (let k: usize = BYTES; k <= bytes >> 1; k += PAIR) {
    const ar = load2(zr + k), ai = load2(zi + k), br = swap(load2(zr + last - k)), bi = swap(load2(zi + last - k)); // prettier-ignore
    const evenR = mul(point5, add(ar, br)), evenI = mul(point5, sub(ai, bi)); // prettier-ignore
    const oddR = mul(point5, add(ai, bi)), oddI = mul(point5, sub(br, ar)); // prettier-ignore
    const c = load2(turns + k), s = load2(sines + k); // prettier-ignore
    const turnR = add(mul(oddR, c), mul(oddI, s)), turnI = sub(mul(oddI, c), mul(oddR, s)); // prettier-ignore
    store2(re + k, add(evenR, turnR));
    store2(im + k, add(evenI, turnI));
    store2(re + last - k, swap(sub(evenR, turnR)));
    store2(im + last - k, swap(sub(turnI, evenI)));
  }
  const sumOfEven = load<f64>(zr);
  const sumOfOdd = load<f64>(zi);
  store<f64>(re, sumOfEven + sumOfOdd);
  store<f64>(im, 0);
  store<f64>(re + bytes, sumOfEven - sumOfOdd);
  store<f64>(im + bytes, 0);
}

/** Transforms `re` and `im` back, windows the samples and adds them to 2·half float64 at `sums`. Leaves `re` and `im`. */
export function synthesise(sums: usize): void {
  const bytes = <usize>half * BYTES;
  const odd = backward();
  const even = odd + bytes;
  for (let i: usize = 0; i < bytes; i += PAIR) {
    const a = mul(load2(even + i), load2(window + i));
    const b = mul(load2(odd + i), load2(window + bytes + i));
    const at = sums + 2 * i;
    store2(at, add(load2(at), lows(a, b)));
    store2(at + PAIR, add(load2(at + PAIR), highs(a, b)));
  }
}

/** `re` and `im` → where the odd samples are, [half], followed by the even ones; divides by 2·half. */
function backward(): usize {
  const bytes = <usize>half * BYTES;
  const workRe = input;
  const workIm = input + bytes;
  const sines = turns + (bytes >> 1) + PAIR;
  const last = bytes - BYTES;
  const halfScale = 0.5 / <f64>half;
  const scale = f64x2.splat(halfScale);
  // Of two numbers the upper lanes are rubbish, written before what belongs there.
  for (let k: usize = BYTES; k <= bytes >> 1; k += PAIR) {
    const ar = load2(re + k), ai = load2(im + k), br = swap(load2(re + last - k)), bi = swap(load2(im + last - k)); // prettier-ignore
    const evenR = mul(scale, add(ar, br)), evenI = mul(scale, sub(ai, bi)), gapR = mul(scale, sub(ar, br)), gapI = mul(scale, add(ai, bi)); // prettier-ignore
    const c = load2(turns + k), s = load2(sines + k); // prettier-ignore
    const oddR = sub(mul(gapR, c), mul(gapI, s)), oddI = add(mul(gapI, c), mul(gapR, s)); // prettier-ignore
    store2(workRe + k, sub(evenR, oddI));
    store2(workRe + last - k, swap(add(evenR, oddI)));
    store2(workIm + k, add(evenI, oddR));
    store2(workIm + last - k, swap(sub(oddR, evenI)));
  }
  const lowest = load<f64>(re);
  const highest = load<f64>(re + bytes);
  store<f64>(workRe, halfScale * (lowest + highest));
  store<f64>(workIm, halfScale * (lowest - highest));
  return transform(workIm, workRe, half, twiddles, front, back); // swapped in, swapped out: the inverse
}

/** |X|² + floor of the bins in `re` and `im` → [half + 1], with room for one number more. */
export function power(powerAt: usize, floor: f64): void {
  const bytes = <usize>half * BYTES;
  const floors = f64x2.splat(floor);
  for (let k: usize = 0; k <= bytes; k += PAIR) {
    const r = load2(re + k), i = load2(im + k); // prettier-ignore
    store2(powerAt + k, add(add(mul(r, r), mul(i, i)), floors));
  }
}

/**
 * One frame's step of Griffin-Lim with momentum: (re, im) − pull·(lastRe, lastIm), scaled to the target power; (lastRe, lastIm)
 * becomes what (re, im) was. Arrays of [half + 1], with room for one number more.
 */
export function aim(target: usize, lastRe: usize, lastIm: usize, pull: f64): void {
  const bytes = <usize>half * BYTES;
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
