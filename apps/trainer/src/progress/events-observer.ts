import type { RunObserver } from '../training/run-observer';
import { epochInProgress } from '../training/run-position';
import { lastCheckpoint } from '../training/save-run';

/** Tells programs that read along what happens between steps. */
export function createEventsObserver(): RunObserver {
  return {
    start({ folder, totalSteps, stepsPerEpoch, options, progress }, { step }) {
      progress.event({ event: 'started', folder: folder.path, step, totalSteps, stepsPerEpoch, epochs: options.epochs });
    },
    afterEpoch({ progress, stepsPerEpoch }, position) {
      progress.event({ event: 'epoch', epoch: epochInProgress(position, stepsPerEpoch), step: position.step });
    },
    afterCheckpoint(run, position) {
      const epoch = epochInProgress(position, run.stepsPerEpoch);
      run.progress.event({ event: 'checkpoint', folder: lastCheckpoint(run), epoch, step: position.step });
    },
  };
}
