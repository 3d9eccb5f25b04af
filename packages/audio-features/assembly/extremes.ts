// Finds the largest and smallest of some non-negative numbers without sorting and without data-dependent branches.
import { BYTES, load2, PAIR, store2 } from './vector';

/**
 * The mean square root of each band's largest numbers → [bandCount] at `out`, followed by that of its smallest; all at least 0. `bands`
 * holds int32: the first number of a band, how many it has, and how many of them to average. Work: [2 · the longest + 6].
 */
export function extremes(values: usize, bands: usize, bandCount: i32, work: usize, out: usize): void {
  for (const end = out + <usize>bandCount * BYTES; out < end; out += BYTES, bands += 12) {
    extremesOf(values + <usize>load<i32>(bands) * BYTES, load<i32>(bands, 4), load<i32>(bands, 8), work);
    store<f64>(out, load<f64>(work));
    store<f64>(out + <usize>bandCount * BYTES, load<f64>(work + BYTES));
  }
}

/**
 * Mean square root of the `count` largest of `length` float64, and of the smallest → two numbers at `work`, with room for 2·length + 6.
 *
 * The numbers are split into at least `count` groups. The least of the groups' maxima is a lower bound of the `count` largest numbers, so only pairs that
 * reach it are kept in a list; bisection then finds the threshold with `count` numbers above it. Non-negative numbers sort like their bits.
 */
function extremesOf(values: usize, length: i32, count: i32, work: usize): void {
  if (count == 1 && length > 1) return extremePair(values, values + <usize>length * BYTES, work);
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
    store2(smallEnd, f64x2.neg(two));
    largeEnd += bytesIfAny(f64x2.ge(two, f64x2.splat(lower)));
    smallEnd += bytesIfAny(f64x2.le(two, f64x2.splat(upper)));
  }
  if (values < end) {
    store<f64>(largeEnd, load<f64>(values));
    store<f64>(smallEnd, -load<f64>(values));
    largeEnd += BYTES;
    smallEnd += BYTES;
  }
  store<f64>(work, sumOfRoots(large, largeEnd, count, lower) / <f64>count);
  store<f64>(work + BYTES, sumOfRoots(small, smallEnd, count, -upper) / <f64>count);
}

/** Square roots of the largest and the smallest of at least two numbers. */
function extremePair(values: usize, end: usize, out: usize): void {
  let largest = load2(end - PAIR), smallest = largest; // prettier-ignore
  for (; values < end - PAIR; values += PAIR) {
    largest = f64x2.pmax(largest, load2(values));
    smallest = f64x2.pmin(smallest, load2(values));
  }
  store<f64>(out, sqrt(max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1))));
  store<f64>(out + BYTES, sqrt(min(f64x2.extract_lane(smallest, 0), f64x2.extract_lane(smallest, 1))));
}

/** The size of a pair if either lane of a comparison is true, else 0. */
function bytesIfAny(lanes: v128): usize {
  return (<usize>((i64x2.bitmask(lanes) + 3) & 4)) << 2;
}

/** Σ √|number| of the `count` largest before `end`, where there is room for one more; at least `count` are not less than `least`. */
function sumOfRoots(numbers: usize, end: usize, count: i32, least: f64): f64 {
  store<f64>(end, -Infinity); // in the other half of the last pair
  let most = f64x2.splat(least);
  for (let at = numbers; at < end; at += PAIR) most = f64x2.pmax(most, load2(at));
  let low = orderOf(least);
  let high = orderOf(max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1))) + 1;
  while (high - low > 1) {
    const middle = low + ((high - low) >> 1);
    const above = countFrom(numberAt(middle), numbers, end);
    if (above < count) high = middle;
    else low = middle;
    if (above == count) break;
  }
  const isDivided = high - low > 1; // or there are numbers equal to that at `low` on both sides
  const threshold = numberAt(isDivided ? low : high);
  let sums = f64x2.splat(0);
  for (let at = numbers; at < end; at += PAIR) {
    const two = load2(at);
    sums = f64x2.add(sums, v128.and(f64x2.ge(two, f64x2.splat(threshold)), f64x2.sqrt(f64x2.abs(two))));
  }
  const total = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  if (isDivided) return total;
  return total + <f64>(count - countFrom(threshold, numbers, end)) * sqrt(abs(numberAt(low)));
}

/** The rank of a number among all float64, and its inverse. */
function orderOf(number: f64): i64 {
  const bits = reinterpret<i64>(abs(number));
  return number < 0 ? -bits : bits;
}

function numberAt(order: i64): f64 {
  const size = reinterpret<f64>(abs(order));
  return order < 0 ? -size : size;
}

/** How many of the numbers are not less than `least`. */
function countFrom(least: f64, numbers: usize, end: usize): i32 {
  const bound = f64x2.splat(least);
  let counts = i64x2.splat(0);
  for (; numbers < end; numbers += PAIR) counts = i64x2.sub(counts, f64x2.ge(load2(numbers), bound));
  return <i32>(i64x2.extract_lane(counts, 0) + i64x2.extract_lane(counts, 1));
}
