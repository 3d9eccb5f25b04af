import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findCheckpoint } from '@cmcgan/model/node';
import type { Platform } from './platform';
import { classifierIn } from './sources/classifier-source';
import { openFolder, type Folder } from './sources/model-source';
import type { OpenedModel } from './sources/opened-model';
import { fetchBytes, openWebModel, webFolder } from './sources/web-folder';

/** A URL that is fetched, or the path of a file. */
function located(name: string | URL): { url: string } | { path: string } {
  const text = String(name);
  if (/^file:/i.test(text)) return { path: fileURLToPath(text) };
  return /^(https?|data|blob):/i.test(text) ? { url: text } : { path: text };
}

/** Files are named by paths and URLs. */
export const nodePlatform: Platform = {
  async readFile(name) {
    const at = located(name);
    if ('url' in at) return fetchBytes(at.url);
    try {
      return Uint8Array.from(await readFile(at.path));
    } catch (error) {
      throw Object.assign(error as Error, { path: at.path }); // Node omits the path if it is a folder
    }
  },
  folderOf(name) {
    const at = located(name);
    return 'url' in at ? webFolder(at.url) : diskFolder(at.path);
  },
  openModel(name) {
    const at = located(name);
    return 'url' in at ? openWebModel(at.url) : openDiskModel(at.path);
  },
};

const diskFolder = (folder: string): Folder => ({
  nameOf: (file) => join(folder, file),
  read: (file) =>
    readFile(join(folder, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    }),
  inner: (name) => diskFolder(join(folder, name)),
});

/** Opens a model by its folder, its checkpoint or its run; its classifier may be in the folder of the model or that of the run. */
async function openDiskModel(path: string): Promise<OpenedModel> {
  const { folder, name } = await findCheckpoint(path);
  const files = await openFolder(diskFolder(folder));
  if (files === undefined) throw new Error(`${join(folder, 'config.json')} must lie beside the weights, but it is missing`);
  const parents = name === null ? [folder] : [folder, resolve(folder, '..', '..')];
  return { ...files, classifiers: parents.map((parent) => classifierIn(diskFolder(parent))) };
}
