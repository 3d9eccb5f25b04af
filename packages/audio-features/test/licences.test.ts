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

/** The manifest of a package as the one in `from` finds it, whatever its `exports` allow. */
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

/** Name and licence of everything that installing the package in `folder` brings along. */
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

/** Where the package really lies: its own dependencies are beside it there. */
const realFolder = (manifest: string) => dirname(createRequire(manifest).resolve(manifest));

it('depends on packages under permissive licences only', () => {
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
