import { add, BYTES, mul, PAIR, sum } from './vector';

/** Σ x² of each of `count` blocks of `block` float32 samples, a multiple of 4 → float64 [count]. */
export function energies(samples: usize, block: i32, count: i32, out: usize): void {
  const bytes = (<usize>block) << 2;
  for (const end = out + <usize>count * BYTES; out < end; out += BYTES) {
    let a = f64x2.splat(0), b = a; // prettier-ignore
    for (const last = samples + bytes; samples < last; samples += PAIR) {
      const four = v128.load(samples);
      const low = f64x2.promote_low_f32x4(four);
      const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 2, 3));
      a = add(a, mul(low, low));
      b = add(b, mul(high, high));
    }
    store<f64>(out, sum(add(a, b)));
  }
}
