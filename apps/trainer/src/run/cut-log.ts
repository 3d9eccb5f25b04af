import { readFile } from 'node:fs/promises';
import { writeAtomically } from '../files/write-atomically';

/** The step that a line of log.jsonl is about; undefined for a line that was never finished. */
function stepOf(line: string): number | undefined {
  try {
    return (JSON.parse(line) as { step?: number }).step;
  } catch {
    return undefined;
  }
}

/**
 * Leaves the lines of steps 1 … `step` in the log at `path`, and nothing of what a killed process wrote after them: a resumed run takes
 * those steps again. Does nothing where there is no log.
 */
export async function cutLog(path: string, step: number): Promise<void> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const kept = text
    .split('\n')
    .filter((line) => (stepOf(line) ?? Infinity) <= step)
    .map((line) => `${line}\n`)
    .join('');
  if (kept !== text) await writeAtomically(path, kept);
}
