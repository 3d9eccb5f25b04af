import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrokenFileError } from '../src/reading/check/broken-file';
import { createFeaturePool } from '../src/reading/features/feature-pool';
import { bundleProgram } from './bundle';
import { hashed, noisyJpeg, temporaryFolder, toneWav, writeFiles } from './small-archive';

let bundle: Awaited<ReturnType<typeof bundleProgram>>;
beforeAll(async () => {
  bundle = await bundleProgram('build-cache');
});
afterAll(() => bundle.remove());

async function files() {
  const folder = await temporaryFolder();
  const tasks = await Promise.all(
    Array.from({ length: 12 }, async (_, i) => {
      const path = join(folder, i % 2 ? `${i}.wav` : `${i}.jpg`);
      await writeFile(path, i % 2 ? toneWav(i) : await noisyJpeg(i));
      return { kind: i % 2 ? 'lms' : 'frame', path };
    }),
  );
  return { folder, tasks };
}

it('gives on threads what the caller’s thread gives', async () => {
  const { tasks } = await files();
  const here = createFeaturePool({ threads: 0 });
  const there = createFeaturePool({ threads: 2, filesBeforeThreads: 2, workerFile: bundle.workerFile });
  const both = await Promise.all([here, there].map((pool) => Promise.all(tasks.map((task) => pool.compute(task)))));
  expect([here.threadCount, there.threadCount]).toEqual([0, 2]);
  expect(hashed(both[1])).toEqual(hashed(both[0]));
  await there.close();
});

it('reports on threads how a picture departs from its format, if asked', async () => {
  const pool = createFeaturePool({ threads: 1, filesBeforeThreads: 0, workerFile: bundle.workerFile });
  const task = { kind: 'frame', path: fileURLToPath(new URL('fixtures/pictures/cctv-extraneous.jpg', import.meta.url)) };
  const departure = 'was read in spite of 4 stray bytes before marker 0xdb';
  expect(await pool.compute({ ...task, inspect: true })).toMatchObject({ departure });
  expect((await pool.compute(task)).departure).toBeUndefined();
  const { tasks } = await files();
  expect(await pool.compute({ ...tasks[0], inspect: true })).toMatchObject({ departure: '' });
  await pool.close();
});

it('computes nothing that is kept already', async () => {
  const { folder, tasks } = await files();
  const pool = createFeaturePool({ threads: 1, filesBeforeThreads: 0, workerFile: bundle.workerFile });
  const { sha256 } = await pool.compute(tasks[1]);
  expect((await pool.compute({ ...tasks[1], keptIn: folder })).feature).toBeDefined();
  await writeFiles(folder, { [`${sha256.slice(0, 2)}/${sha256}`]: 'kept' });
  expect(await pool.compute({ ...tasks[1], keptIn: folder })).toEqual({ sha256, feature: undefined });
  await pool.close();
});

it('passes on a broken file’s error, with its kind and path', async () => {
  const { folder } = await files();
  const path = join(folder, 'empty.wav');
  await writeFile(path, '');
  const pool = createFeaturePool({ threads: 1, filesBeforeThreads: 0, workerFile: bundle.workerFile });
  const error: unknown = await pool.compute({ kind: 'lms', path }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BrokenFileError);
  expect(error).toMatchObject({ problem: 'empty', path });
  await pool.close();
});

it('rejects running tasks when their thread ends', async () => {
  const { tasks } = await files();
  const pool = createFeaturePool({ threads: 1, filesBeforeThreads: 0, workerFile: bundle.workerFile });
  const under = pool.compute(tasks[0]);
  await Promise.all([expect(under).rejects.toThrow('openDataset: a reading thread must keep running'), pool.close()]);
});

it('works without threads if their program is missing', async () => {
  const { tasks } = await files();
  const pool = createFeaturePool({ threads: 4, filesBeforeThreads: 0, workerFile: new URL('file:///no/such/worker.js') });
  expect((await pool.compute(tasks[0])).feature).toHaveLength(128 * 128 * 3);
  expect(pool.threadCount).toBe(0);
});
