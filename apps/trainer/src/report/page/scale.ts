/** Converts values to pixels along an axis. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  toPixels(value: number): number;
}

/**
 * An axis over `values` with a small margin, its low end at pixel `from` and its high end at pixel `to`. The caller must leave out values
 * that a logarithmic axis can't show. Self-contained, since the page embeds its source.
 */
export function scale(
  values: readonly number[],
  { from, to, log, room }: { from: number; to: number; log: boolean; room: number },
): Scale {
  const place = (value: number) => (log ? Math.log10(value) : value);
  const back = (position: number) => (log ? 10 ** position : position);
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, place(value)), Math.max(high, place(value))];
  if (low > high) [low, high] = [0, 1];
  if (low === high) [low, high] = [low - (Math.abs(low) || 1) / 10, high + (Math.abs(high) || 1) / 10];
  const margin = (high - low) * room;
  [low, high] = [low - margin, high + margin];
  return {
    low: back(low),
    high: back(high),
    toPixels: (value) => from + ((place(value) - low) / (high - low)) * (to - from),
  };
}
