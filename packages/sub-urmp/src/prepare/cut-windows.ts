import { LMS_SAMPLE_RATE_HZ, LMS_SAMPLES } from '@cmcgan/audio-features';
import { WINDOW_MS } from '../reading/check/audit-leakage';
import { SILENCE, type SilenceRule } from '../reading/check/silence-rule';

export interface CutWindowsOptions {
  /** Time from the start of one window to the start of the next. */
  stepMs: number;
  silence?: SilenceRule;
}

/** Half a second of a recording: a window. */
export interface SoundWindow {
  /** Position on the grid: the middle of the window lies at 250 ms + index·stepMs. */
  index: number;
  /** The middle of the window, the time of its picture. */
  timeMs: number;
  /** Index of its first sample in the recording. */
  start: number;
}

export interface CutWindows {
  windows: SoundWindow[];
  /** Number of windows left out because they are silent. */
  silentCount: number;
}

/** The middle of a recording's first window, in ms. */
export const FIRST_MS = WINDOW_MS / 2;

/**
 * Cuts a recording into windows of 0.5 s, one every `stepMs`, and leaves out the silent ones.
 * @param samples mono, 44,100 Hz
 */
export function cutWindows(samples: Float32Array, { stepMs, silence = {} }: CutWindowsOptions): CutWindows {
  const rule = { ...SILENCE, ...silence };
  const windows: SoundWindow[] = [];
  for (let index = 0; ; index++) {
    const start = Math.round((index * stepMs * LMS_SAMPLE_RATE_HZ) / 1000);
    if (start + LMS_SAMPLES > samples.length) break;
    windows.push({ index, timeMs: FIRST_MS + index * stepMs, start });
  }
  const levelsDb = windows.map(({ start }) => levelDb(samples.subarray(start, start + LMS_SAMPLES)));
  const loudestDb = levelsDb.reduce((a, b) => Math.max(a, b), -Infinity);
  const sounding = windows.filter(
    (_, i) => levelsDb[i] >= rule.belowFullScaleDb && levelsDb[i] >= loudestDb - rule.belowLoudestDb,
  );
  return { windows: sounding, silentCount: windows.length - sounding.length };
}

/** RMS in dB of full scale; -Infinity for digital silence. */
function levelDb(samples: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i] * samples[i];
  return 10 * Math.log10(sum / samples.length);
}
