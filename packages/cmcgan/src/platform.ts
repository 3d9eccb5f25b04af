import type { Folder, ReadFile } from './sources/model-source';
import type { OpenedModel } from './sources/opened-model';

/** What differs between Node and browsers. */
export interface Platform {
  readonly readFile: ReadFile;
  /** A folder by its path or URL, whether or not it exists. */
  folderOf(name: string | URL): Folder;
  /** Opens a model by its path or URL. */
  openModel(name: string | URL, signal?: AbortSignal): Promise<OpenedModel>;
  /** TensorFlow.js' WebAssembly, where it has to be passed to the backend. */
  readonly wasmBinary?: () => Promise<Uint8Array>;
}
