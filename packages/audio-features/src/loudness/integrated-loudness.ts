import { createLoudnessMeter } from './loudness-meter';
import type { LoudnessOptions } from './loudness-meter';

/**
 * Loudness of a recording in LUFS, after ITU-R BS.1770-4 (EBU R 128).
 *
 * @param channels One Float32Array [samples] per channel, full scale ±1; at least 0.4 s, else nothing can be measured.
 * @returns LUFS; -Infinity when no 0.4 s of it are louder than -70 LUFS
 */
export function integratedLoudness(channels: Float32Array[], options: LoudnessOptions): number {
  const meter = createLoudnessMeter(options);
  meter.push(channels);
  return meter.integratedLufs();
}
