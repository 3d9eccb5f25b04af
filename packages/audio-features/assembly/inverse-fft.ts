// Bins back to samples, and steps on the bins of a waveform that is looked for. Works on the arrays of a plan of the spectrum module,
// whose transform it borrows: swapping real and imaginary parts of input and output makes it the inverse (times the number of points).
import { im, input, re, rowBytes, size, turns, window } from './bins';
import { transform } from './spectrum-transform';
import { add, BYTES, highs, load2, lows, mul, PAIR, store2, sub, swap } from './vector';

/** Transforms `re` and `im` back, windows the samples and adds them to `size` float64 at `sums`. Leaves `re` and `im`. */
export function synthesise(sums: usize): void {
  if (size & 1) return synthesiseOdd(sums);
  const bytes = ((<usize>size) >> 1) * BYTES;
  const row = rowBytes();
  const odd = backward();
  const even = odd + row;
  let i: usize = 0;
  for (; i + BYTES < bytes; i += PAIR) {
    const a = mul(load2(even + i), load2(window + i));
    const b = mul(load2(odd + i), load2(window + row + i));
    const at = sums + 2 * i;
    store2(at, add(load2(at), lows(a, b)));
    store2(at + PAIR, add(load2(at + PAIR), highs(a, b)));
  }
  if (i == bytes) return;
  const last = lows(mul(load2(even + i), load2(window + i)), mul(load2(odd + i), load2(window + row + i)));
  store2(sums + 2 * i, add(load2(sums + 2 * i), last));
}

/** `re` and `im` → where the odd samples are, followed by the even ones; divides by half of `size`, since the window is halved. */
function backward(): usize {
  const half = (<usize>size) >> 1;
  const bytes = half * BYTES;
  const workRe = input;
  const workIm = input + rowBytes();
  const sines = turns + ((half >> 1) + 2) * BYTES;
  const last = bytes - BYTES;
  const halfScale = 2 / <f64>size;
  const scale = f64x2.splat(halfScale);
  // Of two numbers, or of an odd half, some lanes are rubbish, written before what belongs there.
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
  return transform(workIm, workRe); // swapped in, swapped out: the inverse
}

/** `synthesise` of an odd size: a transform of all the bins, the upper ones the conjugates of the lower. */
function synthesiseOdd(sums: usize): void {
  const row = rowBytes();
  const workRe = input;
  const workIm = input + row;
  store<f64>(workRe, load<f64>(re));
  store<f64>(workIm, 0);
  for (let k: usize = BYTES; k < row >> 1; k += BYTES) {
    const r = load<f64>(re + k), i = load<f64>(im + k), mirrored = <usize>size * BYTES - k; // prettier-ignore
    store<f64>(workRe + k, r);
    store<f64>(workIm + k, i);
    store<f64>(workRe + mirrored, r);
    store<f64>(workIm + mirrored, -i);
  }
  const samples = transform(workIm, workRe) + row;
  const scale = 1 / <f64>size;
  for (let k: usize = 0; k < <usize>size * BYTES; k += BYTES) {
    store<f64>(sums + k, load<f64>(sums + k) + scale * load<f64>(samples + k) * load<f64>(window + k));
  }
  memory.fill(workIm, 0, row); // as `transformSamples` expects it
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
