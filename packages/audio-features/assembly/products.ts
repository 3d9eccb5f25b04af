import { add, BYTES, load2, mul, PAIR, sum } from './vector';

/** Products of `rows` rows of `columns` weights with a power spectrum [columns], which must be followed by zeros → [rows]. */
export function products(weights: usize, rows: i32, columns: i32, power: usize, out: usize): void {
  const row = <usize>columns * BYTES;
  for (; rows > 3; rows -= 4, weights += 4 * row, out += 4 * BYTES) {
    let a = f64x2.splat(0), b = a, c = a, d = a; // prettier-ignore
    for (let i: usize = 0; i < row; i += PAIR) {
      const values = load2(power + i);
      a = add(a, mul(values, load2(weights + i)));
      b = add(b, mul(values, load2(weights + row + i)));
      c = add(c, mul(values, load2(weights + 2 * row + i)));
      d = add(d, mul(values, load2(weights + 3 * row + i)));
    }
    store<f64>(out, sum(a));
    store<f64>(out + BYTES, sum(b));
    store<f64>(out + 2 * BYTES, sum(c));
    store<f64>(out + 3 * BYTES, sum(d));
  }
  for (; rows > 0; rows--, weights += row, out += BYTES) {
    let a = f64x2.splat(0);
    for (let i: usize = 0; i < row; i += PAIR) a = add(a, mul(load2(power + i), load2(weights + i)));
    store<f64>(out, sum(a));
  }
}
