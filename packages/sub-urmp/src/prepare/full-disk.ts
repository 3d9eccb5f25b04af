import { statfs } from 'node:fs/promises';
import { RemediableError } from '../reading/remediable-error';

/** What remains to be written, as far as it is known. */
export interface Remaining {
  pairs: number;
  bytes: number;
}

/** What the operating system's codes for a disk that takes no more mean. */
const FULL: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file system does not allow larger files',
};

/** Whether an error says that the disk takes no more. */
export const isDiskFull = (error: unknown): boolean => ((error as NodeJS.ErrnoException).code ?? '') in FULL;

interface ExplainOptions {
  /** Where the file was to be written, and what that folder is called in the end. */
  workspace: string;
  folder: string;
  remaining?: Remaining;
}

/** The error of a full disk in a sentence with the file, the space there is and the space it takes; any other error as it is. */
export async function explainFullDisk(error: unknown, { workspace, folder, remaining }: ExplainOptions): Promise<unknown> {
  if (!isDiskFull(error)) return error;
  const { code = '', path } = error as NodeJS.ErrnoException;
  const space = await statfs(workspace).catch(() => undefined);
  const free = space ? `, ${inMegabytes(space.bavail * space.bsize)} MB are free` : '';
  const needed =
    remaining && remaining.pairs > 0
      ? `, about ${inMegabytes(remaining.bytes)} MB more are needed for ${remaining.pairs} pairs`
      : '';
  const file = path?.replace(workspace, folder) ?? folder;
  return new RemediableError(`prepare: ${file} cannot be written: ${FULL[code]}${free}${needed}`, {
    option: 'folder',
    suggestion: 'free some space, or choose a folder on another disk',
  });
}

const inMegabytes = (bytes: number) => (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0);

/** Runs a writing task; its error names the file, which Node leaves out when a disk is full. */
export async function writing<T>(path: string, task: Promise<T>): Promise<T> {
  return task.catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && !('path' in error && error.path)) Object.assign(error, { path });
    throw error;
  });
}
