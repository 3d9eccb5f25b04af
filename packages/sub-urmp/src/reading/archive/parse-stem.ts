/** The parts of a stem of the archive, `{instrument}{song:02}_{ms}`, for example `double_bass03_12500`. */
export interface StemParts {
  song: number | null;
  timeMs: number | null;
}

/** Parses song and time from a stem; both are null if it has another form. */
export function parseStem(stem: string): StemParts {
  const match = /(\d{2,})_(\d+)$/.exec(stem);
  return match ? { song: Number(match[1]), timeMs: Number(match[2]) } : { song: null, timeMs: null };
}
