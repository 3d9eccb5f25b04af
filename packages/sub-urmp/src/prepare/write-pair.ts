import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LMS_SAMPLE_RATE_HZ, writeWav } from '@cmcgan/audio-features';
import type { Split } from '../reading/pair';
import { writing } from './full-disk';

/** A pair's place in Sub-URMP's layout. */
export interface PairPlace {
  split: Split;
  className: string;
  /** The recording's number within its class, from 1. */
  song: number;
  /** The middle of its half second, in ms. */
  timeMs: number;
}

/** The stem `{class}{song:02}_{ms}`. If the class ends in a digit, a dash separates it from the song number. */
export function pairStem({ className, song, timeMs }: PairPlace): string {
  return `${className}${/\d$/.test(className) ? '-' : ''}${String(song).padStart(2, '0')}_${timeMs}`;
}

/** Writes a picture (bytes of a JPEG file) and its half second of sound (mono, 22,050 samples); returns the bytes written. */
export async function writePair(
  folder: string,
  place: PairPlace,
  { jpeg, samples }: { jpeg: Uint8Array; samples: Float32Array },
): Promise<number> {
  const stem = pairStem(place);
  const wav = writeWav({ samples, sampleRateHz: LMS_SAMPLE_RATE_HZ });
  await writeInto(join(folder, 'img', place.split, place.className), `${stem}.jpg`, jpeg);
  await writeInto(join(folder, 'chunk', place.split, place.className), `${stem}.wav`, wav);
  return jpeg.length + wav.length;
}

async function writeInto(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, name);
  try {
    await writing(path, writeFile(path, bytes));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(folder, { recursive: true });
    await writing(path, writeFile(path, bytes));
  }
}
