// The largest and the smallest of some numbers of at least 0, without sorting them and without branches that depend on them.
import { BYTES, load2, PAIR, store2 } from './vector';

/**
 * Mean root of the `count` largest of `length` float64 of at least 0, then of the smallest → two numbers at `work`, which has room for
 * 2·length + 6.
 *
 * As many groups as are wanted have a largest number each, and none of the wanted is less than the least of those: pairs with
 * what is not less go into a list, and a threshold that divides the list is found by halving. Numbers of at least 0 are ordered as their bits are.
 */
export function extremes(values: usize, length: i32, count: i32, work: usize): void {
  const row = <usize>((count + 1) & ~1) * BYTES;
  const end = values + <usize>length * BYTES;
  const rowsEnd = end - ((end - values) % (2 * row));
  let leastLargest = f64x2.splat(Infinity);
  let mostSmallest = f64x2.splat(0);
  for (let column = values; column < values + row; column += PAIR) {
    let largest = f64x2.splat(0), larger = largest; // prettier-ignore
    let smallest = f64x2.splat(Infinity), smaller = smallest; // prettier-ignore
    for (let at = column; at < rowsEnd; at += 2 * row) {
      largest = f64x2.pmax(largest, load2(at));
      larger = f64x2.pmax(larger, load2(at + row));
      smallest = f64x2.pmin(smallest, load2(at));
      smaller = f64x2.pmin(smaller, load2(at + row));
    }
    leastLargest = f64x2.pmin(leastLargest, f64x2.pmax(largest, larger));
    mostSmallest = f64x2.pmax(mostSmallest, f64x2.pmin(smallest, smaller));
  }
  const lower = min(f64x2.extract_lane(leastLargest, 0), f64x2.extract_lane(leastLargest, 1));
  const upper = max(f64x2.extract_lane(mostSmallest, 0), f64x2.extract_lane(mostSmallest, 1));
  const large = work + PAIR;
  const small = large + <usize>(length + 2) * BYTES;
  let largeEnd = large;
  let smallEnd = small;
  for (; values < end - BYTES; values += PAIR) {
    const two = load2(values);
    store2(largeEnd, two);
    store2(smallEnd, i64x2.neg(two));
    largeEnd += bytesIfAny(f64x2.ge(two, f64x2.splat(lower)));
    smallEnd += bytesIfAny(f64x2.le(two, f64x2.splat(upper)));
  }
  if (values < end) {
    store<i64>(largeEnd, load<i64>(values));
    store<i64>(smallEnd, -load<i64>(values));
    largeEnd += BYTES;
    smallEnd += BYTES;
  }
  store<f64>(work, sumOfRoots(large, largeEnd, count, reinterpret<i64>(lower)) / <f64>count);
  store<f64>(work + BYTES, sumOfRoots(small, smallEnd, count, -reinterpret<i64>(upper)) / <f64>count);
}

/** 16 if either lane of a comparison is true. */
function bytesIfAny(lanes: v128): usize {
  return (<usize>((i64x2.bitmask(lanes) + 3) & 4)) << 2;
}

/** Σ √|key| of the `count` largest of the keys up to `end`, which has room for another; at least as many are not less than `low`. */
function sumOfRoots(keys: usize, end: usize, count: i32, low: i64): f64 {
  store<i64>(end, i64.MIN_VALUE); // in the other half of the last pair
  let high = low;
  for (let at = keys; at < end; at += BYTES) high = max(high, load<i64>(at));
  high++;
  while (high - low > 1) {
    const middle = low + ((high - low) >> 1);
    const above = countFrom(middle, keys, end);
    if (above < count) high = middle;
    else low = middle;
    if (above == count) break;
  }
  const isDivided = high - low > 1; // or numbers equal to `low` stand on both sides
  const threshold = i64x2.splat(isDivided ? low : high);
  let sums = f64x2.splat(0);
  for (let at = keys; at < end; at += PAIR) {
    const two = load2(at);
    sums = f64x2.add(sums, v128.and(i64x2.ge_s(two, threshold), f64x2.sqrt(i64x2.abs(two))));
  }
  const total = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  if (isDivided) return total;
  return total + <f64>(count - countFrom(high, keys, end)) * sqrt(reinterpret<f64>(abs(low)));
}

/** How many of the keys are not less than `least`. */
function countFrom(least: i64, keys: usize, end: usize): i32 {
  const bound = i64x2.splat(least);
  let counts = i64x2.splat(0);
  for (; keys < end; keys += PAIR) counts = i64x2.sub(counts, i64x2.ge_s(load2(keys), bound));
  return <i32>(i64x2.extract_lane(counts, 0) + i64x2.extract_lane(counts, 1));
}
