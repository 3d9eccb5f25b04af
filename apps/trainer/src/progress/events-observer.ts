import { epochInProgress, lastCheckpoint } from '@cmcgan/training/node';
import type { RunObserver } from '../training/run-observer';

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
      run.progress.event({ event: 'checkpoint', folder: lastCheckpoint(run.folder), epoch, step: position.step });
    },
  };
}
