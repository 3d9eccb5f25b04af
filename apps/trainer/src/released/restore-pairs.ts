import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DecibelRange } from '@cmcgan/audio-features';
import { findPairs, type Pair } from '@cmcgan/sub-urmp';
import { simulateDataset } from '@cmcgan/sub-urmp/simulator';
import { writeAtomically } from '@cmcgan/training/node';
import { readGenerator } from '@cmcgan/weights';
import { load, type ClassifiedPair, type Model } from 'cmcgan';
import { writeRecording } from '../samples/sound-files';
import { RELEASED_FILE, releasedFiles, type Released, type RestoredPair, type TakenFor } from './released-files';

/** Few enough for a few seconds. */
const INSTRUMENTS = ['violin', 'double_bass', 'flute', 'sax', 'trumpet', 'tuba'];

/** Of simulated musicians that the released weights have not seen: those that they were trained on have the seed 1. */
const UNSEEN_SEED = 1_000_003;

/**
 * Restores pairs with the released weights: simulates a pair of each of a few instruments, generates its picture from its sound and its sound from
 * its picture, and classifies it by either half. Writes all that into a folder, and last the file that describes it.
 */
export async function restorePairs(folder: string): Promise<Released> {
  const simulated = join(folder, 'simulated-data');
  await mkdir(folder, { recursive: true });
  await simulateDataset(simulated, { seed: UNSEEN_SEED, pairsPerClass: 1, validationPairsPerClass: 1 });
  const { decibelRange } = (await readGenerator()).config as { decibelRange: DecibelRange };
  const model = await load();
  try {
    const { validation } = (await findPairs(simulated)).splits;
    const pairs: RestoredPair[] = [];
    for (const name of INSTRUMENTS) {
      const pair = validation.find(({ instrument }) => instrument === name)!;
      pairs.push(await restore(pair, { folder, model, decibelRange }));
    }
    const released = { decibelRange, pairs };
    await writeAtomically(join(folder, RELEASED_FILE), `${JSON.stringify(released, null, 2)}\n`);
    return released;
  } finally {
    model.dispose();
    await rm(simulated, { recursive: true, force: true });
  }
}

interface Restoring {
  readonly folder: string;
  readonly model: Model;
  readonly decibelRange: DecibelRange;
}

async function restore(
  { instrument, imagePath, soundPath }: Pair,
  { folder, model, decibelRange }: Restoring,
): Promise<RestoredPair> {
  const files = releasedFiles(folder, instrument);
  const byPicture = await model.classify({ picture: imagePath });
  const bySound = await model.classify({ sound: soundPath });
  await writeAtomically(files.picture, await byPicture.picture.png());
  await writeAtomically(files.soundFromPicture, byPicture.sound.wav());
  await writeRecording(soundPath, { path: files.sound, range: decibelRange });
  await writeAtomically(files.pictureFromSound, await bySound.picture.png());
  return { instrument, byPicture: takenFor(byPicture), bySound: takenFor(bySound) };
}

const takenFor = ({ className, probabilities }: ClassifiedPair): TakenFor => ({
  className,
  probability: probabilities[className],
});
