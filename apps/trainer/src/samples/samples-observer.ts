import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dataset } from '@cmcgan/sub-urmp';
import { epochInProgress } from '@cmcgan/training/node';
import type { RunFacts } from '../training/run';
import type { RunObserver } from '../training/run-observer';
import { choosePairs } from './choose-pairs';
import { writeListeningSet } from './listening-set';
import { instrumentFileName, SAMPLE_FOLDERS } from './sample-folders';
import { createSampler, type Sampler } from './sampler';
import { writeRecording } from './sound-files';

/** Creates an observer that writes samples each epoch, the true sounds to compare with the generated ones, and at the end more sounds to listen to. */
export function createSamplesObserver({ dataset, folder, options }: RunFacts): RunObserver {
  const { seed, listeningPairs: pairsPerClass } = options;
  let sampler: Sampler | undefined;
  return {
    async start() {
      sampler = await createSampler(dataset, { folder: folder.samples, seed });
      await writeTrueSounds(join(folder.samples, SAMPLE_FOLDERS.trueSounds), dataset, seed);
    },
    async afterEpoch({ model, stepsPerEpoch }, position) {
      await sampler?.write(model, epochInProgress(position, stepsPerEpoch));
    },
    async finish({ model }, { step }, outcome) {
      if (outcome === 'failed' || step === 0 || pairsPerClass === 0) return;
      await writeListeningSet(model, dataset, { folder: folder.samples, seed, pairsPerClass });
    },
  };
}

/** Writes the recorded sounds of the pairs in the grids as `<folder>/<instrument>.wav`. */
async function writeTrueSounds(folder: string, dataset: Dataset, seed: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { instrument, soundPath } of choosePairs(dataset, seed)) {
    const path = join(folder, `${instrumentFileName(instrument)}.wav`);
    await writeRecording(soundPath, { path, range: dataset.decibelRange });
  }
}
