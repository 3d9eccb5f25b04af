import { isAudioBuffer, type AudioBufferLike, type AudioChannels } from '../audio-channels';
import { assertOptions } from '../assert-options';
import { LOUDNESS_NAMES, openLoudnessMeter } from './loudness-meter';
import type { LoudnessOptions } from './loudness-meter';

const WHERE = 'integratedLoudness';

/**
 * Loudness of a recording in LUFS, after ITU-R BS.1770-4 (EBU R 128).
 *
 * @param channels One Float32Array [samples] per channel in the order of WAV, a Float32Array for mono, or an AudioBuffer (whose rate is
 *   the default); full scale ±1; at least 0.4 s to measure anything.
 * @returns LUFS; -Infinity if no block of 0.4 s is louder than -70 LUFS
 */
export function integratedLoudness(channels: AudioBufferLike, options?: Partial<LoudnessOptions>): number;
export function integratedLoudness(channels: AudioChannels, options: LoudnessOptions): number;
export function integratedLoudness(channels: AudioChannels, options: Partial<LoudnessOptions> = {}): number {
  assertOptions(options, LOUDNESS_NAMES, WHERE);
  const { sampleRateHz = isAudioBuffer(channels) ? channels.sampleRate : Number.NaN, channelWeights } = options;
  const meter = openLoudnessMeter({ sampleRateHz, channelWeights }, { create: WHERE, push: WHERE });
  meter.push(channels);
  return meter.integratedLufs();
}
