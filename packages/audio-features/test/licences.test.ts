import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const PERMISSIVE = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'];

interface Manifest {
  name: string;
  license?: string;
  dependencies?: Record<string, string>;
}

/** The manifest of a package as resolved from the one in `from`, whatever its `exports` allow. */
function findManifest(name: string, from: string): string {
  for (const folder of createRequire(join(from, 'package.json')).resolve.paths(name) ?? []) {
    const path = join(folder, name, 'package.json');
    try {
      readFileSync(path);
      return path;
    } catch {
      continue;
    }
  }
  throw new Error(`${name} is not installed for ${from}`);
}

/** Name and licence of everything that is installed along with the package in `folder`. */
function dependenciesOf(folder: string, found = new Map<string, string>()): Map<string, string> {
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  for (const name of Object.keys(dependencies)) {
    if (found.has(name)) continue;
    const path = findManifest(name, folder);
    found.set(name, (JSON.parse(readFileSync(path, 'utf8')) as Manifest).license ?? 'none');
    dependenciesOf(realFolder(path), found);
  }
  return found;
}

/** The real folder of the package, beside which its dependencies are installed. */
const realFolder = (manifest: string) => dirname(createRequire(manifest).resolve(manifest));

it('only depends on packages under permissive licences', () => {
  const found = dependenciesOf(fileURLToPath(new URL('..', import.meta.url)));
  expect([...found.keys()].sort()).toEqual([
    '@eshaz/web-worker',
    '@wasm-audio-decoders/common',
    'mpg123-decoder',
    'opus-decoder',
    'simple-yenc',
  ]);
  expect([...found].filter(([, licence]) => !PERMISSIVE.includes(licence))).toEqual([]);
});
