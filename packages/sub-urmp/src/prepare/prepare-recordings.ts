import { mkdir, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { describeDataset, writeDatasetCard, type DatasetCard, type SourceCard } from '../reading/card/dataset-card';
import { describeLeakage } from '../reading/check/audit-leakage';
import { CACHE_FOLDER } from '../reading/examine-folder';
import { openDataset } from '../reading/open-dataset';
import { explainFullDisk, isDiskFull } from './full-disk';
import { hearRecordings } from './hear-recordings';
import { planRecordings } from './plan-recordings';
import type { ResolvedPrepareOptions } from './prepare-options';
import { assertBothSides, countWindows, createPreparation, type Preparation } from './preparation';
import { openPreparedFolder } from './prepared-folder';
import type { RecordingSource } from './recording-source';
import { writeRecordings } from './write-recordings';

/** Cuts recordings into pairs, splits them by recording, and writes them with their card in Sub-URMP's layout. */
export async function prepareRecordings(
  source: RecordingSource,
  folder: string,
  options: ResolvedPrepareOptions,
): Promise<DatasetCard> {
  const prepared = await openPreparedFolder(folder, source.folders);
  const work = createPreparation(options, source.card.leftOut);
  try {
    const heard = await hearRecordings(source, options, work);
    const { planned, tooShort } = planRecordings(heard, options);
    for (const { file, reason } of tooShort) work.leaveOut(file, reason);
    assertBothSides(countWindows(planned), work);
    const sources = await writeRecordings(planned, { source, workspace: prepared.workspace, options, work });
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

interface CompleteCardOptions {
  source: RecordingSource;
  sources: SourceCard[];
  options: ResolvedPrepareOptions;
  work: Preparation;
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
