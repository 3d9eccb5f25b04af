import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { LMS_SAMPLES } from '@cmcgan/audio-features';
import type { SourceCard } from '../reading/card/dataset-card';
import type { PlannedFile } from './plan-recordings';
import type { ResolvedPrepareOptions } from './prepare-options';
import { countWindows, sum, UnwritableError, type Preparation } from './preparation';
import type { RecordingSource } from './recording-source';
import { writePair } from './write-pair';

interface WriteRecordingsOptions {
  source: RecordingSource;
  workspace: string;
  options: ResolvedPrepareOptions;
  work: Preparation;
}

/** Writes the pairs of all files. If a file cannot be read to the end, the pairs written up to there are kept. */
export async function writeRecordings(
  planned: readonly PlannedFile[],
  { source, workspace, options, work }: WriteRecordingsOptions,
): Promise<SourceCard[]> {
  const sources: SourceCard[] = [];
  work.totalPairs = sum(countWindows(planned));
  for (const [i, one] of planned.entries()) {
    const before = sum(work.written);
    const report = (done: number) =>
      options.onProgress({ step: 'writing', done, total: planned.length, pairs: sum(work.written) });
    let card: Omit<SourceCard, 'pairs'> | undefined;
    try {
      card = await sourceCard(one);
      await writeRecording(one, { source, workspace, work, onPair: () => report(i) });
      const unseen = one.windows.length - (sum(work.written) - before);
      if (unseen > 0) {
        card.unseenWindows = unseen;
        options.onWarning(`${one.file.relativePath}: ${unseen} of its half seconds have no picture, and are left out`);
      }
    } catch (error) {
      work.giveUp(one.file, error);
    }
    const pairs = sum(work.written) - before;
    if (card && pairs > 0) sources.push({ ...card, pairs });
    report(i + 1);
  }
  return sources;
}

interface WriteRecordingOptions extends Omit<WriteRecordingsOptions, 'options'> {
  onPair: () => void;
}

/** Writes the pairs of one file. */
async function writeRecording(planned: PlannedFile, { source, workspace, work, onPair }: WriteRecordingOptions): Promise<void> {
  const { file, song, windows, offsetMs } = planned;
  if (windows.length === 0)
    throw new Error('it overlaps with the boundary between the training and the validation part of its recording');
  const samples = planned.samples ?? (await source.sound(file));
  let pairs = 0;
  for await (const { window, jpeg } of source.pictures(file, windows)) {
    const place = { split: window.split, className: file.className, song, timeMs: offsetMs + window.timeMs };
    const pair = { jpeg, samples: samples.subarray(window.start, window.start + LMS_SAMPLES) };
    work.bytes += await writePair(workspace, place, pair).catch((error: unknown) => {
      throw new UnwritableError(error);
    });
    work.written[window.split]++;
    pairs++;
    onPair();
  }
  if (pairs === 0) throw new Error('there is no picture at the time of any of its half seconds');
}

async function sourceCard({ file, song, silentCount, cutOff }: PlannedFile): Promise<Omit<SourceCard, 'pairs'>> {
  return {
    ...{ file: file.relativePath, sha256: await hashFile(file.path), class: file.className, song },
    ...{ silentWindows: silentCount, ...(cutOff ? { cutOff } : {}) },
  };
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
