import { join } from 'node:path';

/** Paths in a run folder. */
export interface RunFolder {
  readonly path: string;
  readonly config: string;
  readonly log: string;
  /** Why the run ended; missing while it continues. */
  readonly ending: string;
  readonly samples: string;
  readonly checkpoints: string;
  /** The frozen judge that chooses the best epoch. */
  readonly judge: string;
  /** The judge's scores, and the pairs that it scored. */
  readonly judging: string;
  /** The classifier whose feature a baseline generates from, if the run trained one. */
  readonly featureClassifier: string;
  /** Simulated musicians, if no data are given. */
  readonly simulatedData: string;
}

/** Path of a run's newest checkpoint. */
export const lastCheckpoint = ({ checkpoints }: Pick<RunFolder, 'checkpoints'>) => join(checkpoints, 'last');

/** The paths in the run folder `path`. */
export function runFolder(path: string): RunFolder {
  return {
    path,
    config: join(path, 'config.json'),
    log: join(path, 'log.jsonl'),
    ending: join(path, 'ending.json'),
    samples: join(path, 'samples'),
    checkpoints: join(path, 'checkpoints'),
    judge: join(path, 'judge'),
    featureClassifier: join(path, 'feature-classifier'),
    judging: join(path, 'judging.json'),
    simulatedData: join(path, 'simulated-data'),
  };
}
