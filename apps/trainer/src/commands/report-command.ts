import { resolve } from 'node:path';
import type { ProgramDependencies, Typed } from './command';

/** Writes report.html of a run again. Resolves to the process's exit code. */
export async function reportCommand({ word = '.' }: Typed, { folder }: ProgramDependencies): Promise<number> {
  const { writeReport } = await import('../report/write-report'); // heavy: --help is answered before
  console.log(`Wrote ${await writeReport(resolve(folder, word), { writtenAt: new Date() })}`);
  return 0;
}
