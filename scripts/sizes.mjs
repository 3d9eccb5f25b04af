// Prints how large the published packages are: packed and unpacked, and each entry bundled and minified with all that it imports, except what its
// users install themselves (peers), native code and the released weights; then what a page downloads that imports `cmcgan`.
//   npm run sizes [-- package ...]
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Native code, and weights. */
const LEFT_OUT = ['sharp', 'koffi', 'node-av', 'webgpu', '@mediabunny/server', '@cmcgan/weights'];

function publishedPackages() {
  const folders = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
  const packages = folders.map((folder) => ({
    folder,
    manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
  }));
  const published = packages.filter(({ manifest }) => !manifest.private);
  const asked = process.argv.slice(2);
  return asked.length === 0 ? published : published.filter(({ manifest }) => asked.includes(manifest.name));
}

/** What the registry gets: bytes of the tarball and of its files. */
function packed(folder) {
  const output = execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  });
  const [{ size, unpackedSize }] = JSON.parse(output);
  return { size, unpackedSize };
}

/** The files that entries point to for `import`, in Node and, if there is another, in browsers. */
function entriesOf({ name, exports }) {
  return Object.entries(exports).flatMap(([entry, target]) => {
    if (typeof target !== 'object') return [];
    const imported = entry === '.' ? name : name + entry.slice(1);
    const browser = target.browser && { name: `${imported} (browser)`, file: target.browser.default, platform: 'browser' };
    return [{ name: imported, file: target.import.default, platform: 'node' }, ...(browser ? [browser] : [])];
  });
}

/** Bundles an entry into minified chunks. @returns each chunk's bytes after gzip, what it imports, and what it is made of */
async function bundle(file, platform, peers = []) {
  const { outputFiles, metafile } = await build({
    ...{ entryPoints: [file], bundle: true, minify: true, splitting: true, format: 'esm', target: 'es2022', metafile: true },
    ...{ write: false, outdir: 'out', platform, logLevel: 'error', external: [...LEFT_OUT, ...peers], absWorkingDir: root },
    loader: { '.wasm': 'binary' },
  });
  return Object.entries(metafile.outputs).map(([path, { entryPoint, imports, inputs }]) => {
    const contents = outputFiles.find((each) => each.path === join(root, path)).contents;
    return { path, entryPoint, imports, inputs, gzip: gzipSync(contents, { level: 9 }).length };
  });
}

const sum = (chunks) => chunks.reduce((total, { gzip }) => total + gzip, 0);

/** A chunk and all that it imports at once. */
function withStatic(start, chunks, seen = new Set()) {
  if (seen.has(start)) return [];
  seen.add(start);
  const statics = start.imports.filter(({ kind, external }) => kind === 'import-statement' && !external);
  return [
    start,
    ...statics.flatMap(({ path }) =>
      withStatic(
        chunks.find((each) => each.path === path),
        chunks,
        seen,
      ),
    ),
  ];
}

const kB = (bytes) => (bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0);
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);

/** Bytes of the minified code of each package in some chunks, the largest first. */
function largestParts(chunks) {
  const bytes = {};
  for (const { inputs } of chunks) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const [, inner] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
      const part = inner ?? path.split('/').slice(0, 2).join('/');
      bytes[part] = (bytes[part] ?? 0) + bytesInOutput;
    }
  }
  return Object.entries(bytes).sort(([, a], [, b]) => b - a);
}

async function printPage({ folder, manifest }) {
  const file = join(folder, manifest.exports['.'].browser.default);
  const chunks = await bundle(file, 'browser');
  const entry = chunks.find(({ entryPoint }) => entryPoint && join(root, entryPoint) === file);
  const always = withStatic(entry, chunks);
  console.log(
    `\nA page that imports ${manifest.name} downloads, without weights, ${kB(sum(chunks))} kB after gzip if it loads everything.\n`,
  );
  row('part', 'kB, gzip');
  row('---', '---');
  row('at once', kB(sum(always)));
  for (const chunk of chunks.filter(({ entryPoint }) => entryPoint && entryPoint !== entry.entryPoint)) {
    const more = withStatic(chunk, chunks).filter((each) => !always.includes(each));
    row(`on demand: ${chunk.entryPoint.replace(/^.*node_modules\//, '')}`, kB(sum(more)));
  }
  console.log('\nIts largest parts, minified, before gzip:\n');
  row('package', 'kB');
  row('---', '---');
  for (const [part, bytes] of largestParts(chunks).slice(0, 12)) row(part, kB(bytes));
}

const packages = publishedPackages();
row('package', 'packed, kB', 'unpacked, kB', 'entry', 'minified and gzipped, kB');
row('---', '---', '---', '---', '---');
for (const { folder, manifest } of packages) {
  const { size, unpackedSize } = packed(folder);
  const peers = Object.keys(manifest.peerDependencies ?? {});
  for (const [i, { name, file, platform }] of entriesOf(manifest).entries()) {
    const chunks = await bundle(join(folder, file), platform, peers);
    row(...(i === 0 ? [manifest.name, kB(size), kB(unpackedSize)] : ['', '', '']), name, kB(sum(chunks)));
  }
}
const page = packages.find(({ manifest }) => manifest.exports['.'].browser && manifest.bin);
if (page) await printPage(page);
