import { bytesOf, type FileContent } from '../inputs/file-content';

/** The contents of a model's two files. */
export interface ModelContents {
  /** config.json: its bytes, its text, or the object in it. */
  readonly config: FileContent | string | object;
  /** model.safetensors: its bytes, or its path or URL. */
  readonly weights: FileContent | string | URL;
}

/** Where a model comes from: its folder (in Node a path or a URL, in a browser a URL), or the contents of its files. */
export type ModelSource = string | URL | ModelContents;

/** A model's files, read, and what errors call them. */
export interface OpenedFiles {
  readonly config: object;
  readonly weights: Uint8Array;
  readonly names: { readonly config: string; readonly weights: string };
}

/** A folder, on a disk or a server. */
export interface Folder {
  nameOf(file: string): string;
  /** The contents of a file; undefined if there is no such file. */
  read(file: string): Promise<Uint8Array | undefined>;
  /** A folder in it. */
  inner(name: string): Folder;
}

const FILES = { config: 'config.json', weights: 'model.safetensors' } as const;

/** Reads the two files of a folder; undefined if it has no config.json. */
export async function openFolder(folder: Folder): Promise<OpenedFiles | undefined> {
  const names = { config: folder.nameOf(FILES.config), weights: folder.nameOf(FILES.weights) };
  const [config, weights] = await Promise.all([folder.read(FILES.config), folder.read(FILES.weights)]);
  if (config === undefined) return undefined;
  if (weights === undefined) throw new Error(`${names.weights} must lie beside ${FILES.config}, but it is missing`);
  return { config: parseJson(new TextDecoder().decode(config), names.config), weights, names };
}

/** Reads a file by its path or URL. */
export type ReadFile = (name: string | URL) => Promise<Uint8Array>;

/** Reads the contents of a model's files, wherever they are. `what` names the model in errors. */
export async function openContents(contents: ModelContents, what: string, readFile: ReadFile): Promise<OpenedFiles> {
  const names = { config: `config of the ${what}`, weights: `weights of the ${what}` };
  const { config, weights } = contents;
  if (config === undefined || config === null) throw new Error(`${names.config} must be given, got ${config}`);
  if (weights === undefined || weights === null) throw new Error(`${names.weights} must be given, got ${weights}`);
  const isName = typeof weights === 'string' || weights instanceof URL;
  return {
    config: await openJson(config, names.config),
    weights: isName ? await readFile(weights) : await bytesOf(weights, names.weights),
    names: isName ? { ...names, weights: String(weights) } : names,
  };
}

/** The object in a JSON file, which may be given as its bytes, its text, or the object itself. */
export async function openJson(content: ModelContents['config'], name: string): Promise<object> {
  if (typeof content === 'string') return parseJson(content, name);
  if (isPlainObject(content)) return content;
  return parseJson(new TextDecoder().decode(await bytesOf(content as FileContent, name)), name);
}

const isPlainObject = (value: object): boolean => Object.prototype.toString.call(value) === '[object Object]';

/** The object that a JSON text holds. @throws an error that names the file if it holds none */
export function parseJson(text: string, name: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${name} must be JSON: ${(error as Error).message}`, { cause: error });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new Error(`${name} must hold a JSON object`);
}
