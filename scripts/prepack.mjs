// Runs before a published package is packed, in its folder: builds it with its declarations, unless what is there was built so, and refuses
// to pack if a file that its package.json names is missing.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pathsIn, readManifest } from './manifest.mjs';

const manifest = readManifest('.');
const setup = join(dirname(fileURLToPath(import.meta.url)), 'setup.mjs');

execFileSync(process.execPath, [setup, `--build=${manifest.name}`], { stdio: ['ignore', 2, 2] });
const { main, module, types, bin, exports, files } = manifest;
/** `changeset version` writes it at the first release. */
const LATER = 'CHANGELOG.md';
const missing = [main, module, types, bin, exports, files].flatMap(pathsIn).filter((path) => path !== LATER && !existsSync(path));
if (missing.length > 0) {
  console.error(
    `prepack: ${manifest.name} must hold every file that its package.json names, but lacks ${[...new Set(missing)].join(', ')}`,
  );
  process.exit(1);
}
