// Measures the memory and time that a data set of the size of the public archive takes: simulates its files, all different, then opens it
// (first with an empty cache, then again) and reads batches. Needs about 9 GB of disk for 80,805 pairs; removes everything afterwards.
//   node packages/sub-urmp/scripts/measure-archive.mjs [--pairs 80805] [--folder /tmp/archive] [--memory-mib 512] [--batches 100] [--keep]
// Build first: npx pnpm --filter @cmcgan/sub-urmp build
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { encodeJpeg } from '@cmcgan/image-io';
import { createRandom } from '@cmcgan/random';
import { batches, openDataset } from '@cmcgan/sub-urmp';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '80805' },
    folder: { type: 'string', default: join(tmpdir(), 'cmcgan-archive') },
    'memory-mib': { type: 'string', default: '512' },
    batches: { type: 'string', default: '100' },
    keep: { type: 'boolean', default: false },
    phase: { type: 'string' },
  },
});
const [pairCount, memoryMib, batchCount] = [values.pairs, values['memory-mib'], values.batches].map(Number);
const { folder } = values;
const CLASSES = 13;
const SECONDS = 0.5;
const PAIRS_PER_SONG = 50;

/** 8-bit mono WAV of half a second of noise, determined by `index`. */
function wav(index) {
  const count = SECONDS * 44100;
  const bytes = Buffer.alloc(44 + count);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + count, 4);
  bytes.write('WAVEfmt ', 8);
  for (const [at, value] of [
    [16, 16],
    [24, 44100],
    [28, 44100],
    [40, count],
  ])
    bytes.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ])
    bytes.writeUInt16LE(value, at);
  bytes.write('data', 36);
  let state = index + 1;
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[44 + i] = 96 + (state >>> 26);
  }
  return bytes;
}

/** Adds a comment to the picture that makes the file different from all others. */
function tagged(jpeg, index) {
  const comment = Buffer.alloc(12);
  comment.writeUInt16BE(0xfffe, 0);
  comment.writeUInt16BE(10, 2);
  comment.writeDoubleBE(index, 4);
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
}

async function simulate() {
  const random = createRandom(1);
  const pixels = Uint8Array.from({ length: 128 * 128 * 3 }, () => random.integer(256));
  const jpeg = Buffer.from(await encodeJpeg({ pixels, width: 128, height: 128 }, { quality: 60 }));
  const pending = new Set();
  for (let i = 0; i < pairCount; i++) {
    const name = `instrument-${String.fromCharCode(97 + (i % CLASSES))}`;
    const n = Math.floor(i / CLASSES);
    const song = 1 + Math.floor(n / PAIRS_PER_SONG);
    const split = song % 8 === 1 ? 'validation' : 'train';
    const stem = `${name}${String(song).padStart(3, '0')}_${500 + 100 * (n % PAIRS_PER_SONG)}`;
    for (const [part, extension, bytes] of [
      ['img', 'jpg', tagged(jpeg, i)],
      ['chunk', 'wav', wav(i)],
    ]) {
      const target = join(folder, part, split, name);
      if (i < 2000 * CLASSES) await mkdir(target, { recursive: true });
      const write = writeFile(join(target, `${stem}.${extension}`), bytes).finally(() => pending.delete(write));
      pending.add(write);
    }
    while (pending.size > 64) await Promise.race(pending);
  }
  await Promise.all(pending);
}

async function open(label) {
  const startedAt = performance.now();
  let shownMs = startedAt;
  const dataset = await openDataset(folder, {
    memoryBytes: memoryMib * 2 ** 20,
    onProgress({ done, total }) {
      if (performance.now() - shownMs < 30_000) return;
      shownMs = performance.now();
      console.log(`  ${done}/${total}, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB now`);
    },
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const count = dataset.splits.train.length + dataset.splits.validation.length;
  console.log(`${label}: ${count} pairs in ${seconds.toFixed(1)} s (${Math.round(count / seconds)} pairs/s), ${peak()}`);
  return dataset;
}

const peak = () => `peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`;

async function readBatches(dataset) {
  const startedAt = performance.now();
  let pairs = 0;
  let left = batchCount;
  for await (const { classIds } of batches(dataset, { split: 'train', batchSize: 64, seed: 1, epoch: 0 })) {
    pairs += classIds.length;
    if (--left === 0) break;
  }
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`batches of 64: ${pairs} pairs in ${seconds.toFixed(1)} s (${Math.round(pairs / seconds)} pairs/s), ${peak()}`);
}

/** Each phase runs in a separate process, so that its peak memory can be measured. */
const phases = {
  simulate,
  cold: () => open('first opening (builds the cache)'),
  warm: async () => readBatches(await open('opening again')),
};

if (values.phase) {
  await phases[values.phase]();
} else {
  if (existsSync(folder)) throw new Error(`measure-archive: folder must not exist yet, got ${folder}`);
  try {
    for (const phase of Object.keys(phases)) {
      const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2), '--phase', phase];
      const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
      if (status !== 0) throw new Error(`measure-archive: ${phase} failed with ${status}`);
    }
  } finally {
    if (!values.keep) await rm(folder, { recursive: true, force: true });
  }
}
