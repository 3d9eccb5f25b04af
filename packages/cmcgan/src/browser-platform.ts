import type { Platform } from './platform';
import { fetchBytes, openWebModel, webFolder } from './sources/web-folder';

/** A URL, relative to the page, or in a worker to its script. */
const absolute = (name: string | URL): URL => new URL(name, globalThis.document?.baseURI ?? globalThis.location.href);

/** Files are named by URLs. */
export const browserPlatform: Platform = {
  readFile: (name, signal) => fetchBytes(absolute(name), signal),
  folderOf: (name) => webFolder(absolute(name)),
  openModel: async (name, signal) => openWebModel(absolute(name), signal),
  wasmBinary: async () => (await import('./wasm-binary')).wasmBinary,
};
