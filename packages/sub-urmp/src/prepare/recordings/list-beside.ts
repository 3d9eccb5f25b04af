import { resolve } from 'node:path';
import { listFolder } from '../../reading/archive/folder-entry';
import { ignoredFile, isSystemName, systemFile, type IgnoredFile } from '../../reading/archive/ignored-file';
import { ignoreFolder } from '../../reading/archive/list-split';

/** Lists everything in a folder other than the subfolders that are used. */
export async function listBeside(folder: string, used: readonly string[]): Promise<IgnoredFile[]> {
  const ignored: IgnoredFile[] = [];
  const paths = used.map((path) => resolve(path));
  const reason = 'it lies beside the folders of pictures and sounds';
  for (const entry of await listFolder(folder)) {
    if (paths.includes(resolve(entry.path))) continue;
    if (isSystemName(entry.name)) ignored.push(systemFile(entry.path));
    else if (entry.kind === 'folder') await ignoreFolder(entry, reason, (one) => ignored.push(one));
    else ignored.push(ignoredFile(entry.path, entry.what ?? reason));
  }
  return ignored;
}
