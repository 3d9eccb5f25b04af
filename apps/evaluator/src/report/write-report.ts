import { join } from 'node:path';
import type { EvaluationResult } from '../evaluation/evaluate-runs';
import { writeAtomically } from '../files/write-atomically';
import { reportPage } from './report-page';

/** Writes report.html, one page that needs nothing else, to the evaluation's folder; resolves to its path. */
export async function writeReport(result: EvaluationResult): Promise<string> {
  const path = join(result.out, 'report.html');
  await writeAtomically(path, reportPage(result));
  return path;
}
