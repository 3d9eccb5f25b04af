type Floats = ArrayLike<number>;

/** What ClipByValue must compute; relu clips to [0, ∞), relu6 to [0, 6]. */
export const clipReference = (x: Floats, low: number, high: number): Float64Array =>
  Float64Array.from(x, (value) => (Number.isNaN(value) ? NaN : Math.min(high, Math.max(low, value))));

/** What the gradient of clipping must compute; `leavesOutLow`: the lower limit itself passes no gradient, as for relu and relu6. */
export const clipGradientReference = (
  x: Floats,
  dy: Floats,
  { low, high, leavesOutLow }: { low: number; high: number; leavesOutLow: boolean },
): Float64Array =>
  Float64Array.from(x, (value, i) => {
    const isAbove = leavesOutLow ? value > low : value >= low;
    return isAbove && value <= high ? dy[i] : 0;
  });
