import { readFile } from 'node:fs/promises';
import { decodeAudio, LMS_SAMPLE_RATE_HZ, LMS_SAMPLES, resample, toMono } from '@cmcgan/audio-features';
import { UserError } from '@cmcgan/command-line';

/** The bytes of a file that was named, as a plain Uint8Array; an error names it too. */
export async function readInput(path: string): Promise<Uint8Array> {
  try {
    return Uint8Array.from(await readFile(path));
  } catch (error) {
    throw Object.assign(error as Error, { path }); // Node leaves the path of a folder out
  }
}

interface HalfSecondOptions {
  /** Where in the sound it starts. */
  readonly atSeconds: number;
  /** Receives what was read. */
  readonly note: (line: string) => void;
}

const SECONDS = 0.5;
const shown = (seconds: number) => `${Number(seconds.toFixed(2))} s`;

/**
 * Half a second of a sound file, mono at 44.1 kHz, [22050], full scale ±1. What a shorter sound lacks at its end is silence.
 *
 * @throws where the file is no sound that can be read, or ends before `atSeconds`
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
  if (excerpt.length < wanted) note(`It holds only ${shown(left)} from there on: the rest of the half second is silence.`);
  const padded = new Float32Array(wanted);
  padded.set(excerpt);
  if (sampleRateHz === LMS_SAMPLE_RATE_HZ) return padded;
  return resample(padded, { fromHz: sampleRateHz, toHz: LMS_SAMPLE_RATE_HZ }).subarray(0, LMS_SAMPLES);
}
