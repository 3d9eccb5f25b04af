/** The largest difference from `expected`, relative to the largest value expected. NaN counts as infinite. */
export function largestDifference(actual: Float32Array, expected: Float64Array): number {
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return actual.reduce((largest, value, i) => {
    const error = Math.abs(value - expected[i]) / scale;
    return Number.isNaN(error) ? Infinity : Math.max(largest, error);
  }, 0);
}
