// Walks over complex numbers in pairs (two real parts, then two imaginary parts) from both ends at once: those at k and k + 1, for an even k, with
// those at count − k and count − k − 1. The numbers are periodic: the one after the last is the first.
import { BLOCK } from './complex-fft';
import { BYTES, PAIR } from './vector';

/** The largest even index up to the middle, where the two ends of the walk meet. */
export function middleOf(count: usize): usize {
  return (count >> 1) & ~1;
}

/** Where the real part of the number at count − k lies. */
export function mirrored(z: usize, count: usize, k: usize): usize {
  const odd = count & 1;
  return z + (count - k - odd) * PAIR + odd * BYTES;
}

/** Bytes from there back to the number before. */
export function gapBefore(count: usize): usize {
  return count & 1 ? BYTES : BLOCK - BYTES;
}

/** Repeats the first number after the last. */
export function close(z: usize, count: usize): void {
  const end = mirrored(z, count, 0);
  store<f64>(end, load<f64>(z));
  store<f64>(end + PAIR, load<f64>(z + PAIR));
}
