import { WINDOW_MS } from '../check/audit-leakage';
import type { Split } from '../dataset';
import { createRandom } from '../random';
import type { CutWindows, SoundWindow } from './cut-windows';
import type { ResolvedPrepareOptions } from './prepare-options';
import type { SourceFile } from './recordings/list-sources';
import { recordingName } from './recordings/recording-name';
import { splitEnd } from '../split/split-end';
import { sideKey, splitRecordings, type Side } from '../split/split-recordings';

/** A window and the side it goes to. */
export interface PlacedWindow extends SoundWindow {
  split: Split;
}

/** A file whose sound can be used. */
export interface HeardFile extends CutWindows {
  file: SourceFile;
  durationMs: number;
  /** The sound itself, as long as there is room to keep it. */
  samples?: Float32Array;
}

/** A file with its song's number, what lies before it in the song, and the side of each of its windows. */
export interface PlannedFile extends Omit<HeardFile, 'windows'> {
  song: number;
  offsetMs: number;
  windows: PlacedWindow[];
}

/** Numbers the songs of each class, gives every window its side, and lays files of one recording end to end. */
export function planRecordings(heard: readonly HeardFile[], options: ResolvedPrepareOptions): PlannedFile[] {
  const items = heard.map((one) => ({
    ...one,
    className: one.file.className,
    split: one.file.split,
    recording: recordingName(one.file, options.recordingPattern),
  }));
  const sides = splitRecordings(items, { ...options, random: createRandom(options.seed).fork('split') });
  const songs = new Map<string, { song: number; endMs: number }>();
  const counts = new Map<string, number>();
  return items.map((item) => {
    const key = sideKey(item);
    if (!songs.has(key)) {
      counts.set(item.className, (counts.get(item.className) ?? 0) + 1);
      songs.set(key, { song: counts.get(item.className) as number, endMs: 0 });
    }
    const at = songs.get(key) as { song: number; endMs: number };
    const offsetMs = at.endMs;
    at.endMs += Math.ceil(item.durationMs / 100) * 100 + WINDOW_MS;
    return { ...item, song: at.song, offsetMs, windows: placeWindows(item.windows, sides.get(key) as Side, options) };
  });
}

function placeWindows(windows: readonly SoundWindow[], side: Side, options: ResolvedPrepareOptions): PlacedWindow[] {
  const times = windows.map(({ timeMs }) => timeMs);
  const splits = side === 'end' ? splitEnd(times, { ...options, windowMs: WINDOW_MS }) : windows.map(() => side);
  return windows.flatMap((window, i) => {
    const split = splits[i];
    return split ? [{ ...window, split }] : [];
  });
}
