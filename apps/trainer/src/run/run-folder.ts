import { join } from 'node:path';

/** Paths of one run. */
export interface RunFolder {
  readonly path: string;
  readonly config: string;
  readonly log: string;
  readonly samples: string;
  readonly checkpoints: string;
  /** Where musicians are simulated when no data is given. */
  readonly simulatedData: string;
}

/** The paths of a run in the folder `path`. */
export function runFolder(path: string): RunFolder {
  return {
    path,
    config: join(path, 'config.json'),
    log: join(path, 'log.jsonl'),
    samples: join(path, 'samples'),
    checkpoints: join(path, 'checkpoints'),
    simulatedData: join(path, 'simulated-data'),
  };
}
