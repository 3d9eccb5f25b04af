import { join } from 'node:path';
import type { EvaluationResult } from '../evaluation/evaluate-runs';
import { writeAtomically } from '../files/write-atomically';
import { reportPage } from './report-page';

/** Writes report.html, one page that needs nothing else, to a folder; resolves to its path. */
export async function writeReport(folder: string, result: EvaluationResult): Promise<string> {
  const path = join(folder, 'report.html');
  await writeAtomically(path, reportPage(result));
  return path;
}
