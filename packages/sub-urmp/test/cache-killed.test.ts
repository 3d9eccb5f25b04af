import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDataset } from '../src/reading/open-dataset';
import { createRandom } from '@cmcgan/random';
import { bundleProgram } from './bundle';
import { smallArchive, temporaryFolder } from './small-archive';

const KILLS = 20;
const COUNTS = { train: { horn: 16, flute: 16, cello: 16 }, validation: { horn: 6, flute: 6 } };
const PAIRS = 60;

let bundle: Awaited<ReturnType<typeof bundleProgram>>;
beforeAll(async () => {
  bundle = await bundleProgram('build-cache');
});
afterAll(() => bundle.remove());

/** Runs the program on two threads, and kills it some time after so many pairs. Resolves to its output and whether it was killed. */
function buildCache(folder: string, cacheFolder: string, kill?: { afterPairs: number; delayMs: number }) {
  const child = spawn(process.execPath, [bundle.program, folder, cacheFolder, '2'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  let doomed = false;
  child.stdout.on('data', (text: Buffer) => {
    printed += text.toString();
    if (!kill || doomed || printed.split('\n').length <= kill.afterPairs) return;
    doomed = true;
    setTimeout(() => child.kill('SIGKILL'), kill.delayMs);
  });
  return new Promise<{ printed: string; killed: boolean }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_code, signal) => resolve({ printed, killed: signal === 'SIGKILL' }));
  });
}

/** Names and contents of a cache's files, apart from its index (which contains the times of changes) and unfinished files. */
async function contents(cacheFolder: string): Promise<Record<string, string>> {
  const entries = await readdir(cacheFolder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const kept = files.filter((file) => /\/(features|decibel-range)\//.test(file)).sort();
  const hash = async (file: string) =>
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
  return Object.fromEntries(await Promise.all(kept.map(async (file) => [file.slice(cacheFolder.length), await hash(file)])));
}

it(`killed ${KILLS} times at random moments and restarted, gives the same cache as an uninterrupted build`, async () => {
  const folder = await smallArchive(COUNTS);
  const [quiet, killed] = [join(await temporaryFolder(), 'quiet'), join(await temporaryFolder(), 'killed')];
  const { printed } = await buildCache(folder, quiet);
  const { manifestHash } = await openDataset(folder, { cacheFolder: null });
  expect(printed.trim().split('\n').pop()).toBe(`finished ${manifestHash}`);

  const random = createRandom(20);
  let kills = 0;
  // At first each run gets a little further than the one before; runs that are killed later find most of the cache complete.
  for (let i = 0; i < KILLS; i++) {
    const afterPairs = Math.min(PAIRS - 1, random.integer(4 * (i + 1)));
    kills += Number((await buildCache(folder, killed, { afterPairs, delayMs: random.integer(8) })).killed);
  }
  expect(kills).toBeGreaterThanOrEqual(KILLS / 2); // a run may finish before it is killed
  expect((await buildCache(folder, killed)).printed).toContain(`finished ${manifestHash}`);
  expect(await contents(killed)).toEqual(await contents(quiet));
  expect(Object.keys(await contents(quiet))).toHaveLength(2 * PAIRS + 1);
}, 600_000); // 23 processes, one after another
