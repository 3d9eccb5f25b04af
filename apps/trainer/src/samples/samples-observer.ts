import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LMS_SAMPLE_RATE_HZ, readWav, toMono, writeWav } from '@cmcgan/audio-features';
import { readPairFile, type Pair } from '@cmcgan/sub-urmp';
import { epochInProgress, writeAtomically } from '@cmcgan/training/node';
import type { RunFacts } from '../training/run';
import type { RunObserver } from '../training/run-observer';
import { choosePairs } from './choose-pairs';
import { instrumentFileName, SAMPLE_FOLDERS } from './sample-folders';
import { createSampler, type Sampler } from './sampler';

/** Creates an observer that writes samples each epoch, and the true sounds to compare with the generated ones. */
export function createSamplesObserver({ dataset, folder, options }: RunFacts): RunObserver {
  const { seed } = options;
  let sampler: Sampler | undefined;
  return {
    async start() {
      sampler = await createSampler(dataset, { folder: folder.samples, seed });
      await writeTrueSounds(join(folder.samples, SAMPLE_FOLDERS.trueSounds), choosePairs(dataset, seed));
    },
    async afterEpoch({ model, stepsPerEpoch }, position) {
      await sampler?.write(model, epochInProgress(position, stepsPerEpoch));
    },
  };
}

/** Writes the recorded sounds of pairs, in mono, as `<folder>/<instrument>.wav`. */
async function writeTrueSounds(folder: string, pairs: readonly Pick<Pair, 'instrument' | 'soundPath'>[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { instrument, soundPath } of pairs) {
    const { samples } = readWav(await readPairFile(soundPath), { name: soundPath });
    const wav = writeWav({ samples: toMono(samples), sampleRateHz: LMS_SAMPLE_RATE_HZ });
    await writeAtomically(join(folder, `${instrumentFileName(instrument)}.wav`), wav);
  }
}
