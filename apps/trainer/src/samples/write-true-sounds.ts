import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LMS_SAMPLE_RATE_HZ, readWav, toMono, writeWav } from '@cmcgan/audio-features';
import type { Pair } from '@cmcgan/sub-urmp';
import { writeAtomically } from '@cmcgan/training/node';
import { instrumentFileName } from './sample-folders';

/** Writes the sounds of pairs as they were recorded, in mono: `<folder>/<instrument>.wav`, to be heard beside the generated ones. */
export async function writeTrueSounds(folder: string, pairs: readonly Pick<Pair, 'instrument' | 'soundPath'>[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { instrument, soundPath } of pairs) {
    const { samples } = readWav(await readFile(soundPath), { name: soundPath });
    const wav = writeWav({ samples: toMono(samples), sampleRateHz: LMS_SAMPLE_RATE_HZ });
    await writeAtomically(join(folder, `${instrumentFileName(instrument)}.wav`), wav);
  }
}
