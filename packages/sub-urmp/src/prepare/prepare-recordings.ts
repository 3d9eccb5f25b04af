import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LMS_SAMPLE_RATE_HZ, LMS_SAMPLES } from '@cmcgan/audio-features';
import { describeDataset, writeDatasetCard, type DatasetCard, type PreparationCard, type SourceCard } from '../card/dataset-card';
import { describeLeakage, WINDOW_MS } from '../check/audit-leakage';
import { openDataset } from '../open-dataset';
import { cutWindows } from './cut-windows';
import { planRecordings, type HeardFile, type PlacedWindow } from './plan-recordings';
import { openPreparedFolder } from './prepared-folder';
import type { ResolvedPrepareOptions } from './prepare-options';
import type { SourceFile } from './recordings/list-sources';
import { writePair } from './write-pair';

/** Somebody's recordings: where their sounds and pictures come from. */
export interface RecordingSource {
  /** The files with the sounds, one a recording or a part of one. */
  files: readonly SourceFile[];
  /** The whole sound, mono at 44,100 Hz. */
  sound(file: SourceFile): Promise<Float32Array>;
  /** A JPEG for each of the windows, in order; a window may be passed over. */
  pictures(file: SourceFile, windows: readonly PlacedWindow[]): AsyncIterable<{ window: PlacedWindow; jpeg: Uint8Array }>;
  card: Pick<PreparationCard, 'from' | 'folders' | 'reader' | 'options' | 'leftOut'>;
}

/** Cuts recordings into pairs, splits them by recording, and writes them with their card in Sub-URMP's layout. */
export async function prepareRecordings(
  source: RecordingSource,
  folder: string,
  options: ResolvedPrepareOptions,
): Promise<DatasetCard> {
  if (source.files.length === 0) throw new Error(`prepare: ${source.card.folders.join(' and ')} must hold recordings, got none`);
  const prepared = await openPreparedFolder(folder);
  try {
    const { sources, leftOut } = await writeRecordings(source, prepared.workspace, options);
    const card = await completeCard(
      prepared.workspace,
      { ...source.card, sources, leftOut: [...source.card.leftOut, ...leftOut] },
      options,
    );
    await prepared.publish();
    if (!card.leakage.clean) for (const line of describeLeakage(card.leakage)) options.onWarning(line);
    return card;
  } catch (error) {
    await prepared.discard();
    throw error;
  }
}

async function completeCard(workspace: string, preparation: PreparationCard, options: ResolvedPrepareOptions) {
  for (const part of ['img', 'chunk']) {
    for (const split of ['train', 'validation']) await mkdir(join(workspace, part, split), { recursive: true });
  }
  const dataset = await openDataset(workspace).catch((error: Error) => {
    const why = preparation.leftOut.slice(0, 5).map(({ file, reason }) => `\n  ${file}: ${reason}`);
    throw new Error(`prepare: the recordings must give pairs on both sides, got: ${error.message}${why.join('')}`, {
      cause: error,
    });
  });
  const card = describeDataset(dataset, { note: options.note, preparation });
  await writeDatasetCard(workspace, card);
  return card;
}

/** Sounds that are kept between hearing and writing: 64 million samples, 256 MB, 24 minutes. */
const SAMPLES_KEPT = 64e6;

/**
 * Hears all files first and writes them after, so that a file that cannot be used takes no seat on the validation side. What is
 * remembered between is where its windows lie; sounds that there is no room to keep are decoded twice.
 */
async function writeRecordings(source: RecordingSource, workspace: string, options: ResolvedPrepareOptions) {
  const total = source.files.length;
  const leftOut: { file: string; reason: string }[] = [];
  const giveUp = (file: SourceFile, error: unknown) => {
    if (isFatal(error)) throw error;
    leftOut.push({ file: file.relativePath, reason: (error as Error).message });
    options.onWarning(`left out ${file.relativePath}: ${(error as Error).message}`);
  };
  const heard: HeardFile[] = [];
  let room = SAMPLES_KEPT;
  for (const [i, file] of source.files.entries()) {
    await hear(file, source, options).then(
      (one) => {
        room -= one.samples?.length ?? 0;
        heard.push(room >= 0 ? one : { ...one, samples: undefined });
      },
      (error: unknown) => giveUp(file, error),
    );
    options.onProgress({ step: 'listening', done: i + 1, total, pairs: 0 });
  }

  const sources: SourceCard[] = [];
  let pairs = 0;
  for (const [i, planned] of planRecordings(heard, options).entries()) {
    const { file, song, windows, silentCount, offsetMs } = planned;
    const card = {
      file: file.relativePath,
      sha256: await hashFile(file.path),
      class: file.className,
      song,
      silentWindows: silentCount,
    };
    const before = pairs;
    try {
      const samples = planned.samples ?? (await source.sound(file));
      for await (const { window, jpeg } of source.pictures(file, windows)) {
        const place = { split: window.split, className: file.className, song, timeMs: offsetMs + window.timeMs };
        await writePair(workspace, place, { jpeg, samples: samples.subarray(window.start, window.start + LMS_SAMPLES) });
        options.onProgress({ step: 'writing', done: i, total: heard.length, pairs: ++pairs });
      }
    } catch (error) {
      giveUp(file, error); // what was written of it before is sound and stays
    }
    if (pairs > before) sources.push({ ...card, pairs: pairs - before });
    options.onProgress({ step: 'writing', done: i + 1, total: heard.length, pairs });
  }
  return { sources, leftOut };
}

async function hear(file: SourceFile, source: RecordingSource, options: ResolvedPrepareOptions): Promise<HeardFile> {
  const samples = await source.sound(file);
  const cut = cutWindows(samples, options);
  if (cut.windows.length === 0) throw new Error(cut.silentCount > 0 ? 'it is silent' : `it is shorter than ${WINDOW_MS} ms`);
  return { ...cut, file, samples, durationMs: Math.ceil((1000 * samples.length) / LMS_SAMPLE_RATE_HZ) };
}

/** A full disk is no fault of the recording at hand. */
function isFatal(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EMFILE'].includes((error as NodeJS.ErrnoException).code ?? '');
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
