/** At most `count` evenly spaced `items`, including the first and the last. `count` must be at least 2. */
export function thinOut<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, index) => items[Math.round((index * (items.length - 1)) / (count - 1))]);
}
