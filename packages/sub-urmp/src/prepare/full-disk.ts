import { statfs } from 'node:fs/promises';
import { RemediableError } from '../reading/remediable-error';

/** Estimate of what remains to be written. */
export interface Remaining {
  pairs: number;
  bytes: number;
}

/** Operating system error codes for a full disk, and what they mean. */
const FULL: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file system does not allow larger files',
};

/** Whether an error means that the disk is full. */
export const isDiskFull = (error: unknown): boolean => ((error as NodeJS.ErrnoException).code ?? '') in FULL;

interface ExplainOptions {
  /** The folder that was being written to, and the name that it will have in the end. */
  workspace: string;
  folder: string;
  remaining?: Remaining;
}

/** Turns the error of a full disk into a sentence with the file, the free space and the space needed; returns other errors unchanged. */
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

/** Awaits a write and adds the file's path to its error, since Node leaves it out when the disk is full. */
export async function writing<T>(path: string, task: Promise<T>): Promise<T> {
  return task.catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && !('path' in error && error.path)) Object.assign(error, { path });
    throw error;
  });
}
