// Prints how many bytes each export of the built package adds to a page by itself: bundled by esbuild, minified, and gzipped.
//
//     node scripts/measure-size.mjs                        # every export and entry
//     node scripts/measure-size.mjs logMelSpectrum mfcc    # only these
//     node scripts/measure-size.mjs logMelSpectrum --limit 5632   # fails above this many bytes, gzipped
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values, positionals } = parseArgs({ allowPositionals: true, options: { limit: { type: 'string' } } });
const { name, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Modules that are only imported on demand, such as decoders, are excluded. */
const LATER = {
  name: 'later',
  setup: ({ onResolve }) =>
    onResolve({ filter: /.*/ }, ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined)),
};

async function sizeOf(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: ['node:*', ...Object.keys(dependencies)],
    plugins: [LATER],
    logLevel: 'error',
    write: false,
  });
  const bytes = outputFiles[0].contents;
  return { minified: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length };
}

const entry = JSON.stringify(join(root, 'dist', 'index.js'));
const all = Object.keys(await import(join(root, 'dist', 'index.js')));
const wanted = positionals.length > 0 ? positionals : all;
console.log(`${name}: bytes of each import by itself`);
for (const item of wanted) {
  if (!all.includes(item)) throw new Error(`measure-size: names must be exports of ${name}, got ${item}`);
  const { minified, gzipped } = await sizeOf(`export { ${item} } from ${entry};`);
  console.log(`${item.padEnd(24)} ${String(minified).padStart(7)} minified ${String(gzipped).padStart(7)} gzipped`);
  if (values.limit !== undefined && gzipped > Number(values.limit)) {
    throw new Error(`measure-size: ${item} must be at most ${values.limit} bytes gzipped, got ${gzipped}`);
  }
}
