// Computes the Fourier bins of samples with the spectrum module's transform, on the arrays of its plan.
import { BLOCK } from './complex-fft';
import { close, gapBefore, middleOf, mirrored } from './mirror';
import { transform, transformSamples } from './spectrum-transform';
import { add, backwards, BYTES, load2, mul, PAIR, store2, sub, swap } from './vector';

export let size: i32 = 0;
export let turns: usize = 0;
export let window: usize = 0;
export let input: usize = 0;
/** Bins 0 … size/2, with room for one number more. */
export let re: usize = 0;
export let im: usize = 0;

/** Same as `plan` of the spectrum module, plus the addresses of the bins. */
export function planBins(sizeOf: i32, turnsAt: usize, windowAt: usize, inputAt: usize, reAt: usize, imAt: usize): void {
  size = sizeOf;
  turns = turnsAt;
  window = windowAt;
  input = inputAt;
  re = reAt;
  im = imAt;
}

/** How many complex values are transformed. */
export function countPoints(): usize {
  return <usize>(size & 1 ? size : size >> 1);
}

/** Windows `size` float32 samples and transforms them into `re` and `im`; unnormalised, exponent −2πi. */
export function analyse(samples: usize): void {
  toBins(transformSamples(samples));
}

/** `input` → `re` and `im`. It holds the samples, or for an even size half of each. */
export function forward(): void {
  toBins(transform(input));
}

function toBins(z: usize): void {
  const count = countPoints();
  if (size & 1) {
    for (let k: usize = 0; k <= (count >> 1) * BYTES; k += PAIR, z += BLOCK) {
      store2(re + k, load2(z));
      store2(im + k, load2(z + PAIR));
    }
    return;
  }
  close(z, count);
  const gap = gapBefore(count);
  const middle = middleOf(count);
  const sines = turns + (((<usize>size) >> 2) + 2) * BYTES;
  let other = mirrored(z, count, middle);
  let upper = (count - middle - 1) * BYTES;
  z += middle * PAIR;
  for (let k = <isize>(middle * BYTES); k >= 0; k -= PAIR) {
    const ar = load2(z), ai = load2(z + PAIR), br = backwards(other, gap), bi = backwards(other + PAIR, gap); // prettier-ignore
    const evenR = add(ar, br), evenI = sub(ai, bi), oddR = add(ai, bi), oddI = sub(br, ar); // prettier-ignore
    const c = load2(turns + k), s = load2(sines + k); // prettier-ignore
    const turnR = add(mul(oddR, c), mul(oddI, s)), turnI = sub(mul(oddI, c), mul(oddR, s)); // prettier-ignore
    store2(re + k, add(evenR, turnR));
    store2(im + k, add(evenI, turnI));
    store2(re + upper, swap(sub(evenR, turnR)));
    store2(im + upper, swap(sub(turnI, evenI)));
    z -= BLOCK;
    other += BLOCK;
    upper += PAIR;
  }
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
