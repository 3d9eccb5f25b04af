/** When a window counts as silence. */
export interface SilenceRule {
  /** RMS so far below the loudest window of the same recording: 40 dB unless told otherwise. Infinity turns it off. */
  belowLoudestDb?: number;
  /** RMS below this level of full scale: -70 dB unless told otherwise. -Infinity turns it off. */
  belowFullScaleDb?: number;
}

/** The rule unless told otherwise. */
export const SILENCE: Required<SilenceRule> = { belowLoudestDb: 40, belowFullScaleDb: -70 };
