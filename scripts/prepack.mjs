// Runs before any packing of a published package, in its folder: builds it with its declarations, whatever was built before, and refuses to
// pack where a file that its package.json names is missing.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const setup = join(dirname(fileURLToPath(import.meta.url)), 'setup.mjs');

/** Paths at any depth of a manifest's entry. */
const pathsIn = (value) => (typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(pathsIn));

rmSync('dist', { recursive: true, force: true }); // a build that comes from the cache leaves what else lies there
execFileSync(process.execPath, [setup, `--build=${manifest.name}`], { stdio: ['ignore', 2, 2] });
const { main, module, types, bin, exports, files } = manifest;
const missing = [main, module, types, bin, exports, files].flatMap(pathsIn).filter((path) => !existsSync(path));
if (missing.length > 0) {
  console.error(
    `prepack: ${manifest.name} must hold every file that its package.json names, but lacks ${[...new Set(missing)].join(', ')}`,
  );
  process.exit(1);
}
