import { UserError } from '@cmcgan/command-line';
import { assertSameClasses } from '@cmcgan/evaluation';
import { findRun, type CheckpointInfo, type TrainedRun } from '@cmcgan/training/node';

const ONE_BY_ONE = 'evaluate them one by one';

/**
 * The runs that are evaluated together: in one dB range, of the same classes. All that can be wrong with them is told here,
 * before anything is read, trained or written.
 */
export async function findRuns(paths: readonly string[], checkpoint: string | undefined): Promise<TrainedRun[]> {
  const runs: TrainedRun[] = [];
  for (const path of paths) runs.push(await findRun(path, { checkpoint }));
  const [first, ...others] = runs;
  const { decibelRange } = first.config.data;
  for (const other of others) {
    assertSameClasses(classesOf(first), classesOf(other), ONE_BY_ONE);
    const { floorDb, ceilingDb } = other.config.data.decibelRange;
    if (floorDb === decibelRange.floorDb && ceilingDb === decibelRange.ceilingDb) continue;
    throw new UserError(
      `runs ${first.folder} and ${other.folder} were trained in different dB ranges, so on different data; ${ONE_BY_ONE}`,
    );
  }
  return runs;
}

/** A run as a sentence about classes calls it. */
export const classesOf = ({ folder, config }: TrainedRun) => ({ name: `run ${folder}`, classNames: config.data.classNames });

/** Which checkpoint figures are of, for people: "checkpoint best (epoch 3, step 106), which a judge chose". */
export function describeCheckpoint({ name, epoch, step }: Pick<CheckpointInfo, 'name' | 'epoch' | 'step'>): string {
  return `checkpoint ${name} (epoch ${epoch}, step ${step})${CHOICES[name] ?? ''}`;
}

const CHOICES: Readonly<Record<string, string>> = { best: ', which a judge chose', last: ', the last one saved' };
