import { decodeInBrowser } from './decode-in-browser';
import { fileKind, needsBrowser } from './file-kind';
import { show } from './show';
import type { Content, Given } from './state';
import type { StudioClient } from './studio-client';
import type { Go } from './turns';

/** Has the worker read a file or a recording, and keep it. `fresh`: instead of what it kept before. @throws if it is neither a picture nor a sound */
export async function readContent(
  content: Content,
  { client, fresh, go }: { client: StudioClient; fresh: boolean; go: Go },
): Promise<Given> {
  const { name } = content;
  const kind = content instanceof File ? await fileKind(content) : 'sound';
  if (kind === 'model' || kind === 'unknown') throw new Error(`${name} must be a picture or a sound`);
  const byBrowser = content instanceof File && kind === 'sound' && (await needsBrowser(content));
  const decoded = byBrowser ? await decodeInBrowser(content) : content;
  go();
  const view = await client.call('give', { kind, content: decoded, name, fresh });
  const shown = kind === 'picture' ? ({ kind, url: URL.createObjectURL(content as File) } as const) : show(view);
  return { ...shown, name };
}

/** The file at a URL. */
export async function fetchFile(url: string): Promise<File> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} must be there, but the server answers with status ${response.status}`);
  return new File([await response.blob()], url.split('/').at(-1)!);
}
