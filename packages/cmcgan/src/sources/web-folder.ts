import { classifierIn } from './classifier-source';
import { openFolder, type Folder } from './model-source';
import type { OpenedModel } from './opened-model';

/** Fetches a file. @throws an error that names the URL and the reason, or the status unless it is one of success */
export async function fetchBytes(url: string | URL, signal?: AbortSignal): Promise<Uint8Array> {
  const bytes = await fetchIfPresent(url, signal);
  if (bytes === undefined) throw new Error(`${url} must exist, but the server answers with status 404`);
  return bytes;
}

async function fetchIfPresent(url: string | URL, signal?: AbortSignal): Promise<Uint8Array | undefined> {
  const response = await fetch(url, { signal }).catch((error: Error & { cause?: Error }) => {
    throw new Error(`${url} must be reachable, got "${error.cause?.message || error.message}"`, { cause: error });
  });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${url} must be readable, but the server answers with status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** A folder on a server, by its URL or that of a model's file in it. A query is passed on with every file. */
export function webFolder(url: string | URL, signal?: AbortSignal): Folder {
  const base = new URL(url);
  base.pathname = `${base.pathname.replace(/\/(?:config\.json|model\.safetensors)?$/, '')}/`;
  const urlOf = (name: string) => Object.assign(new URL(name, base), { search: base.search });
  return {
    nameOf: (file) => urlOf(file).href,
    read: (file) => fetchIfPresent(urlOf(file), signal),
    inner: (name) => webFolder(urlOf(`${name}/`), signal),
  };
}

/** Opens a model by the URL of its folder. */
export async function openWebModel(url: string | URL, signal?: AbortSignal): Promise<OpenedModel> {
  const folder = webFolder(url, signal);
  const files = await openFolder(folder);
  if (files !== undefined) return { ...files, classifiers: [classifierIn(webFolder(url))] };
  throw new Error(`${folder.nameOf('config.json')} must exist, but the server answers with status 404`);
}
