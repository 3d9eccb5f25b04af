import { join } from 'node:path';
import { epochInProgress } from '@cmcgan/training/node';
import type { RunObserver } from '../training/run-observer';
import { choosePairs } from './choose-pairs';
import { SAMPLE_FOLDERS } from './sample-folders';
import { createSampler, type Sampler } from './sampler';
import { writeTrueSounds } from './write-true-sounds';

/** Draws the grids of each epoch, and writes the true sounds to hear beside the generated ones. */
export function createSamplesObserver(): RunObserver {
  let sampler: Sampler | undefined;
  return {
    async start({ dataset, folder, options }) {
      sampler = await createSampler(dataset, { folder: folder.samples, seed: options.seed });
      await writeTrueSounds(join(folder.samples, SAMPLE_FOLDERS.trueSounds), choosePairs(dataset, options.seed));
    },
    async afterEpoch({ model, stepsPerEpoch }, position) {
      await sampler?.write(model, epochInProgress(position, stepsPerEpoch));
    },
  };
}
