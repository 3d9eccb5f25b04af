import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LMS_SAMPLE_RATE_HZ, LMS_SAMPLES } from '@cmcgan/audio-features';
import {
  describeDataset,
  writeDatasetCard,
  type DatasetCard,
  type PreparationCard,
  type SourceCard,
  type UnusedCard,
} from '../card/dataset-card';
import { describeLeakage, WINDOW_MS } from '../check/audit-leakage';
import type { Split } from '../dataset';
import { assertLevel } from '../features/assert-level';
import { CACHE_FOLDER } from '../examine-folder';
import { openDataset } from '../open-dataset';
import { problemOf } from '../remediable-error';
import { cutWindows } from './cut-windows';
import { explainFullDisk, isDiskFull, type Remaining } from './full-disk';
import { planRecordings, type HeardFile, type PlacedWindow, type PlannedFile } from './plan-recordings';
import { openPreparedFolder } from './prepared-folder';
import type { ResolvedPrepareOptions } from './prepare-options';
import type { SourceFile } from './recordings/list-sources';
import { writePair } from './write-pair';

/** Somebody's recordings: where their sounds and pictures come from. */
export interface RecordingSource {
  /** The folders that they lie in. */
  folders: readonly string[];
  /** The files with the sounds, one a recording or a part of one. */
  files: readonly SourceFile[];
  /** The whole sound, mono at 44,100 Hz. */
  sound(file: SourceFile): Promise<Float32Array>;
  /** A JPEG for each of the windows, in order; a window may be passed over. */
  pictures(file: SourceFile, windows: readonly PlacedWindow[]): AsyncIterable<{ window: PlacedWindow; jpeg: Uint8Array }>;
  /** Whether a file lacks its end. */
  isCutOff?(file: SourceFile): Promise<boolean>;
  /** What a file whose sound cannot be read is, where that can be told. */
  whatInstead?(file: SourceFile): Promise<string | undefined>;
  card: Pick<PreparationCard, 'from' | 'reader' | 'options' | 'leftOut' | 'systemFiles'>;
}

/** Cuts recordings into pairs, splits them by recording, and writes them with their card in Sub-URMP's layout. */
export async function prepareRecordings(
  source: RecordingSource,
  folder: string,
  options: ResolvedPrepareOptions,
): Promise<DatasetCard> {
  const prepared = await openPreparedFolder(folder, source.folders);
  const work = createWork(options, source.card.leftOut);
  try {
    const heard = await hearAll(source, options, work);
    const { planned, tooShort } = planRecordings(heard, options);
    for (const { file, reason } of tooShort) work.leaveOut(file, reason);
    assertBothSides(countWindows(planned), work);
    const sources = await writeAll(planned, { source, workspace: prepared.workspace, options, work });
    assertBothSides(work.written, work);
    const card = await completeCard(prepared.workspace, { source, sources, options, work });
    await prepared.publish();
    if (!card.leakage.clean) for (const line of describeLeakage(card.leakage)) options.onWarning(line);
    return card;
  } catch (error) {
    const explained = await explainFullDisk(error, { workspace: prepared.workspace, folder, remaining: work.remaining() });
    await prepared.discard();
    throw explained;
  }
}

/** What is known in the course of a preparation. */
interface Work {
  leftOut: UnusedCard[];
  /** Leaves a file out, with a warning. */
  leaveOut(file: SourceFile, reason: string): void;
  /** The same for an error, unless no other file would fare better. */
  giveUp(file: SourceFile, error: unknown): void;
  /** Pairs to write, once they are known, and those that are written, with their bytes. */
  totalPairs: number | undefined;
  written: Record<Split, number>;
  bytes: number;
  remaining(): Remaining | undefined;
}

function createWork({ onWarning }: ResolvedPrepareOptions, leftOut: UnusedCard[]): Work {
  const leaveOut = ({ relativePath }: SourceFile, reason: string) => {
    work.leftOut.push({ file: relativePath, reason });
    onWarning(`left out ${relativePath}: ${reason}`);
  };
  const work: Work = {
    leftOut,
    leaveOut,
    giveUp(file, error) {
      if (isFatal(error)) throw error;
      leaveOut(file, problemOf(error).replaceAll(file.path, file.relativePath).replace(`prepare: ${file.relativePath} `, 'it '));
    },
    totalPairs: undefined,
    written: { train: 0, validation: 0 },
    bytes: 0,
    remaining() {
      if (work.totalPairs === undefined) return undefined;
      const written = sum(work.written);
      const pairs = work.totalPairs - written;
      return { pairs, bytes: pairs * (written === 0 ? TYPICAL_PAIR_BYTES : work.bytes / written) };
    },
  };
  return work;
}

/** A WAV file of half a second and a JPEG of 128×128. */
const TYPICAL_PAIR_BYTES = 44_144 + 6000;

/** Reasons that an error lists before it only counts. */
const REASONS_SHOWN = 2;

/** @throws Error with what was left out if a side has no pair */
function assertBothSides(pairs: Readonly<Record<Split, number>>, { leftOut }: Work): void {
  const missing = [...(pairs.train > 0 ? [] : ['none to train on']), ...(pairs.validation > 0 ? [] : ['none to validate on'])];
  if (missing.length === 0) return;
  const why = leftOut.slice(0, REASONS_SHOWN).map(({ file, reason }) => `\n  ${file}: ${reason.replaceAll('\n', ' ')}`);
  const more = leftOut.length > REASONS_SHOWN ? `, and ${leftOut.length - REASONS_SHOWN} more left out` : '';
  const list = why.length > 0 ? `:${why.join(';')}${more}` : '';
  throw new Error(`prepare: the recordings must give pairs on both sides, got ${missing.join(' and ')}${list}`);
}

const sum = ({ train, validation }: Readonly<Record<Split, number>>) => train + validation;

function countWindows(planned: readonly PlannedFile[]): Record<Split, number> {
  const splits = planned.flatMap(({ windows }) => windows.map(({ split }) => split));
  const train = splits.filter((split) => split === 'train').length;
  return { train, validation: splits.length - train };
}

interface CompleteCardOptions {
  source: RecordingSource;
  sources: SourceCard[];
  options: ResolvedPrepareOptions;
  work: Work;
}

async function completeCard(workspace: string, { source, sources, options, work }: CompleteCardOptions): Promise<DatasetCard> {
  for (const part of ['img', 'chunk']) {
    for (const split of ['train', 'validation']) await mkdir(join(workspace, part, split), { recursive: true });
  }
  const folders = source.folders.map((path) => basename(resolve(path)));
  const dataset = await openDataset(workspace);
  const card = describeDataset(dataset, {
    note: options.note,
    preparation: { ...source.card, folders, sources, leftOut: work.leftOut },
  });
  await writeDatasetCard(workspace, card).catch(async (error: unknown) => {
    if (!isDiskFull(error)) throw error;
    await rm(join(workspace, CACHE_FOLDER), { recursive: true, force: true }); // it can be computed again
    await writeDatasetCard(workspace, card);
  });
  return card;
}

/** Sounds that are kept between hearing and writing: 64 million samples, 256 MB, 24 minutes. */
const SAMPLES_KEPT = 64e6;

/**
 * Hears all files first; they are written after, so that a file that cannot be used takes no seat on the validation side. What is
 * remembered between is where its windows lie; sounds that there is no room to keep are decoded twice.
 */
async function hearAll(source: RecordingSource, options: ResolvedPrepareOptions, work: Work): Promise<HeardFile[]> {
  const heard: HeardFile[] = [];
  let room = SAMPLES_KEPT;
  for (const [i, file] of source.files.entries()) {
    try {
      const one = await hear(file, source, options);
      room -= one.samples?.length ?? 0;
      heard.push(room >= 0 ? one : { ...one, samples: undefined });
    } catch (error) {
      work.giveUp(file, error);
    }
    options.onProgress({ step: 'listening', done: i + 1, total: source.files.length, pairs: 0 });
  }
  return heard;
}

const CUT_OFF = 'it is cut off: its end is missing, and without it nothing can be read';

async function hear(file: SourceFile, source: RecordingSource, options: ResolvedPrepareOptions): Promise<HeardFile> {
  const cutOff = await source.isCutOff?.(file);
  const samples = await source.sound(file).catch(async (error: unknown) => {
    if (isFatal(error)) throw error;
    const cause = cutOff ? CUT_OFF : await source.whatInstead?.(file);
    throw cause === undefined ? error : new Error(cause, { cause: error });
  });
  assertLevel('prepare', [samples], file.relativePath);
  const cut = cutWindows(samples, options);
  if (cut.windows.length === 0) throw new Error(cut.silentCount > 0 ? 'it is silent' : `it is shorter than ${WINDOW_MS} ms`);
  if (cutOff) options.onWarning(`${file.relativePath} is cut off: its end is missing; what is there is used`);
  return { ...cut, file, samples, cutOff, durationMs: Math.ceil((1000 * samples.length) / LMS_SAMPLE_RATE_HZ) };
}

interface WriteAllOptions {
  source: RecordingSource;
  workspace: string;
  options: ResolvedPrepareOptions;
  work: Work;
}

/** Writes the pairs of all files; a file that cannot be read to its end keeps those that were written of it. */
async function writeAll(planned: readonly PlannedFile[], { source, workspace, options, work }: WriteAllOptions) {
  const sources: SourceCard[] = [];
  work.totalPairs = sum(countWindows(planned));
  for (const [i, one] of planned.entries()) {
    const { file, song, windows, silentCount, offsetMs, cutOff } = one;
    const card = {
      ...{ file: file.relativePath, sha256: await hashFile(file.path), class: file.className, song },
      ...{ silentWindows: silentCount, ...(cutOff ? { cutOff } : {}) },
    };
    let pairs = 0;
    try {
      if (windows.length === 0) throw new Error('it lies where the training side and the validation side of its recording meet');
      const samples = one.samples ?? (await source.sound(file));
      for await (const { window, jpeg } of source.pictures(file, windows)) {
        const place = { split: window.split, className: file.className, song, timeMs: offsetMs + window.timeMs };
        const sound = samples.subarray(window.start, window.start + LMS_SAMPLES);
        work.bytes += await writePair(workspace, place, { jpeg, samples: sound });
        work.written[window.split]++;
        pairs++;
        options.onProgress({ step: 'writing', done: i, total: planned.length, pairs: sum(work.written) });
      }
      if (pairs === 0) throw new Error('there is no picture at the time of any of its half seconds');
    } catch (error) {
      work.giveUp(file, error); // what was written of it before is sound and stays
    }
    const unseen = pairs > 0 ? windows.length - pairs : 0;
    if (unseen > 0) options.onWarning(`${file.relativePath}: ${unseen} of its half seconds have no picture, and are left out`);
    if (pairs > 0) sources.push({ ...card, pairs, ...(unseen > 0 ? { unseenWindows: unseen } : {}) });
    options.onProgress({ step: 'writing', done: i + 1, total: planned.length, pairs: sum(work.written) });
  }
  return sources;
}

/** A full disk is no fault of the recording at hand. */
function isFatal(error: unknown): boolean {
  return isDiskFull(error) || ['EROFS', 'EMFILE'].includes((error as NodeJS.ErrnoException).code ?? '');
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
