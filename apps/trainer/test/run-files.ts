import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Lines of a run's log.jsonl. */
export function readLog(run: string): Record<string, unknown>[] {
  return readFileSync(join(run, 'log.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Every file under a folder, as sorted relative paths. */
export function listFiles(folder: string, prefix = ''): string[] {
  return readdirSync(join(folder, prefix))
    .flatMap((name) => {
      const path = join(prefix, name);
      return statSync(join(folder, path)).isDirectory() ? listFiles(folder, path) : [path];
    })
    .sort();
}

/** The content of a checkpoint's training.json. */
export interface SavedTraining {
  readonly step: number;
  readonly epoch: number;
  readonly epochStep: number;
  readonly states: Record<string, unknown>;
  readonly files: Record<string, string>;
}

/** Reads the training.json of a run's checkpoint. */
export function readTraining(run: string, checkpoint = 'last'): SavedTraining {
  return JSON.parse(readFileSync(join(run, 'checkpoints', checkpoint, 'training.json'), 'utf8')) as SavedTraining;
}

/**
 * Everything that two runs with the same options must share, bit for bit: SHA-256 of weights, averages and optimisers, the random state,
 * the position, the losses of every step.
 */
export function essenceOf(run: string): unknown {
  const { step, epoch, epochStep, states, files } = readTraining(run);
  const log = readLog(run).map(({ step, epoch, discriminator, generator }) => ({ step, epoch, discriminator, generator }));
  return { step, epoch, epochStep, states, files, log };
}
