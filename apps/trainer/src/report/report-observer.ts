import { describeError } from '@cmcgan/command-line';
import type { ObservedRun, RunObserver } from '../training/run-observer';
import type { GridCache } from './draw-grids';
import { writeReport } from './write-report';

/** At most this share of a run's time goes into its report. */
const SHARE_OF_TIME = 0.02;

/**
 * Writes report.html after the first epoch, after each later one for which there is time, and at the end. A report that can't be written
 * is a note, never the end of a run.
 */
export function createReportObserver({
  folder,
  nowMs,
  progress,
}: Pick<ObservedRun, 'folder' | 'nowMs' | 'progress'>): RunObserver {
  const cache: GridCache = new Map();
  let nextMs = -Infinity;
  const write = async () => {
    const startMs = nowMs();
    try {
      await writeReport(folder.path, { writtenAt: new Date(), cache });
    } catch (error) {
      progress.note(`warning: the report could not be written: ${describeError(error)}`);
    }
    nextMs = nowMs() + (nowMs() - startMs) / SHARE_OF_TIME;
  };
  return {
    async afterEpoch() {
      if (nowMs() >= nextMs) await write();
    },
    finish: write,
  };
}
