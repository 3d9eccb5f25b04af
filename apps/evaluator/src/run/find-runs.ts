import { UserError } from '@cmcgan/command-line';
import { findRun, type Run } from './find-run';
import { assertSameClasses } from './classes';

const ONE_BY_ONE = 'evaluate them one by one';

/**
 * The runs that are evaluated together: in one dB range, of the same classes. All that can be wrong with them is told here,
 * before anything is read, trained or written.
 */
export async function findRuns(paths: readonly string[], checkpoint: string | undefined): Promise<Run[]> {
  const runs: Run[] = [];
  for (const path of paths) runs.push(await findRun(path, checkpoint));
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
export const classesOf = ({ folder, config }: Run) => ({ name: `run ${folder}`, classNames: config.data.classNames });
