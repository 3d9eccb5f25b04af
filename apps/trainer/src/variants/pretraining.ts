import type { RunFacts } from '../training/run';
import type { Progress } from '../progress/progress';

/** What pretraining needs of a run. */
export interface PreparedRun extends Pick<RunFacts, 'dataset' | 'folder'> {
  readonly progress: Progress;
}

/** The entries whose names start with `prefix`. */
export function startingWith<T>(named: Readonly<Record<string, T>>, prefix: string): Record<string, T> {
  return Object.fromEntries(Object.entries(named).filter(([name]) => name.startsWith(prefix)));
}
