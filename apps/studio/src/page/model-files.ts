import type { ModelFiles, PooledFiles, StudioSource } from '../protocol';

/** A file and its path in what was dropped or chosen. */
export interface PathedFile {
  readonly path: string;
  readonly file: File;
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);

/** Checkpoints of a run, the one that it stands for first. */
const PREFERRED = [/(^|\/)best\/$/, /(^|\/)last\/$/];

const rank = (folder: string) => {
  const found = PREFERRED.findIndex((pattern) => pattern.test(folder));
  return found < 0 ? PREFERRED.length : found;
};

/** The two files of each folder that has both, by the folder's path. */
function modelFolders(files: readonly PathedFile[]): Map<string, ModelFiles> {
  const byPath = new Map(files.map(({ path, file }) => [path, file]));
  const folders = files.filter(({ path }) => /(^|\/)config\.json$/.test(path)).map(({ path }) => folderOf(path));
  const found = folders.map(
    (folder) => [folder, byPath.get(`${folder}config.json`)!, byPath.get(`${folder}model.safetensors`)] as const,
  );
  return new Map(found.flatMap(([folder, config, weights]) => (weights ? [[folder, { config, weights }]] : [])));
}

/**
 * Finds a model, and its classifier if it has one, among files: those of a model, of a checkpoint or of a whole run, of which the best
 * checkpoint is taken if it has one, else the last.
 *
 * @throws if no folder holds both `config.json` and `model.safetensors`
 */
export async function modelAmong(files: readonly PathedFile[]): Promise<Exclude<StudioSource, undefined>> {
  const folders = modelFolders(files);
  const generators: string[] = [];
  let classifier: ModelFiles | PooledFiles | undefined = pooledAmong(files, folders);
  for (const [folder, found] of folders) {
    const modality = await classifierModality(found.config);
    if (modality === undefined) generators.push(folder);
    else if (modality === 'VA') classifier ??= found;
  }
  const [best] = generators.sort((a, b) => rank(a) - rank(b));
  if (best !== undefined) return { ...folders.get(best)!, classifier };
  const names = files.map(({ path }) => path).slice(0, 3);
  throw new Error(`a model is config.json and model.safetensors, both at once, but there is only ${names.join(', ')}`);
}

/** The files of two classifiers beside a `pool.json`. */
function pooledAmong(files: readonly PathedFile[], folders: ReadonlyMap<string, ModelFiles>): PooledFiles | undefined {
  const pool = files.find(({ path }) => /(^|\/)pool\.json$/.test(path));
  const [image, sound] = ['image', 'sound'].map((name) => pool && folders.get(`${folderOf(pool.path)}${name}/`));
  return pool && image && sound && { image, sound, pool: pool.file };
}

/** What a classifier with this configuration sees; undefined if it is no classifier's. */
async function classifierModality(config: Blob): Promise<string | undefined> {
  try {
    return (JSON.parse(await config.text()) as { classifier?: { modality?: string } }).classifier?.modality;
  } catch {
    return undefined; // loading it will say what is wrong
  }
}

/** All files of a drop, those in folders included. */
export async function droppedFiles(data: DataTransfer): Promise<PathedFile[]> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.());
  if (entries.every((entry) => entry === null || entry === undefined)) {
    return [...data.files].map((file) => ({ path: file.name, file }));
  }
  const nested = await Promise.all(entries.map((entry) => (entry ? filesOfEntry(entry) : [])));
  return nested.flat();
}

async function filesOfEntry(entry: FileSystemEntry): Promise<PathedFile[]> {
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    return [{ path, file: await new Promise((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)) }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    all.push(...some);
  }
  return (await Promise.all(all.map(filesOfEntry))).flat();
}
