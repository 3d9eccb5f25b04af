// Writes the files of model/ as modules into src/generated/, with the weights as text: a module is what Node, every bundler and every browser can load
// without being told how.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const read = (...path) => readFileSync(join(here('../model'), ...path));

/** Modules by their names: the folders in model/. */
const MODULES = { generator: '.', 'image-classifier': 'classifier/image', 'sound-classifier': 'classifier/sound' };

mkdirSync(here('../src/generated'), { recursive: true });
const write = (name, lines) => writeFileSync(here(`../src/generated/${name}.ts`), `${lines.join('\n')}\n`);
for (const [name, folder] of Object.entries(MODULES)) {
  write(name, [
    `export const config: object = ${read(folder, 'config.json').toString().trim()};`,
    `export const weights: string = '${read(folder, 'model.safetensors').toString('base64')}';`,
  ]);
}
write('pool', [
  "import type { ReleasedPool } from '../released';",
  `export const pool: ReleasedPool = ${read('classifier', 'pool.json').toString().trim()};`,
]);
