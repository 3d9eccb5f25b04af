import { LMS_SAMPLE_RATE_HZ } from '@cmcgan/audio-features';
import { WINDOW_MS } from '../reading/check/audit-leakage';
import { assertLevel } from '../reading/features/assert-level';
import { cutWindows } from './cut-windows';
import type { HeardFile } from './plan-recordings';
import type { ResolvedPrepareOptions } from './prepare-options';
import { isShortage, type Preparation } from './preparation';
import type { RecordingSource } from './recording-source';
import type { SourceFile } from './recordings/list-sources';

/** Samples kept in memory between decoding and writing: 64 million, that is 256 MB or 24 minutes. */
const SAMPLES_KEPT = 64e6;

/**
 * Decodes all files before any is written, so that no unusable file takes up a place in the validation split. Only the positions of the
 * windows are kept for all files; sounds that do not fit in memory are decoded twice.
 */
export async function hearRecordings(
  source: RecordingSource,
  options: ResolvedPrepareOptions,
  work: Preparation,
): Promise<HeardFile[]> {
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
    if (isShortage(error)) throw error;
    const cause = cutOff ? CUT_OFF : await source.whatInstead?.(file);
    throw cause === undefined ? error : new Error(cause, { cause: error });
  });
  assertLevel('prepare', [samples], file.relativePath);
  const cut = cutWindows(samples, options);
  if (cut.windows.length === 0) throw new Error(cut.silentCount > 0 ? 'it is silent' : `it is shorter than ${WINDOW_MS} ms`);
  if (cutOff) options.onWarning(`${file.relativePath} is cut off: its end is missing; what is there is used`);
  return { ...cut, file, samples, cutOff, durationMs: Math.ceil((1000 * samples.length) / LMS_SAMPLE_RATE_HZ) };
}
