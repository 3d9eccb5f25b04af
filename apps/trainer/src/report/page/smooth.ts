/**
 * Exponential moving average of `values` with the given weight of the past, 0 … 1, corrected for its start (as TensorBoard does), so
 * that the first values aren't pulled towards 0. Self-contained, since the page embeds its source.
 */
export function smooth(values: readonly (number | null)[], weight: number): (number | null)[] {
  let [average, past] = [0, 1];
  return values.map((value) => {
    if (value === null) return null;
    average = weight * average + (1 - weight) * value;
    past *= weight;
    return past === 1 ? value : average / (1 - past);
  });
}
