import { join } from 'node:path';
import { writeAtomically } from '@cmcgan/training/node';
import type { GridCache } from './draw-grids';
import { readRun } from './read-run';
import { drawReleased } from './draw-released';
import { drawReport } from './report-content';
import { REPORT_FILE } from './report-file';
import { firstReportPage, reportPage } from './report-page';

/** Writes report.html into a run folder, from the folder's contents, atomically. Resolves to its path. */
export async function writeReport(folder: string, options: { writtenAt: Date; cache?: GridCache }): Promise<string> {
  const path = join(folder, REPORT_FILE);
  await writeAtomically(path, reportPage(await drawReport(await readRun(folder), options)));
  return path;
}

/** Writes report.html into the folder of a run that is still being prepared, atomically: what the released weights restored. Resolves to its path. */
export async function writeFirstReport(folder: string, { writtenAt }: { writtenAt: Date }): Promise<string> {
  const path = join(folder, REPORT_FILE);
  const released = await drawReleased(folder);
  await writeAtomically(path, firstReportPage(folder, { released, writtenAt }));
  return path;
}
