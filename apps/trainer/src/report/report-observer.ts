import { describeError } from '@cmcgan/command-line';
import type { ObservedRun, RunObserver } from '../training/run-observer';
import type { GridCache } from './draw-grids';
import { writeReport } from './write-report';

/** Largest share of a run's time spent on its report. */
const SHARE_OF_TIME = 0.02;

/**
 * Creates an observer that writes report.html after the first epoch, after later ones as time allows, and at the end. If that fails, the
 * error is only a note and the run continues.
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
