import type { ScoreCell } from './cell';

/** What guessing gets at best: always naming the most frequent class. Of classes that are equally frequent, one in as many as there are. */
export function chanceOf({ confusion, n }: Pick<ScoreCell, 'confusion' | 'n'>): number {
  const counts = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  return n === 0 ? 0 : Math.max(...counts) / n;
}
