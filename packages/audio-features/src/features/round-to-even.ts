/** The nearest integer, ties to even: numpy's `rint`, Python's `round`. */
export function roundToEven(value: number): number {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + Math.abs(floor % 2) : Math.round(value);
}
