import { join } from 'node:path';

/** Paths of one run. */
export interface RunFolder {
  readonly path: string;
  readonly config: string;
  readonly log: string;
  /** Why the run ended; not there while it continues. */
  readonly ending: string;
  readonly samples: string;
  readonly checkpoints: string;
  /** The frozen judge that chooses the best epoch. */
  readonly judge: string;
  /** Its scores, and the pairs that it scored. */
  readonly judging: string;
  /** The classifier whose feature a baseline generates from, where the run trained one. */
  readonly featureClassifier: string;
  /** Where musicians are simulated when no data is given. */
  readonly simulatedData: string;
}

/** The folder of a run's newest checkpoint. */
export const lastCheckpoint = ({ checkpoints }: Pick<RunFolder, 'checkpoints'>) => join(checkpoints, 'last');

/** The paths of a run in the folder `path`. */
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
