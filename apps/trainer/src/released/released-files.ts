import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DecibelRange } from '@cmcgan/audio-features';

/** Folder of a run for what the released weights restored, which is complete once its {@link RELEASED_FILE} is there. */
export const RELEASED_FOLDER = 'released';

/** Describes what is in the folder: a {@link Released}. */
export const RELEASED_FILE = 'released.json';

/** What a classifier takes a pair for, and how sure it is. */
export interface TakenFor {
  readonly className: string;
  readonly probability: number;
}

/** A pair of which either half was restored from the other. */
export interface RestoredPair {
  readonly instrument: string;
  /** Classified by the picture and the generated sound. */
  readonly byPicture: TakenFor;
  /** Classified by the sound and the generated picture. */
  readonly bySound: TakenFor;
}

/** The content of {@link RELEASED_FILE}. */
export interface Released {
  /** Of the released generator, from which the gain of the sounds follows. */
  readonly decibelRange: DecibelRange;
  readonly pairs: readonly RestoredPair[];
}

/** Paths of a pair's files. */
export const releasedFiles = (folder: string, instrument: string) => ({
  picture: join(folder, `${instrument}.png`),
  sound: join(folder, `${instrument}.wav`),
  pictureFromSound: join(folder, `${instrument}-from-sound.png`),
  soundFromPicture: join(folder, `${instrument}-from-picture.wav`),
});

/** Reads what the released weights restored for a run; null if nothing. */
export async function readReleased(folder: string): Promise<Released | null> {
  const file = join(folder, RELEASED_FILE);
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Released) : null;
}
