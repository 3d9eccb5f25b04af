// Fourier transform of real samples: an even number as one complex transform of half of them, an odd one as it is. One plan a module:
// `plan` and `planTransform` say where its arrays lie.
import { rowBytes, transform } from './transform';
import { add, BYTES, load2, mul, PAIR, store2, sub, swap } from './vector';

let size: i32 = 0;
/** cos of 2π·k/size for k = 0 … size/4 + 1, then sin of the same. */
let turns: usize = 0;
/** The window at even samples, then at odd ones, `rowBytes` each; of an odd size as it is. */
let window: usize = 0;
/** Even samples, then odd ones; of an odd size the samples, then zeros. */
let input: usize = 0;
/** Bins 0 … size/2, with room for one number more. */
let re: usize = 0;
let im: usize = 0;

export function plan(sizeOf: i32, turnsAt: usize, windowAt: usize, inputAt: usize, reAt: usize, imAt: usize): void {
  size = sizeOf;
  turns = turnsAt;
  window = windowAt;
  input = inputAt;
  re = reAt;
  im = imAt;
}

/** Windows `size` float32 samples and transforms them into `re` and `im`; unnormalised, exponent −2πi. */
export function analyse(samples: usize): void {
  const row = rowBytes();
  if (size & 1) {
    for (let i: usize = 0; i < row; i += PAIR) {
      store2(input + i, mul(f64x2.promote_low_f32x4(v128.load64_zero(samples + (i >> 1))), load2(window + i)));
    }
    memory.fill(input + row, 0, row);
  } else {
    for (let i: usize = 0; i < row; i += PAIR) {
      const four = v128.load(samples + i); // even, odd, even, odd
      const even = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 0, 2, 0, 2));
      const odd = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 1, 3, 1, 3));
      store2(input + i, mul(even, load2(window + i)));
      store2(input + row + i, mul(odd, load2(window + row + i)));
    }
  }
  forward();
}

/** What lies in `input` → `re` and `im`. */
export function forward(): void {
  const row = rowBytes();
  const zr = transform(input, input + row);
  const zi = zr + row;
  if (size & 1) {
    memory.copy(re, zr, (row >> 1) + BYTES);
    memory.copy(im, zi, (row >> 1) + BYTES);
    return;
  }
  const bytes = ((<usize>size) >> 1) * BYTES;
  const sines = turns + (((<usize>size) >> 2) + 2) * BYTES;
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

/** |X|² + floor of the bins in `re` and `im` → [bins], with room for one number more. */
export function power(powerAt: usize, floor: f64): void {
  const bytes = ((<usize>size) >> 1) * BYTES;
  const floors = f64x2.splat(floor);
  for (let k: usize = 0; k <= bytes; k += PAIR) {
    const r = load2(re + k), i = load2(im + k); // prettier-ignore
    store2(powerAt + k, add(add(mul(r, r), mul(i, i)), floors));
  }
}
