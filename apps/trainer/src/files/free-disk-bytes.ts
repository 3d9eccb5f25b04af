import { statfs } from 'node:fs/promises';
import { nearestFolder } from './nearest-folder';

/** Free bytes, for this user, of the disk that a folder lies on or would lie on. */
export async function freeDiskBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(nearestFolder(folder));
  return bavail * bsize;
}
