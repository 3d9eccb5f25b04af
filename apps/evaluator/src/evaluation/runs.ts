import { UserError } from '@cmcgan/command-line';
import { assertSameClasses } from '@cmcgan/evaluation';
import { findRun, type CheckpointInfo, type TrainedRun } from '@cmcgan/training/node';

const ONE_BY_ONE = 'evaluate them one by one';

/**
 * Finds the runs to evaluate together, which must have the same dB range and classes. Whatever is wrong with them is reported here, before
 * any data are read, and before anything is trained or written.
 */
export async function findRuns(paths: readonly string[], checkpoint: string | undefined): Promise<TrainedRun[]> {
  const runs = await findEach(paths, checkpoint);
  const [first, ...others] = runs;
  const { decibelRange } = first.config.data;
  for (const other of others) {
    assertSameClasses(classesOf(first), classesOf(other), ONE_BY_ONE);
    const { floorDb, ceilingDb } = other.config.data.decibelRange;
    if (floorDb === decibelRange.floorDb && ceilingDb === decibelRange.ceilingDb) continue;
    throw new UserError(
      `runs ${first.folder} and ${other.folder} were trained with different dB ranges, so on different data; ${ONE_BY_ONE}`,
    );
  }
  return runs;
}

/**
 * Finds the runs of folds, which must have the classes of the evaluated run. Their dB ranges come from their own training pairs, so they may differ.
 */
export async function findFoldRuns(
  paths: readonly string[],
  main: TrainedRun,
  checkpoint: string | undefined,
): Promise<TrainedRun[]> {
  const runs = await findEach(paths, checkpoint);
  for (const run of runs) assertSameClasses(classesOf(main), classesOf(run), ONE_BY_ONE);
  return runs;
}

/** One after another, so that the first path that is wrong is the one reported. */
async function findEach(paths: readonly string[], checkpoint: string | undefined): Promise<TrainedRun[]> {
  const runs: TrainedRun[] = [];
  for (const path of paths) runs.push(await findRun(path, { checkpoint }));
  return runs;
}

/** A run's classes, with the run's name for error messages. */
export const classesOf = ({ folder, config }: TrainedRun) => ({ name: `run ${folder}`, classNames: config.data.classNames });

/** Describes a checkpoint for people: "checkpoint best (epoch 3, step 106), chosen by a judge". */
export function describeCheckpoint({ name, epoch, step }: Pick<CheckpointInfo, 'name' | 'epoch' | 'step'>): string {
  return `checkpoint ${name} (epoch ${epoch}, step ${step})${CHOICES[name] ?? ''}`;
}

const CHOICES: Readonly<Record<string, string>> = { best: ', chosen by a judge', last: ', the last one saved' };
