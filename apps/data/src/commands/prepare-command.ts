import type { DatasetCard } from '@cmcgan/sub-urmp';
import { prepareFolders, prepareVideos, type PrepareFoldersOptions, type PrepareVideosOptions } from '@cmcgan/sub-urmp/prepare';
import { describeCard } from '../describe-card';
import { findSource, type Source } from '../find-halves';
import { assertAddressSpace, type Progress, usageError } from '@cmcgan/command-line';
import { warnOn } from '../remedies';

export interface PrepareCommandOptions {
  source?: string;
  images?: string;
  sounds?: string;
  out: string;
  /** The folder in which the command was typed, where node-av may be installed. */
  workingFolder: string;
  settings: Pick<PrepareVideosOptions, 'reader'> & Omit<PrepareFoldersOptions, 'onProgress' | 'onWarning'>;
}

/** Turns videos, or pictures and sounds, into a data set, and prints its card. */
export async function prepareCommand(options: PrepareCommandOptions, progress: Progress): Promise<number> {
  const { out, workingFolder, settings } = options;
  const source = await chooseSource(options);
  assertAddressSpace('prepare data');
  const common = {
    ...settings,
    onProgress: ({ step, done, total, pairs }: { step: string; done: number; total: number; pairs: number }) =>
      progress.status(step === 'writing' ? `writing (${pairs} pairs)` : step, done, total),
    onWarning: warnOn(progress),
  };
  const card: DatasetCard =
    source.kind === 'videos'
      ? await prepareVideos(source.folder, out, { ...common, nodeAvFolder: workingFolder })
      : await prepareFolders(source, out, { ...common, within: source.within });
  progress.finish();
  for (const line of describeCard(card)) progress.note(line);
  progress.note(`Prepared ${out}. To look at it and listen to it: data info ${out}; to train on it: trainer --data ${out}`);
  return 0;
}

async function chooseSource({ source, images, sounds }: PrepareCommandOptions): Promise<Source> {
  if (images !== undefined && sounds !== undefined && source === undefined) return { kind: 'folders', images, sounds };
  if (images !== undefined || sounds !== undefined)
    throw usageError('--images and --sounds go together, without another folder (see --help)');
  if (source === undefined) throw usageError('name a folder to prepare, or --images and --sounds (see --help)');
  return findSource(source);
}
