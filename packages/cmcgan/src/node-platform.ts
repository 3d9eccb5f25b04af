import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findCheckpoint } from '@cmcgan/model/node';
import { RemediableError } from './named-errors';
import type { Platform } from './platform';
import { openFolder, type Folder, type OpenedModel } from './sources/model-source';
import { fetchBytes, openWebModel, webFolder } from './sources/web-folder';

const WEIGHTS_PACKAGE = '@cmcgan/weights';

/** The path of this copy of the package. */
const THIS_FILE = typeof __filename === 'string' ? __filename : import.meta.url;

/** A URL that is fetched, or the path of a file. */
function located(name: string | URL): { url: string } | { path: string } {
  const text = String(name);
  if (/^file:/i.test(text)) return { path: fileURLToPath(text) };
  return /^(https?|data|blob):/i.test(text) ? { url: text } : { path: text };
}

/** Files are named by paths and URLs. */
export const nodePlatform: Platform = {
  async readFile(name, signal) {
    const at = located(name);
    if ('url' in at) return fetchBytes(at.url, signal);
    try {
      return Uint8Array.from(await readFile(at.path, { signal }));
    } catch (error) {
      throw Object.assign(error as Error, { path: at.path }); // Node omits the path if it is a folder
    }
  },
  folderOf(name) {
    const at = located(name);
    return 'url' in at ? webFolder(at.url) : diskFolder(at.path);
  },
  openModel(name, signal) {
    const at = located(name);
    return 'url' in at ? openWebModel(at.url, signal) : openDiskModel(at.path);
  },
  released() {
    const folders = [createRequire(THIS_FILE), createRequire(join(process.cwd(), 'package.json'))]
      .flatMap((require) => require.resolve.paths(WEIGHTS_PACKAGE) ?? [])
      .map((modules) => join(modules, WEIGHTS_PACKAGE));
    const found = folders.find((folder) => existsSync(join(folder, 'config.json')));
    if (found !== undefined) return found;
    const problem = `the package ${WEIGHTS_PACKAGE}, which has the released weights, is not installed: run npm install ${WEIGHTS_PACKAGE}`;
    throw new RemediableError(problem, { option: 'source', text: 'or pass the folder or URL of a model' });
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
  return { ...files, classifierFolders: parents.map((parent) => diskFolder(join(parent, 'classifier'))) };
}
