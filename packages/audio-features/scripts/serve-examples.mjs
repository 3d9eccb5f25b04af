// Serves this package's folder on localhost, for examples/*.html. `--port` sets the port (default 8080).
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8' };
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({ options: { port: { type: 'string', default: '8080' } } });

const server = createServer(({ url }, response) => {
  const { pathname } = new URL(url, 'http://localhost');
  const path = join(root, normalize(decodeURIComponent(pathname)));
  const type = TYPES[extname(path)];
  if (type === undefined || statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': type });
  createReadStream(path).pipe(response);
});
server.listen(Number(values.port), '127.0.0.1', () => {
  console.log(`http://localhost:${server.address().port}/examples/microphone.html`);
});
