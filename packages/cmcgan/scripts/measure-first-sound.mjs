// Measures how long the built package takes from `load()` to the first half second of sound, in new Node processes and in new pages of
// Chromium with threads: medians in seconds.
//   node scripts/measure-first-sound.mjs [model folder] [--rounds 5]
// Without a folder, the released weights. Also prints what the page downloads. Chromium is npm's; CHROMIUM names another.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { startChromium } from '../../../scripts/start-chromium.mjs';
import { buildPage, serve } from '../test/serve-page.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);

/** Runs in Node and in a page: the seconds that loading and the first sound take. */
const MEASURE = `async (load, source) => {
  const start = performance.now();
  const model = await load(source);
  const loaded = performance.now();
  await model.pictureToSound({ pixels: new Uint8Array(128 * 128 * 3).fill(90), width: 128, height: 128 });
  return { load: (loaded - start) / 1000, sound: (performance.now() - loaded) / 1000, backend: model.backend };
}`;

function inNode(source) {
  const program = `import { load } from ${JSON.stringify(pathToFileURL(here('../dist/index.js')).href)};
    console.log(JSON.stringify(await (${MEASURE})(load, ${JSON.stringify(source) ?? 'undefined'})));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' }));
}

/** Modules with the released weights, by Vite's names for them. */
const WEIGHTS = /^(generator|image-classifier|sound-classifier|pool)-/;

/** The megabytes that a page downloads, compressed as servers do: of everything but a model, and of the released weights. */
function printDownloads(urls, dist) {
  const sizes = { page: 0, weights: 0 };
  for (const url of new Set(urls)) {
    const path = new URL(url).pathname.replace(/^\/isolated\//, '') || 'index.html';
    if (path.startsWith('model/')) continue;
    sizes[WEIGHTS.test(basename(path)) ? 'weights' : 'page'] += gzipSync(readFileSync(join(dist, path))).length;
  }
  const inMegabytes = (bytes) => (bytes / 1e6).toFixed(2);
  console.log(`The page downloads ${inMegabytes(sizes.page)} MB and ${inMegabytes(sizes.weights)} MB of released weights (gzip)`);
}

async function inPages(browser, { address, source, dist }) {
  const results = [];
  const urls = [];
  for (let round = 0; round < rounds; round++) {
    const context = await browser.newContext(); // nothing is cached
    const page = await context.newPage();
    page.on('request', (request) => request.url().startsWith(address) && urls.push(request.url()));
    await page.goto(`${address}/isolated/`);
    await page.waitForFunction('globalThis.load');
    results.push(await page.evaluate(`(${MEASURE})(load, ${source === undefined ? 'undefined' : "'model'"})`));
    await context.close();
  }
  printDownloads(urls, dist);
  return results;
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
function print(where, results) {
  const of = (value) => median(results.map(value)).toFixed(2);
  const parts = `load ${of(({ load }) => load)}, sound ${of(({ sound }) => sound)}`;
  console.log(`${where}, ${results[0].backend}: ${of(({ load, sound }) => load + sound)} s (${parts})`);
}

const folder = mkdtempSync(join(tmpdir(), 'cmcgan-first-sound-'));
try {
  const source = positionals.length > 0 ? resolve(positionals[0]) : undefined;
  print(
    `Node ${process.versions.node}`,
    Array.from({ length: rounds }, () => inNode(source)),
  );
  mkdirSync(join(folder, 'project'));
  writeFileSync(join(folder, 'project', 'package.json'), '{ "private": true }');
  const dist = await buildPage(join(folder, 'project'));
  if (source !== undefined) cpSync(source, join(dist, 'model'), { recursive: true });
  const [server, browser] = [await serve(dist), await startChromium(join(folder, 'chromium'))];
  print(`Chromium ${browser.version()}`, await inPages(browser, { address: server.address, source, dist }));
  await browser.close();
  server.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
