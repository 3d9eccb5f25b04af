import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Total size of the files in a folder, at any depth, whose relative path matches; 0 if there is no such folder. */
export async function folderBytes(folder: string, pattern = /./): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = names
    .filter((name) => pattern.test(name))
    .map(async (name) => {
      const entry = await stat(join(folder, name));
      return entry.isFile() ? entry.size : 0;
    });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
