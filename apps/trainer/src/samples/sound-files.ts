import {
  LMS_SAMPLE_RATE_HZ,
  playbackGainDb,
  readWav,
  soundToWaveform,
  toMono,
  toPlayback,
  writeWav,
} from '@cmcgan/audio-features';
import type { DecibelRange } from '@cmcgan/audio-features';
import { readPairFile } from '@cmcgan/sub-urmp';
import { writeAtomically } from '@cmcgan/training/node';

/** Where a sound is written, and the dB range of the model and its data, from which the gain follows. */
export interface SoundFile {
  readonly path: string;
  readonly range: DecibelRange;
}

function write(waveform: Float32Array, { path, range }: SoundFile): Promise<void> {
  const { samples } = toPlayback(waveform, playbackGainDb(range));
  return writeAtomically(path, writeWav({ samples, sampleRateHz: LMS_SAMPLE_RATE_HZ }));
}

/** Writes a network's sound, Float32Array [128, 32] in [-1, 1], as a WAV file loud enough to listen to. The seed is that of its phases. */
export function writeGeneratedSound(sound: Float32Array, { seed, ...file }: SoundFile & { seed: number }): Promise<void> {
  return write(soundToWaveform(sound, file.range, { seed }), file);
}

/** Writes a recording as a mono WAV file, amplified like generated sounds. */
export async function writeRecording(recording: string, file: SoundFile): Promise<void> {
  const { samples } = readWav(await readPairFile(recording), { name: recording });
  await write(toMono(samples), file);
}
