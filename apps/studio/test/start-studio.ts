import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

/** Runs `studio` with arguments; resolves to the address that it prints and a function that ends it. */
export async function startStudio(...args: string[]): Promise<{ address: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [join(DIST, 'cli.js'), ...args, '--port', '0']);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let written = '';
  const address = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      written += chunk.toString();
      const [found] = /http:\/\/\S+/.exec(written) ?? [];
      if (found) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(written)));
  });
  return {
    address,
    stop() {
      child.kill();
      return ended;
    },
  };
}

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Serves the built page below a path, as a server would that knows nothing of it: without the headers for threads. */
export async function servePlainly(path: string, model: string): Promise<{ address: string; stop(): void }> {
  const server = createServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const file = pathname.startsWith(path) ? pathname.slice(path.length) || 'index.html' : '';
    const place = file.startsWith('model/') ? join(model, file.slice(6)) : join(DIST, 'page', file);
    try {
      const bytes = readFileSync(place);
      response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = `http://localhost:${(server.address() as AddressInfo).port}${path}`;
  return { address, stop: () => void server.close().closeAllConnections() };
}
