// The bins of samples, from the transforms of the spectrum module, on the arrays of its plan.
import { transform, transformSamples } from './spectrum-transform';
import { add, BYTES, load2, mul, PAIR, store2, sub, swap } from './vector';

export let size: i32 = 0;
export let turns: usize = 0;
export let window: usize = 0;
export let input: usize = 0;
/** Bins 0 … size/2, with room for one number more. */
export let re: usize = 0;
export let im: usize = 0;

/** As `plan` of the spectrum module. */
export function planBins(sizeOf: i32, turnsAt: usize, windowAt: usize, inputAt: usize, reAt: usize, imAt: usize): void {
  size = sizeOf;
  turns = turnsAt;
  window = windowAt;
  input = inputAt;
  re = reAt;
  im = imAt;
}

/** Bytes from the even samples to the odd ones: whole vectors. */
export function rowBytes(): usize {
  const points = <usize>(size & 1 ? size : size >> 1);
  return ((points + 1) & ~1) * BYTES;
}

/** Windows `size` float32 samples and transforms them into `re` and `im`; unnormalised, exponent −2πi. */
export function analyse(samples: usize): void {
  toBins(transformSamples(samples));
}

/** What lies in `input` → `re` and `im`: the samples, of an even number the half of each. */
export function forward(): void {
  toBins(transform(input, input + rowBytes()));
}

function toBins(zr: usize): void {
  const row = rowBytes();
  const zi = zr + row;
  if (size & 1) {
    memory.copy(re, zr, (row >> 1) + BYTES);
    memory.copy(im, zi, (row >> 1) + BYTES);
    return;
  }
  const bytes = ((<usize>size) >> 1) * BYTES;
  const sines = turns + (((<usize>size) >> 2) + 2) * BYTES;
  const last = bytes - BYTES;
  for (let k: usize = BYTES; k <= bytes >> 1; k += PAIR) {
    const ar = load2(zr + k), ai = load2(zi + k), br = swap(load2(zr + last - k)), bi = swap(load2(zi + last - k)); // prettier-ignore
    const evenR = add(ar, br), evenI = sub(ai, bi); // prettier-ignore
    const oddR = add(ai, bi), oddI = sub(br, ar); // prettier-ignore
    const c = load2(turns + k), s = load2(sines + k); // prettier-ignore
    const turnR = add(mul(oddR, c), mul(oddI, s)), turnI = sub(mul(oddI, c), mul(oddR, s)); // prettier-ignore
    store2(re + k, add(evenR, turnR));
    store2(im + k, add(evenI, turnI));
    store2(re + last - k, swap(sub(evenR, turnR)));
    store2(im + last - k, swap(sub(turnI, evenI)));
  }
  const sumOfEven = load<f64>(zr);
  const sumOfOdd = load<f64>(zi);
  store<f64>(re, 2 * (sumOfEven + sumOfOdd));
  store<f64>(im, 0);
  store<f64>(re + bytes, 2 * (sumOfEven - sumOfOdd));
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
