import { statfs } from 'node:fs/promises';
import { nearestFolder } from './nearest-folder';

/** Bytes available to this user on the disk that holds, or would hold, a folder. */
export async function freeDiskBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(nearestFolder(folder));
  return bavail * bsize;
}
