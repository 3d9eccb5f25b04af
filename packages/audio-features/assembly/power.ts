// Samples to |X|². An even number of samples is transformed as half as many complex numbers, an odd number as complex numbers without imaginary
// parts. One plan per module instance.
import { BLOCK } from './complex-fft';
import { close, gapBefore, middleOf, mirrored } from './mirror';
import { blockBytes, points, transform } from './transform';
import { add, backwards, BYTES, load2, mul, PAIR, squares, store2, sub, swap } from './vector';

let size: i32 = 0;
/** cos of 2π·k/size for k = 0 … size/4 + 1, then sin of the same. */
let turns: usize = 0;
/** Laid out like `input`: half of the window at even and at odd samples; for an odd size the window itself, and zeros. */
let window: usize = 0;
/** Even samples as real parts, odd ones as imaginary parts; for an odd size the samples themselves, and zeros. */
let input: usize = 0;

export function plan(sizeOf: i32, turnsAt: usize, windowAt: usize, inputAt: usize): void {
  size = sizeOf;
  turns = turnsAt;
  window = windowAt;
  input = inputAt;
}

/** Windows `size` float32 samples and transforms them; returns where the result is, as `transform` does. */
export function transformSamples(samples: usize): usize {
  const odd = <usize>(size & 1);
  let weights = window;
  let to = input;
  for (const end = to + blockBytes(points); to < end; to += BLOCK, weights += BLOCK) {
    const four = v128.load(samples); // even, odd, even, odd
    const even = odd ? four : v128.shuffle<f32>(four, four, 0, 2, 0, 2);
    store2(to, mul(f64x2.promote_low_f32x4(even), load2(weights)));
    store2(to + PAIR, mul(f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 1, 3, 1, 3)), load2(weights + PAIR)));
    samples += PAIR >> odd;
  }
  return transform(input);
}

/** Windows `size` float32 samples: |X|² of bins 0 … size/2. The number after them must be writable, and stays or becomes 0. */
export function powerOf(samples: usize, power: usize): void {
  let z = transformSamples(samples);
  if (size & 1) {
    const end = power + ((<usize>size) >> 1) * BYTES;
    for (; power <= end; power += PAIR, z += BLOCK) store2(power, squares(load2(z), load2(z + PAIR)));
    store<f64>(end + BYTES, 0);
    return;
  }
  // From the middle outwards: the numbers at k and k + 1 with their mirror images.
  const count = <usize>points;
  close(z, count);
  const gap = gapBefore(count);
  const middle = middleOf(count);
  const sines = (((<usize>size) >> 2) + 2) * BYTES;
  let other = mirrored(z, count, middle);
  let upper = power + (count - middle - 1) * BYTES;
  z += middle * PAIR;
  power += middle * BYTES;
  for (let turn = turns + middle * BYTES; turn >= turns; turn -= PAIR) {
    const ar = load2(z), ai = load2(z + PAIR), br = backwards(other, gap), bi = backwards(other + PAIR, gap); // prettier-ignore
    const evenR = add(ar, br), evenI = sub(ai, bi), oddR = add(ai, bi), oddI = sub(br, ar); // prettier-ignore
    const c = load2(turn), s = load2(turn + sines); // prettier-ignore
    const turnR = add(mul(oddR, c), mul(oddI, s)), turnI = sub(mul(oddI, c), mul(oddR, s)); // prettier-ignore
    store2(power, squares(add(evenR, turnR), add(evenI, turnI)));
    store2(upper, swap(squares(sub(evenR, turnR), sub(turnI, evenI))));
    z -= BLOCK;
    other += BLOCK;
    power -= PAIR;
    upper += PAIR;
  }
}
