/** 97.5th percentile of the standard normal distribution, for a two-sided interval of 95 %. */
const Z_95 = 1.959963984540054;

/**
 * Wilson's score interval of a proportion, 95 % by default: (p̂ + z²/2n ± z·√(p̂(1-p̂)/n + z²/4n²)) / (1 + z²/n). Unlike the normal
 * approximation, it stays in [0, 1] and is right for small n and for proportions near 0 or 1.
 *
 * @param correct successes, a whole number from 0 to n
 * @param n trials; for 0 the interval is [0, 1]
 */
export function wilsonInterval(correct: number, n: number, z = Z_95): [low: number, high: number] {
  if (!Number.isInteger(n) || n < 0) throw new Error(`wilsonInterval: n must be a whole number of at least 0, got ${n}`);
  if (!Number.isInteger(correct) || correct < 0 || correct > n) {
    throw new Error(`wilsonInterval: correct must be a whole number from 0 to ${n}, got ${correct}`);
  }
  if (n === 0) return [0, 1];
  const p = correct / n;
  const centre = p + z ** 2 / (2 * n);
  const spread = z * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  const scale = 1 + z ** 2 / n;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}
