import { join } from 'node:path';
import { writeAtomically } from '@cmcgan/training/node';
import type { GridCache } from './draw-grids';
import { readRun } from './read-run';
import { drawReport } from './report-content';
import { REPORT_FILE } from './report-file';
import { reportPage } from './report-page';

/** Writes report.html into a run folder, from the folder's contents, atomically. Resolves to its path. */
export async function writeReport(folder: string, options: { writtenAt: Date; cache?: GridCache }): Promise<string> {
  const path = join(folder, REPORT_FILE);
  await writeAtomically(path, reportPage(await drawReport(await readRun(folder), options)));
  return path;
}
