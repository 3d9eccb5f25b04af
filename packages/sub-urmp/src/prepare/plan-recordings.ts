import { WINDOW_MS } from '../reading/check/audit-leakage';
import type { Split } from '../reading/pair';
import { createRandom } from '@cmcgan/random';
import { splitEnd } from '../reading/split/split-end';
import { sideKey, splitRecordings } from '../reading/split/split-recordings';
import type { CutWindows, SoundWindow } from './cut-windows';
import type { ResolvedPrepareOptions } from './prepare-options';
import type { SourceFile } from './recordings/list-sources';
import { partMs, recordingName } from './recordings/recording-name';

/** A window and the split that it goes to. */
export interface PlacedWindow extends SoundWindow {
  split: Split;
}

/** A file whose sound can be used. */
export interface HeardFile extends CutWindows {
  file: SourceFile;
  durationMs: number;
  /** The samples, if there is room to keep them. */
  samples?: Float32Array;
  /** Whether the file's end is missing. */
  cutOff?: boolean;
}

/** A file with its song number, its offset in the song, and the split of each of its windows. */
export interface PlannedFile extends Omit<HeardFile, 'windows'> {
  song: number;
  offsetMs: number;
  windows: PlacedWindow[];
}

export interface Plan {
  planned: PlannedFile[];
  /** Files of recordings that are the only one of their class and too short for two separate half seconds, so that they cannot be split. */
  tooShort: { file: SourceFile; reason: string }[];
}

/** Numbers the songs of each class, assigns every window to a split, and puts the files of each recording end to end. */
export function planRecordings(heard: readonly HeardFile[], options: ResolvedPrepareOptions): Plan {
  const items = heard.map((one) => ({
    ...one,
    className: one.file.className,
    split: one.file.split,
    recording: recordingName(one.file, options.recordingPattern),
  }));
  const sides = splitRecordings(items, { ...options, random: createRandom(options.seed).fork('split') });
  const ends = new Map<string, HeardFile[]>();
  for (const item of items) {
    const key = sideKey(item);
    if (sides.get(key) === 'end') ends.set(key, [...(ends.get(key) ?? []), item]);
  }
  const endWindows = new Map([...ends].flatMap(([, files]) => placeEnd(files, options)));
  const songs = new Map<string, { song: number; endMs: number }>();
  const counts = new Map<string, number>();
  const plan: Plan = { planned: [], tooShort: [] };
  for (const item of items) {
    const key = sideKey(item);
    const side = sides.get(key) ?? 'train';
    const windows = side === 'end' ? endWindows.get(item.file) : item.windows.map((window) => ({ ...window, split: side }));
    if (!windows) {
      plan.tooShort.push({ file: item.file, reason: whyTooShort(ends.get(key) ?? [], options) });
      continue;
    }
    if (!songs.has(key)) {
      counts.set(item.className, (counts.get(item.className) ?? 0) + 1);
      songs.set(key, { song: counts.get(item.className) as number, endMs: 0 });
    }
    const at = songs.get(key) as { song: number; endMs: number };
    plan.planned.push({ ...item, song: at.song, offsetMs: at.endMs, windows });
    at.endMs += Math.ceil(item.durationMs / 100) * 100 + WINDOW_MS;
  }
  return plan;
}

/** Windows of the only recording of a class, file by file; its end goes to validation. Empty if either split would have no window. */
function placeEnd(files: readonly HeardFile[], options: ResolvedPrepareOptions): [SourceFile, PlacedWindow[]][] {
  let endMs = 0;
  const placed = files.flatMap(({ file, windows, durationMs }) => {
    const startMs = (options.recordingPattern ? undefined : partMs(file)) ?? endMs;
    endMs = startMs + durationMs;
    return windows.map((window) => ({ file, window, atMs: startMs + window.timeMs }));
  });
  placed.sort((a, b) => a.atMs - b.atMs);
  const splits = splitEnd(
    placed.map(({ atMs }) => atMs),
    { ...options, windowMs: WINDOW_MS },
  );
  if (!splits.includes('train')) return [];
  return files.map(({ file }) => [
    file,
    placed.flatMap(({ file: of, window }, i) => {
      const split = splits[i];
      return of === file && split ? [{ ...window, split }] : [];
    }),
  ]);
}

function whyTooShort(files: readonly HeardFile[], { stepMs }: ResolvedPrepareOptions): string {
  const seconds = files.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;
  const needed = (Math.ceil(WINDOW_MS / stepMs) * stepMs + WINDOW_MS) / 1000;
  const rule = 'to be split between training and validation, and its class has no other recording';
  return seconds < needed
    ? `it is too short ${rule}: ${seconds} s, but at least ${needed} s is needed`
    : `too little of it is audible ${rule}`;
}
