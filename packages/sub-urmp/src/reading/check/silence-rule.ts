/** When a window counts as silent. */
export interface SilenceRule {
  /** RMS this far below the loudest window of the same recording, by default 40 dB. Infinity turns it off. */
  belowLoudestDb?: number;
  /** RMS below this level relative to full scale, by default -70 dB. -Infinity turns it off. */
  belowFullScaleDb?: number;
}

/** The default rule. */
export const SILENCE: Required<SilenceRule> = { belowLoudestDb: 40, belowFullScaleDb: -70 };
