import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describeError } from '@cmcgan/command-line';
import type { RunFolder } from '@cmcgan/training/node';
import { REPORT_FILE } from '../report/report-file';
import { writeFirstReport, writeReport } from '../report/write-report';
import type { Run } from '../training/run';
import { readReleased, RELEASED_FOLDER } from './released-files';

/**
 * Restores a few pairs with the released weights, if the options ask for it and the run folder does not have them, writes the report that opens
 * with them, and says where it is. It comes before the data are read or simulated, which may take minutes. If it fails, the error is only a note.
 */
export async function showReleased({ options, folder, progress }: Pick<Run, 'options' | 'folder' | 'progress'>): Promise<void> {
  const inRun = join(folder.path, RELEASED_FOLDER);
  if (options.releasedFirst === 'no' || (await readReleased(inRun)) !== null) return;
  progress.status('restoring pictures and sounds with the released weights');
  try {
    const { restorePairs } = await import('./restore-pairs'); // slow to load
    const { length } = (await restorePairs(inRun)).pairs;
    const write = existsSync(folder.config) ? writeReport : writeFirstReport;
    const report = await write(folder.path, { writtenAt: new Date() });
    progress.note(
      `To look at and listen to now: the released weights have restored ${length} pictures and ${length} sounds, on top of ${report}; ${REPORT_FILE} grows as this run trains`,
    );
  } catch (error) {
    progress.note(`warning: the released weights could not be shown: ${describeError(error)}`);
  }
}

/** Removes what {@link showReleased} wrote into the folder of a run that could not be started. */
export async function removeReleased({ path }: Pick<RunFolder, 'path'>): Promise<void> {
  for (const name of [RELEASED_FOLDER, REPORT_FILE]) await rm(join(path, name), { recursive: true, force: true });
}
