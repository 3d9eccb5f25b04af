import { assertArgument } from '../assert-argument';
import type { DecibelRange } from './sound';

/**
 * Loudest level in dB of a mel of `logMelSpectrum` in music that peaks at -1 dBFS. In 400 real training sounds the peak in dBFS is 33
 * below the loudest mel in dB (median; nine in ten are within 28 to 38).
 */
const LOUDEST_MEL_DB = 32;

/**
 * The gain that makes a model's sounds, and the recordings that it was trained on, loud enough to listen to: with it, sounds as loud as the
 * loudest of the training data peak at about -1 dBFS. It depends on the model's range alone, so it keeps the differences between its sounds.
 *
 * @param range The model's: its ceiling is the level that one in 10,000 values of the training data exceeds
 * @returns dB; negative for training data whose loudest sounds come close to full scale
 */
export function playbackGainDb({ ceilingDb }: DecibelRange): number {
  assertArgument(Number.isFinite(ceilingDb), 'playbackGainDb', 'ceilingDb must be finite', ceilingDb);
  return LOUDEST_MEL_DB - ceilingDb;
}

/** A waveform to listen to. */
export interface Playback {
  samples: Float32Array;
  /** The gain that was applied to it. */
  gainDb: number;
}

/**
 * Makes a waveform at 44.1 kHz fit to listen to: amplifies it by a gain in dB, or by as much of it as keeps the peak within full scale, and
 * fades its first and last 5 ms in and out along half a period of a squared sine, so that it doesn't click where it starts and ends.
 *
 * @param samples Float32Array [samples], from `soundToWaveform` or a recording; stays as it is. Shorter than 10 ms: it fades over its halves
 * @param gainDb {@link playbackGainDb} of the model's range, or 0 to keep the level
 * @returns Float32Array [samples] in [-1, 1], and the gain in dB that was applied
 */
export function toPlayback(samples: Float32Array, gainDb: number): Playback {
  assertArgument(Number.isFinite(gainDb), 'toPlayback', 'gainDb must be finite', gainDb);
  const played = fadeEnds(samples);
  const peak = played.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const factor = 10 ** (gainDb / 20);
  if (factor * peak <= 1) return { samples: played.map((value) => value * factor), gainDb };
  return { samples: played.map((value) => value / peak), gainDb: -20 * Math.log10(peak) };
}

/** Samples over which each end fades: 5 ms. */
const FADE_SAMPLES = 220;

function fadeEnds(samples: Float32Array): Float32Array {
  const faded = samples.slice();
  const count = Math.min(FADE_SAMPLES, faded.length >> 1);
  for (let n = 0; n < count; n++) {
    const weight = Math.sin((Math.PI / 2) * ((n + 0.5) / count)) ** 2;
    faded[n]! *= weight;
    faded[faded.length - 1 - n]! *= weight;
  }
  return faded;
}
