import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LMS_SAMPLE_RATE_HZ, LMS_SAMPLES, writeWav } from '@cmcgan/audio-features';
import { encodeJpeg } from '@cmcgan/image-io';
import { onTestFinished } from 'vitest';
import { createRandom } from '@cmcgan/random';

/** Creates a folder that is removed when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sub-urmp-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files, given by their path in the folder. */
export async function writeFiles(folder: string, files: Record<string, Uint8Array | string>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

/** A picture of noise around a colour, as a JPEG file. */
export function noisyJpeg(seed: number, { width = 48, height = 27 } = {}): Promise<Uint8Array> {
  const random = createRandom(seed);
  const colour = [random.integer(200), random.integer(200), random.integer(200)];
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => colour[i % 3] + random.integer(56));
  return encodeJpeg({ pixels, width, height });
}

/** A tone with a little noise, as a stereo WAV file of half a second. */
export function toneWav(
  seed: number,
  { amplitude = 0.1, sampleRateHz = LMS_SAMPLE_RATE_HZ, length = LMS_SAMPLES } = {},
): Uint8Array {
  const random = createRandom(seed);
  const frequencyHz = 200 + random.integer(2000);
  const tone = Float32Array.from(
    { length },
    (_, i) => amplitude * (Math.sin((2 * Math.PI * frequencyHz * i) / LMS_SAMPLE_RATE_HZ) + 0.02 * (random.uniform() - 0.5)),
  );
  return writeWav({ samples: [tone, tone], sampleRateHz });
}

/** Number of pairs by split and instrument. */
export type Counts = Record<string, Record<string, number>>;

export const SMALL: Counts = { train: { horn: 4, flute: 3, cello: 3 }, validation: { horn: 2, flute: 2 } };

/** Writes an archive of small pictures and tones, with different songs in the validation split. Every file is different. */
export async function writeArchive(folder: string, counts: Counts = SMALL): Promise<void> {
  let seed = 1;
  for (const [song, split] of Object.keys(counts).entries()) {
    for (const [instrument, count] of Object.entries(counts[split])) {
      for (let i = 0; i < count; i++, seed++) {
        const stem = `${instrument}0${song + 1}_${500 + i * 100}`;
        await writeFiles(folder, {
          [`img/${split}/${instrument}/${stem}.jpg`]: await noisyJpeg(seed),
          [`chunk/${split}/${instrument}/${stem}.wav`]: toneWav(seed),
        });
      }
    }
  }
}

/** A temporary folder with an archive in it. */
export async function smallArchive(counts?: Counts): Promise<string> {
  const folder = await temporaryFolder();
  await writeArchive(folder, counts);
  return folder;
}

/** Replaces typed arrays, however nested, by their hash, since comparing them element by element takes seconds. */
export function hashed(value: unknown): unknown {
  if (ArrayBuffer.isView(value))
    return `${value.constructor.name} ${createHash('sha256')
      .update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
      .digest('hex')}`;
  if (Array.isArray(value)) return value.map(hashed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, hashed(entry)]));
}
