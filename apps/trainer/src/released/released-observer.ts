import { join } from 'node:path';
import { describeError } from '@cmcgan/command-line';
import { REPORT_FILE } from '../report/report-file';
import { writeReport } from '../report/write-report';
import type { Run } from '../training/run';
import type { RunObserver } from '../training/run-observer';
import { readReleased, RELEASED_FOLDER } from './released-files';

/**
 * Creates an observer that restores a few pairs with the released weights before the first step, writes the report that opens with them, and says where
 * it is. If that fails, the error is only a note and the run goes on.
 */
export function createReleasedObserver({
  options,
  folder,
  progress,
}: Pick<Run, 'options' | 'folder' | 'progress'>): RunObserver | null {
  if (options.releasedFirst === 'no') return null;
  const inRun = join(folder.path, RELEASED_FOLDER);
  return {
    async start() {
      if ((await readReleased(inRun)) !== null) return;
      progress.status('restoring pictures and sounds with the released weights');
      try {
        const { restorePairs } = await import('./restore-pairs'); // slow to load
        const { length } = (await restorePairs(inRun)).pairs;
        const report = await writeReport(folder.path, { writtenAt: new Date() });
        progress.note(
          `To look at and listen to now: the released weights have restored ${length} pictures and ${length} sounds, on top of ${report}; ${REPORT_FILE} grows as this run trains`,
        );
      } catch (error) {
        progress.note(`warning: the released weights could not be shown: ${describeError(error)}`);
      }
    },
  };
}
