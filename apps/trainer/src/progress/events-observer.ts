import { epochInProgress, lastCheckpoint } from '@cmcgan/training/node';
import type { ObservedRun, RunObserver } from '../training/run-observer';

/** Creates an observer that emits the events between steps, for programs that read --json. */
export function createEventsObserver({
  folder,
  options,
  progress,
}: Pick<ObservedRun, 'folder' | 'options' | 'progress'>): RunObserver {
  return {
    start({ totalSteps, stepsPerEpoch }, { step }) {
      progress.event({ event: 'started', folder: folder.path, step, totalSteps, stepsPerEpoch, epochs: options.epochs });
    },
    afterEpoch({ stepsPerEpoch }, position) {
      progress.event({ event: 'epoch', epoch: epochInProgress(position, stepsPerEpoch), step: position.step });
    },
    afterCheckpoint({ stepsPerEpoch }, position) {
      const epoch = epochInProgress(position, stepsPerEpoch);
      progress.event({ event: 'checkpoint', folder: lastCheckpoint(folder), epoch, step: position.step });
    },
  };
}
