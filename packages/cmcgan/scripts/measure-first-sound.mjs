// Measures how long the built package takes from `load()` to the first half second of sound, in new Node processes and in new pages of
// Chromium with threads: medians in seconds.
//   node scripts/measure-first-sound.mjs [model folder] [--rounds 5]
// Without a folder, an untrained model of 1/8 of the paper's width. Chromium is npm's; CHROMIUM names another.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createCmcgan } from '@cmcgan/model';
import { saveModel } from '@cmcgan/model/node';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
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

async function modelFolder(folder) {
  if (positionals.length > 0) return resolve(positionals[0]);
  await useWasmKernels();
  const decibelRange = { floorDb: -60, ceilingDb: 20 };
  const model = createCmcgan({ width: 1 / 8, latentSize: 100, initialisation: 'he', seed: 1, decibelRange });
  await saveModel(model, join(folder, 'untrained'));
  return join(folder, 'untrained');
}

function inNode(source) {
  const program = `import { load } from ${JSON.stringify(pathToFileURL(here('../dist/index.js')).href)};
    console.log(JSON.stringify(await (${MEASURE})(load, ${JSON.stringify(source)})));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' }));
}

/** Starts the Chromium that the tests use. */
async function startChromium(folder) {
  const args = ['--no-sandbox'];
  if (process.env.CHROMIUM) return chromium.launch({ executablePath: process.env.CHROMIUM, args });
  const outfile = here('../node_modules/.cache/npm-chromium.mjs'); // in the workspace, where it finds its packages
  await build({ entryPoints: [here('../../../test/extras/npm-chromium.ts')], outfile, format: 'esm', platform: 'node' });
  const { unpackNpmChromium } = await import(pathToFileURL(outfile).href);
  mkdirSync(folder);
  const { executable, env } = await unpackNpmChromium(folder);
  return chromium.launch({ executablePath: executable, env: { ...process.env, ...env }, args });
}

async function inPages(browser, address) {
  const results = [];
  for (let round = 0; round < rounds; round++) {
    const context = await browser.newContext(); // nothing is cached
    const page = await context.newPage();
    await page.goto(`${address}/isolated/`);
    await page.waitForFunction('globalThis.load');
    results.push(await page.evaluate(`(${MEASURE})(load, 'model')`));
    await context.close();
  }
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
  const source = await modelFolder(folder);
  print(
    `Node ${process.versions.node}`,
    Array.from({ length: rounds }, () => inNode(source)),
  );
  mkdirSync(join(folder, 'project'));
  writeFileSync(join(folder, 'project', 'package.json'), '{ "private": true }');
  const dist = await buildPage(join(folder, 'project'));
  cpSync(source, join(dist, 'model'), { recursive: true });
  const [server, browser] = [await serve(dist), await startChromium(join(folder, 'chromium'))];
  print(`Chromium ${browser.version()}`, await inPages(browser, server.address));
  await browser.close();
  server.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
