import { readFile } from 'node:fs/promises';
import { decodeAudio, LMS_SAMPLE_RATE_HZ, LMS_SAMPLES, resample, toMono } from '@cmcgan/audio-features';
import { UserError } from '@cmcgan/command-line';

/** The bytes of a file, as a plain Uint8Array. Errors name the file. */
export async function readInput(path: string): Promise<Uint8Array> {
  try {
    return Uint8Array.from(await readFile(path));
  } catch (error) {
    throw Object.assign(error as Error, { path }); // Node omits the path if it is a folder
  }
}

interface HalfSecondOptions {
  /** Start of the half second in the sound. */
  readonly atSeconds: number;
  /** Receives a message about what was read. */
  readonly note: (line: string) => void;
}

const SECONDS = 0.5;
const shown = (seconds: number) => `${Number(seconds.toFixed(2))} s`;

/**
 * Half a second of a sound file, mono at 44.1 kHz, [22050], full scale ±1, padded with silence if the sound ends before.
 *
 * @throws if the file cannot be read as a sound, or ends before `atSeconds`
 */
export async function readHalfSecond(path: string, { atSeconds, note }: HalfSecondOptions): Promise<Float32Array> {
  const { samples, sampleRateHz } = await decodeAudio(await readInput(path), { name: path });
  const mono = toMono(samples);
  const wanted = Math.ceil(SECONDS * sampleRateHz);
  const start = Math.round(atSeconds * sampleRateHz);
  const excerpt = mono.subarray(start, start + wanted);
  const [seconds, left] = [mono.length / sampleRateHz, excerpt.length / sampleRateHz];
  if (left === 0) throw new UserError(`--at ${atSeconds} must lie before the end of ${path}, which has ${shown(seconds)}`);
  const channels = `${samples.length} channel${samples.length === 1 ? '' : 's'}`;
  note(`Read ${path} (${shown(seconds)}, ${sampleRateHz} Hz, ${channels}): half a second from ${shown(atSeconds)} on.`);
  if (excerpt.length < wanted) note(`Only ${shown(left)} follow from there: the rest of the half second is silence.`);
  const padded = new Float32Array(wanted);
  padded.set(excerpt);
  if (sampleRateHz === LMS_SAMPLE_RATE_HZ) return padded;
  return resample(padded, { fromHz: sampleRateHz, toHz: LMS_SAMPLE_RATE_HZ }).subarray(0, LMS_SAMPLES);
}
