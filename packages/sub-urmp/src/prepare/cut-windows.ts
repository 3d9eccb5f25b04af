import { LMS_SAMPLE_RATE_HZ, LMS_SAMPLES } from '@cmcgan/audio-features';
import { WINDOW_MS } from '../reading/check/audit-leakage';
import { SILENCE, type SilenceRule } from '../reading/check/silence-rule';

export interface CutWindowsOptions {
  /** From one window's start to the next one's. */
  stepMs: number;
  silence?: SilenceRule;
}

/** Half a second of a recording. */
export interface SoundWindow {
  /** Position on the grid: the middle of the window lies at 250 ms + index·stepMs. */
  index: number;
  /** The middle, where its picture belongs. */
  timeMs: number;
  /** Where it lies in the recording's samples. */
  start: number;
}

export interface CutWindows {
  windows: SoundWindow[];
  /** Windows that are left out because they are silent. */
  silentCount: number;
}

/** The middle of a recording's first window. */
export const FIRST_MS = WINDOW_MS / 2;

/**
 * Lays windows of 0.5 s over a recording, one every `stepMs`, and leaves out the silent ones.
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
