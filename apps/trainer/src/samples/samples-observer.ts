import type { RunObserver } from '../training/run-observer';
import { epochInProgress } from '../training/run-position';
import { createSampler, type Sampler } from './sampler';

/** Draws the grids of each epoch. */
export function createSamplesObserver(): RunObserver {
  let sampler: Sampler | undefined;
  return {
    async start({ dataset, folder, options }) {
      sampler = await createSampler(dataset, { folder: folder.samples, seed: options.seed });
    },
    async afterEpoch({ trainee, stepsPerEpoch }, position) {
      await sampler?.write(trainee.model, epochInProgress(position, stepsPerEpoch));
    },
  };
}
