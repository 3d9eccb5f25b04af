/** Middle value of a non-empty list; the mean of the two middle values if their number is even. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('median: values must hold at least one number, got none');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The median of several measurements of a quantity, the lowest and the highest. */
export interface Spread {
  median: number;
  lowest: number;
  highest: number;
}

/** The peer's time divided by ours, round by round: above 1, ours is faster. Both lists hold a time for each round, in the same order. */
export function ratioOf(ours: readonly number[], peers: readonly number[]): Spread {
  if (ours.length !== peers.length) {
    throw new Error(`ratioOf: ours and peers must hold as many rounds, got ${ours.length} and ${peers.length}`);
  }
  const ratios = ours.map((seconds, round) => peers[round]! / seconds);
  return { median: median(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) };
}
