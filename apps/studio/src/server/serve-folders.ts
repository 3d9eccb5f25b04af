import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { UserError } from '@cmcgan/command-line';

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.woff2': 'font/woff2',
};

/** With the first two, a page may share memory with workers; `no-cache` lets browsers keep files, but ask whether they changed. */
const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cache-Control': 'no-cache',
};

export interface ServeOptions {
  host: string;
  /** 0: any that is free. */
  port: number;
}

/**
 * Serves the files of folders below paths such as `/` and `/model/`; the longest path that fits counts.
 *
 * @returns the address, without a slash at the end, and a promise of the server's end
 * @throws UserError if the port is taken
 */
export async function serveFolders(folders: Readonly<Record<string, string>>, { host, port }: ServeOptions) {
  const server = createServer((request, response) => void respond(folders, request, response));
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, { host, port })));
    server.listen(port, host, resolve);
  });
  const address = `http://${host}:${(server.address() as AddressInfo).port}`;
  return { address, closed, close: () => void server.close() };
}

function listenError(error: NodeJS.ErrnoException, { host, port }: ServeOptions): Error {
  if (error.code === 'EADDRINUSE') return new UserError(`port ${port} of ${host} is in use; choose another one with --port`);
  return new UserError(`cannot listen on port ${port} of ${host}: ${error.message}`);
}

async function respond(folders: Readonly<Record<string, string>>, { url, method }: IncomingMessage, response: ServerResponse) {
  const file = fileOf(folders, url ?? '/');
  const size = file === undefined ? undefined : await sizeOf(file);
  if (size === undefined) return void response.writeHead(404, HEADERS).end('not found');
  const type = TYPES[extname(file!)] ?? 'application/octet-stream';
  response.writeHead(200, { ...HEADERS, 'Content-Type': type, 'Content-Length': size });
  if (method === 'HEAD') return void response.end();
  createReadStream(file!)
    .on('error', () => response.destroy())
    .pipe(response);
}

function fileOf(folders: Readonly<Record<string, string>>, url: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return undefined;
  }
  const [prefix] = Object.keys(folders)
    .filter((each) => path.startsWith(each))
    .sort((a, b) => b.length - a.length);
  if (prefix === undefined || path.includes('\0')) return undefined;
  const folder = folders[prefix];
  const file = normalize(join(folder, path.endsWith('/') ? `${path.slice(prefix.length)}index.html` : path.slice(prefix.length)));
  return file.startsWith(folder + sep) ? file : undefined;
}

const sizeOf = (file: string) =>
  stat(file).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  );
