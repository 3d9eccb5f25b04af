import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RemediableError } from '../remediable-error';

/** What remains to be written, as far as it is known. */
export interface Remaining {
  pairs: number;
  bytes: number;
}

/** What the operating system's codes for a disk that takes no more mean. */
const FULL: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file system takes no larger file',
};

/** The error of a full disk in a sentence with the file, the space there is and the space it takes; any other error as it is. */
export async function explainFullDisk(error: unknown, remaining: Remaining | undefined): Promise<unknown> {
  const { code = '', path } = error as NodeJS.ErrnoException;
  if (!(code in FULL)) return error;
  const space = path === undefined ? undefined : await statfs(dirname(path)).catch(() => undefined);
  const free = space ? `, ${inMegabytes(space.bavail * space.bsize)} MB are free` : '';
  const needed = remaining ? `, about ${inMegabytes(remaining.bytes)} MB more are needed for ${remaining.pairs} pairs` : '';
  const problem = `prepare: ${path ?? 'a file'} cannot be written: ${FULL[code]}${free}${needed}`;
  return new RemediableError(problem, { option: 'folder', suggestion: 'free some space, or choose a folder on another disk' });
}

const inMegabytes = (bytes: number) => (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0);

/** Runs a writing task; its error names the file, which Node leaves out when a disk is full. */
export async function writing<T>(path: string, task: Promise<T>): Promise<T> {
  return task.catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && !('path' in error && error.path)) Object.assign(error, { path });
    throw error;
  });
}
