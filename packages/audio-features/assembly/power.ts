// Samples to power, without the bins in between. Works on the arrays of a plan of the spectrum module, whose transform it borrows.
import { transform } from './spectrum-transform';
import { add, BYTES, load2, mul, PAIR, store2, sub, swap } from './vector';

let size: i32 = 0;
let turns: usize = 0;
let window: usize = 0;
let input: usize = 0;

/** As `plan` of the spectrum module; `size` is even. */
export function planPower(sizeOf: i32, turnsAt: usize, windowAt: usize, inputAt: usize): void {
  size = sizeOf;
  turns = turnsAt;
  window = windowAt;
  input = inputAt;
}

/** Windows `size` float32 samples: |X|² of bins 0 … size/2. */
export function powerOf(samples: usize, power: usize): void {
  const bytes = ((<usize>size) >> 1) * BYTES;
  const row = (bytes + BYTES) & ~(PAIR - 1);
  for (let i: usize = 0; i < row; i += PAIR) {
    const four = v128.load(samples + i); // even, odd, even, odd
    const even = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 0, 2, 0, 2));
    const odd = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 1, 3, 1, 3));
    store2(input + i, mul(even, load2(window + i)));
    store2(input + row + i, mul(odd, load2(window + row + i)));
  }
  const zr = transform(input, input + row);
  const zi = zr + row;
  const sines = turns + (((<usize>size) >> 2) + 2) * BYTES;
  const last = bytes - BYTES;
  const quarter = f64x2.splat(0.25);
  for (let k: usize = BYTES; k <= bytes >> 1; k += PAIR) {
    const ar = load2(zr + k), ai = load2(zi + k), br = swap(load2(zr + last - k)), bi = swap(load2(zi + last - k)); // prettier-ignore
    const evenR = add(ar, br), evenI = sub(ai, bi), oddR = add(ai, bi), oddI = sub(br, ar); // prettier-ignore
    const c = load2(turns + k), s = load2(sines + k); // prettier-ignore
    const turnR = add(mul(oddR, c), mul(oddI, s)), turnI = sub(mul(oddI, c), mul(oddR, s)); // prettier-ignore
    store2(power + k, mul(quarter, squares(add(evenR, turnR), add(evenI, turnI))));
    store2(power + last - k, swap(mul(quarter, squares(sub(evenR, turnR), sub(turnI, evenI)))));
  }
  const sumOfEven = load<f64>(zr);
  const sumOfOdd = load<f64>(zi);
  store<f64>(power, (sumOfEven + sumOfOdd) * (sumOfEven + sumOfOdd));
  store<f64>(power + bytes, (sumOfEven - sumOfOdd) * (sumOfEven - sumOfOdd));
}

function squares(a: v128, b: v128): v128 {
  return add(mul(a, a), mul(b, b));
}
