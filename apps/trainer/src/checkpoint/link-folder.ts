import { copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A second name for a folder of files that never change: hard links, or copies where the disk has no links. Whole or not at all. */
export async function linkFolder(from: string, to: string): Promise<void> {
  const partial = `${to}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  for (const name of await readdir(from)) {
    const [source, target] = [join(from, name), join(partial, name)];
    await link(source, target).catch(() => copyFile(source, target));
  }
  await rm(to, { recursive: true, force: true });
  await rename(partial, to);
}
