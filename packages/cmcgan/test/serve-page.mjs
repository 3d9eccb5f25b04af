// Builds a page that uses the package, with Vite as a user would, and serves it beside a model.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json' };
/** With them, a page may share memory with workers. */
const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** Builds the page in a project that has the package in its node_modules. @returns the folder to serve */
export async function buildPage(project) {
  cpSync(join(packageFolder, 'test', 'page'), project, { recursive: true });
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(packageFolder, join(project, 'node_modules', 'cmcgan'), 'junction');
  const vite = join(packageFolder, 'node_modules', 'vite', 'bin', 'vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', '--base', './', '--target', 'esnext'], { cwd: project });
  return join(project, 'dist');
}

/** Serves a folder; what is below /isolated/ is the same with the headers that threads need. Resolves to the address and a function that ends it. */
export async function serve(folder) {
  const server = createServer(({ url }, response) => {
    const [, isolated, path] = /^\/(isolated\/)?(.*)$/.exec(new URL(url, 'http://localhost').pathname);
    const file = path || 'index.html';
    try {
      const bytes = readFileSync(join(folder, file));
      const type = { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' };
      response.writeHead(200, { ...type, ...(isolated ? ISOLATED : {}) }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  return { address: `http://localhost:${server.address().port}`, close: () => server.close() };
}
