import { COMPLETIONS, type ModalityWeights, type PoolWeights } from '@cmcgan/classifier';
import type { FileContent } from '../inputs/file-content';
import {
  openContents,
  openFolder,
  openJson,
  parseJson,
  type Folder,
  type ModelContents,
  type OpenedFiles,
  type ReadFile,
} from './model-source';

/** The contents of a classifier of pictures, of one of sounds, and how much the opinion of each counts. */
export interface PooledContents {
  readonly image: ModelContents;
  readonly sound: ModelContents;
  /** pool.json: its bytes, its text, or the object in it. */
  readonly pool: FileContent | string | object;
}

/** Where a classifier comes from: its folder, or that of the judges of an evaluation, or the contents of its files. */
export type ClassifierSource = string | URL | ModelContents | PooledContents;

/** Two classifiers, read, whose opinions are pooled. */
export interface OpenedPool {
  readonly image: OpenedFiles;
  readonly sound: OpenedFiles;
  readonly weights: PoolWeights;
}

/** The files of a classifier, read: one that sees a picture with its sound, or two. */
export type OpenedClassifier = OpenedFiles | OpenedPool;

/** A place where a model's own classifier may be. */
export interface ClassifierPlace {
  /** What errors call it. */
  readonly name: string;
  /** Reads it; undefined if there is none. */
  open(): Promise<OpenedClassifier | undefined>;
}

const POOL_FILE = 'pool.json';

/** Reads a classifier in a folder: `config.json` with its weights, or `pool.json` with the folders `image` and `sound`; undefined if there is neither. */
export async function openClassifierFolder(folder: Folder): Promise<OpenedClassifier | undefined> {
  const files = await openFolder(folder);
  if (files !== undefined) return files;
  const bytes = await folder.read(POOL_FILE);
  if (bytes === undefined) return undefined;
  const name = folder.nameOf(POOL_FILE);
  const [image, sound] = ['image', 'sound'].map((each) => openInner(folder.inner(each), name));
  await Promise.allSettled([image, sound]); // where both fail, the error is always that of the first
  return { image: await image, sound: await sound, weights: poolWeights(parseJson(new TextDecoder().decode(bytes), name), name) };
}

/** The place of a model's own classifier: the folder `classifier` in that of the model. */
export function classifierIn(folder: Folder): ClassifierPlace {
  const inner = folder.inner('classifier');
  return { name: inner.nameOf(''), open: () => openClassifierFolder(inner) };
}

async function openInner(folder: Folder, pool: string): Promise<OpenedFiles> {
  const files = await openFolder(folder);
  if (files !== undefined) return files;
  throw new Error(`${folder.nameOf('config.json')} must lie beside ${pool}, but it is missing`);
}

/** Reads the contents of a classifier's files, wherever they are. */
export async function openClassifierContents(
  contents: ModelContents | PooledContents,
  readFile: ReadFile,
): Promise<OpenedClassifier> {
  if (!('pool' in contents)) return openContents(contents, 'classifier', readFile);
  const name = 'pool of the classifier';
  const image = openContents(contents.image ?? {}, 'image classifier', readFile);
  const sound = openContents(contents.sound ?? {}, 'sound classifier', readFile);
  const pool = openJson(contents.pool, name);
  await Promise.allSettled([image, sound, pool]); // where several fail, the error is always that of the first
  return { image: await image, sound: await sound, weights: poolWeights(await pool, name) };
}

/** The weights in the content of a pool.json. */
function poolWeights(content: object, name: string): PoolWeights {
  const { weights } = content as { weights?: Partial<Record<string, Partial<ModalityWeights>>> };
  for (const completion of COMPLETIONS) {
    for (const modality of ['V', 'A'] as const) {
      const value = weights?.[completion]?.[modality];
      if (typeof value === 'number' && Number.isFinite(value) && value >= 0) continue;
      throw new Error(`weights.${completion}.${modality} of ${name} must be a number of at least 0, got ${String(value)}`);
    }
  }
  return weights as PoolWeights;
}
