import { resolve } from 'node:path';
import type { ProgramDependencies, Typed } from './command';

/** Rewrites the report.html of a run. Resolves to the process's exit code. */
export async function reportCommand({ word = '.' }: Typed, { folder }: ProgramDependencies): Promise<number> {
  const { writeReport } = await import('../report/write-report'); // slow to load: --help doesn't need it
  console.log(`Wrote ${await writeReport(resolve(folder, word), { writtenAt: new Date() })}`);
  return 0;
}
