// Samples to |X|²: an even number of them as one complex transform of half of them, an odd one as it is. One plan a module.
import { rowBytes, transform } from './transform';
import { add, BYTES, load2, mul, PAIR, squares, store2, sub, swap } from './vector';

let size: i32 = 0;
/** cos of 2π·k/size for k = 0 … size/4 + 1, then sin of the same. */
let turns: usize = 0;
/** Half of the window at even samples, then at odd ones, `rowBytes` each; of an odd size the window as it is. */
let window: usize = 0;
/** Even samples, then odd ones; of an odd size the samples, then zeros. */
let input: usize = 0;

export function plan(sizeOf: i32, turnsAt: usize, windowAt: usize, inputAt: usize): void {
  size = sizeOf;
  turns = turnsAt;
  window = windowAt;
  input = inputAt;
}

/** Windows `size` float32 samples and transforms them; returns where the result is, as `transform` does. */
export function transformSamples(samples: usize): usize {
  const row = rowBytes();
  let weights = window;
  let to = input;
  for (const end = to + row; to < end; to += PAIR, weights += PAIR) {
    if (size & 1) {
      store2(to, mul(f64x2.promote_low_f32x4(v128.load64_zero(samples)), load2(weights)));
      samples += PAIR >> 1;
    } else {
      const four = v128.load(samples); // even, odd, even, odd
      const even = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 0, 2, 0, 2));
      const odd = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 1, 3, 1, 3));
      store2(to, mul(even, load2(weights)));
      store2(to + row, mul(odd, load2(weights + row)));
      samples += PAIR;
    }
  }
  return transform(input, input + row);
}

/** Windows `size` float32 samples: |X|² of bins 0 … size/2, which room for one number more follows; a 0 there stays. */
export function powerOf(samples: usize, power: usize): void {
  let zr = transformSamples(samples);
  const row = rowBytes();
  const bytes = ((<usize>size) >> 1) * BYTES;
  if (size & 1) {
    const end = power + bytes;
    for (; power <= end; power += PAIR, zr += PAIR) store2(power, squares(load2(zr), load2(zr + row)));
    store<f64>(end + BYTES, 0);
    return;
  }
  const even = 2 * load<f64>(zr);
  const odd = 2 * load<f64>(zr + row);
  const sines = (((<usize>size) >> 2) + 2) * BYTES;
  let turn = turns + BYTES;
  let lower = power + BYTES;
  let upper = power + bytes - PAIR;
  let mirrored = zr + bytes - PAIR;
  zr += BYTES;
  // Of two points, or of an odd number of them, some lanes are rubbish, written before what belongs there.
  for (; lower <= upper + BYTES; lower += PAIR, upper -= PAIR, zr += PAIR, mirrored -= PAIR, turn += PAIR) {
    const ar = load2(zr), ai = load2(zr + row), br = swap(load2(mirrored)), bi = swap(load2(mirrored + row)); // prettier-ignore
    const evenR = add(ar, br), evenI = sub(ai, bi), oddR = add(ai, bi), oddI = sub(br, ar); // prettier-ignore
    const c = load2(turn), s = load2(turn + sines); // prettier-ignore
    const turnR = add(mul(oddR, c), mul(oddI, s)), turnI = sub(mul(oddI, c), mul(oddR, s)); // prettier-ignore
    store2(lower, squares(add(evenR, turnR), add(evenI, turnI)));
    store2(upper, swap(squares(sub(evenR, turnR), sub(turnI, evenI))));
  }
  store<f64>(power, (even + odd) * (even + odd));
  store<f64>(power + bytes, (even - odd) * (even - odd));
}
