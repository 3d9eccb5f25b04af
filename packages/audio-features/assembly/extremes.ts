// The largest and the smallest of some numbers, without sorting them all.
import { BYTES, load2, PAIR } from './vector';

/**
 * Mean root of the `count` largest of `length` float64, then of the smallest → two numbers at `work`, where the largest, rising, and the
 * smallest, falling, follow: [2·count + 2].
 */
export function extremes(values: usize, length: i32, count: i32, stride: i32, work: usize): void {
  const largest = work + PAIR;
  const smallest = largest + <usize>count * BYTES;
  for (let i: usize = 0; i < <usize>count * BYTES; i += BYTES) {
    store<f64>(largest + i, -Infinity);
    store<f64>(smallest + i, Infinity);
  }
  // Looked at in a scattered order: of rising or falling values each would push all others aside.
  const pairs = length >> 1;
  let pair = 0;
  for (let i = 0; i < pairs; i++) {
    const at = values + <usize>pair * PAIR;
    const two = load2(at);
    const beyond = v128.or(f64x2.gt(two, v128.load64_splat(largest)), f64x2.lt(two, v128.load64_splat(smallest)));
    if (v128.any_true(beyond)) {
      take(load<f64>(at), count, largest, smallest);
      take(load<f64>(at + BYTES), count, largest, smallest);
    }
    pair += stride;
    if (pair >= pairs) pair -= pairs;
  }
  if (length & 1) take(load<f64>(values + <usize>(length - 1) * BYTES), count, largest, smallest);
  store<f64>(work, meanRoot(largest, smallest));
  store<f64>(work + BYTES, meanRoot(smallest, smallest + <usize>count * BYTES));
}

function meanRoot(from: usize, to: usize): f64 {
  let total: f64 = 0;
  for (let at = from; at < to; at += BYTES) total += sqrt(load<f64>(at));
  return total / <f64>((to - from) / BYTES);
}

function take(value: f64, count: i32, largest: usize, smallest: usize): void {
  const last = <usize>(count - 1) * BYTES;
  if (value > load<f64>(largest)) {
    let at = largest;
    for (; at < largest + last && load<f64>(at + BYTES) < value; at += BYTES) store<f64>(at, load<f64>(at + BYTES));
    store<f64>(at, value);
  }
  if (value < load<f64>(smallest)) {
    let at = smallest;
    for (; at < smallest + last && load<f64>(at + BYTES) > value; at += BYTES) store<f64>(at, load<f64>(at + BYTES));
    store<f64>(at, value);
  }
}
