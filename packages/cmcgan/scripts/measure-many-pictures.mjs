// Measures how much memory `npx cmcgan` takes for folders of mixed pictures, some of them broken, and checks that it converts each good one, that it
// lists what failed once, at the end, and that its memory doesn't grow with the number of pictures.
//   node scripts/measure-many-pictures.mjs [model folder] [--counts 50,200]
// Without a folder, an untrained model of 1/8 of the paper's width.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createCmcgan } from '@cmcgan/model';
import { saveModel } from '@cmcgan/model/node';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { makePictures } from './make-pictures.mjs';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { counts: { type: 'string', default: '50,200' } } });

async function modelFolder(folder) {
  if (positionals.length > 0) return resolve(positionals[0]);
  await useWasmKernels({ threads: 1 });
  const decibelRange = { floorDb: -60, ceilingDb: 20 };
  await saveModel(
    createCmcgan({ width: 1 / 8, latentSize: 100, initialisation: 'he', seed: 1, decibelRange }),
    join(folder, 'model'),
  );
  return join(folder, 'model');
}

/** A module that leaves the peak of a process's memory, in KiB, in a file. */
function peakModule(folder, file) {
  const path = join(folder, 'peak.mjs');
  writeFileSync(
    path,
    `import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)));`,
  );
  return pathToFileURL(path).href;
}

/** Runs the program on a folder. */
async function convert({ folder, pictures, weights, count }) {
  const peakFile = join(folder, `peak ${count}`);
  const out = join(folder, `sounds ${count}`);
  const args = ['--import', peakModule(folder, peakFile), CLI, pictures, '-o', out, '--weights', weights, '--backend', 'wasm'];
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const code = await new Promise((end) => child.on('close', end));
  const written = readdirSync(out, { recursive: true }).filter((name) => name.endsWith('.wav'));
  const seconds = (performance.now() - startedAt) / 1000;
  return { code, stderr, written: written.length, seconds, peakMiB: Number(readFileSync(peakFile, 'utf8')) / 1024 };
}

/** Throws unless every good picture became a sound, and every broken one is in the one report. */
function check({ code, stderr, written }, count, broken) {
  const [, report] = stderr.split(`cmcgan: ${broken.length} of ${count} files failed:\n`);
  const reported = report?.trimEnd().split('\n') ?? [];
  const missing = broken.filter((name) => reported.filter((line) => line.includes(name)).length !== 1);
  if (code === 1 && written === count - broken.length && reported.length === broken.length && missing.length === 0)
    return reported;
  throw new Error(`of ${count} files, ${written} were converted, exit code ${code}, standard error:\n${stderr}`);
}

const folder = mkdtempSync(join(tmpdir(), 'cmcgan-many-'));
try {
  const weights = await modelFolder(folder);
  const peaks = [];
  for (const count of values.counts.split(',').map(Number)) {
    const pictures = join(folder, `pictures ${count}`);
    const broken = await makePictures(pictures, count);
    const result = await convert({ folder, pictures, weights, count });
    const reported = check(result, count, broken);
    const progress = result.stderr.split('\n').filter((line) => line.startsWith('generating'));
    const measured = `peak of ${result.peakMiB.toFixed(0)} MiB, ${result.seconds.toFixed(0)} s, ${progress.length} lines of progress`;
    console.log(`${count} pictures: ${measured}, ${reported.length} failed:`);
    for (const line of reported) console.log(line.replaceAll(pictures, basename(pictures)));
    peaks.push(result.peakMiB);
  }
  if (Math.max(...peaks) > 1.5 * Math.min(...peaks)) throw new Error('memory must not grow with the number of pictures');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
