import type { BrokenFileError, FileProblem } from './broken-file';

/** A file that cannot be used, and the pair that is left out because of it. */
export interface LeftOut {
  /** `split/instrument/stem`; a pair with two broken files is listed twice. */
  readonly pairId: string;
  readonly path: string;
  readonly problem: FileProblem;
  /** One sentence that names the file. */
  readonly message: string;
}

export function leftOut(pairId: string, { path, problem, message }: BrokenFileError): LeftOut {
  return { pairId, path, problem, message };
}

/** The number of different pairs in the entries. */
export function leftOutPairs(entries: readonly LeftOut[]): number {
  return new Set(entries.map(({ pairId }) => pairId)).size;
}

/** Summary in one line: `3 pairs (2 truncated, 1 missing half)`. */
export function summariseLeftOut(entries: readonly LeftOut[]): string {
  const pairs = leftOutPairs(entries);
  return `${pairs} pair${pairs === 1 ? '' : 's'} (${countProblems(entries)})`;
}

/** Counts by problem: `1 missing half, 2 truncated`. */
export function countProblems(entries: readonly LeftOut[]): string {
  const counts = new Map<FileProblem, number>();
  for (const { problem } of entries) counts.set(problem, (counts.get(problem) ?? 0) + 1);
  const list = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([problem, count]) => `${count} ${problem}`);
  return list.join(', ');
}
