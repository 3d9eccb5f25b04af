import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { cp, mkdir, readdir, readFile, rename, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { checkDataset, openDataset, readDatasetCard } from '../src/index';
import { shardDataset } from '../src/prepare/index';
import { bundleProgram } from './bundle';
import { hashed, noisyJpeg, smallArchive, temporaryFolder, toneWav, writeFiles } from './small-archive';

const inMemory = { cacheFolder: null, threads: 0 } as const;

async function sharded(folder: string, options: Parameters<typeof shardDataset>[2] = {}): Promise<string> {
  const out = join(await temporaryFolder(), 'shards');
  await shardDataset(folder, out, { threads: 0, ...options });
  return out;
}

const tarExists = spawnSync('tar', ['--version']).stdout?.includes('GNU') === true;
if (!tarExists) console.warn('Skipped: GNU tar is not on PATH, so shards are not compared with what it reads and writes.');

describe('a sharded data set', () => {
  it('is the same as its original: pairs, hash, samples, checks, card', async () => {
    const folder = await smallArchive();
    const out = await sharded(folder, { pairsPerShard: 4 });
    expect((await readdir(out)).sort()).toEqual([
      'dataset-card.json',
      ...['train-000000.tar', 'train-000001.tar', 'train-000002.tar', 'validation-000000.tar'],
    ]);
    const [original, shards] = [await openDataset(folder, inMemory), await openDataset(out, inMemory)];
    expect(shards.manifestHash).toBe(original.manifestHash);
    const idsOf = ({ splits }: typeof original) => [splits.train, splits.validation].map((pairs) => pairs.map(({ id }) => id));
    expect(idsOf(shards)).toEqual(idsOf(original));
    expect(shards.decibelRange).toEqual(original.decibelRange);
    for (const [i, pair] of shards.splits.train.entries())
      expect(hashed(await shards.load(pair))).toEqual(hashed(await original.load(original.splits.train[i])));
    expect((await readDatasetCard(out))?.manifestHash).toBe(original.manifestHash);
    const checked = await checkDataset(out, inMemory);
    const { folder: _, ignoredFiles: __, ...expected } = await checkDataset(folder, inMemory);
    expect(checked).toMatchObject(expected);
  });

  it('has the same bytes each time, and another order with another seed', async () => {
    const folder = await smallArchive();
    const first = await sharded(folder);
    const read = (out: string) => readFile(join(out, 'train-000000.tar'));
    const bytes = await read(first);
    expect(bytes.equals(await read(await sharded(folder)))).toBe(true);
    expect(bytes.equals(await read(await sharded(folder, { seed: 2 })))).toBe(false);
    await shardDataset(folder, first, { threads: 0, seed: 2 }); // replaces a set of shards
    expect(bytes.equals(await read(first))).toBe(false);
  });

  it('does not appear if the original has broken files, and has the rest if they are skipped', async () => {
    const folder = await smallArchive();
    await writeFile(join(folder, 'img/train/horn/horn01_500.jpg'), '');
    const out = join(await temporaryFolder(), 'shards');
    await expect(shardDataset(folder, out, { threads: 0 })).rejects.toThrow('every file must be readable, got 1');
    await expect(stat(out)).rejects.toThrow('ENOENT');
    const card = await shardDataset(folder, out, { threads: 0, onBroken: 'skip' });
    expect(card.pairs).toEqual({ train: 9, validation: 4 });
    expect((await openDataset(out, inMemory)).splits.train).toHaveLength(9);
  });
});

describe.skipIf(!tarExists)('GNU tar', () => {
  const LONG = `${'a very long name '.repeat(8)}01_500`;
  const ODD = ['flûte.v2', `Ünïcode.and.dots 100%2E 01_500`];

  async function oddArchive(): Promise<string> {
    const folder = await smallArchive();
    for (const [i, [instrument, stem]] of [['horn', LONG], ODD].entries())
      await writeFiles(folder, {
        [`img/train/${instrument}/${stem}.jpg`]: await noisyJpeg(100 + i),
        [`chunk/train/${instrument}/${stem}.wav`]: toneWav(100 + i),
      });
    return folder;
  }

  it('unpacks shards, with long names and all letters', async () => {
    const folder = await oddArchive();
    const out = await sharded(folder);
    const unpacked = await temporaryFolder();
    execFileSync('tar', ['xf', join(out, 'train-000000.tar'), '-C', unpacked]);
    const same = async (name: string, original: string) =>
      expect((await readFile(join(unpacked, name))).equals(await readFile(join(folder, original)))).toBe(true);
    await same(`horn/${LONG}.jpg`, `img/train/horn/${LONG}.jpg`);
    await same('horn/horn01_500.wav', 'chunk/train/horn/horn01_500.wav');
    const escaped = 'flûte%2Ev2/Ünïcode%2Eand%2Edots 100%252E 01_500';
    await same(`${escaped}.wav`, `chunk/train/${ODD.join('/')}.wav`);
    expect(JSON.parse(await readFile(join(unpacked, `${escaped}.json`), 'utf8'))).toEqual({
      ...{ class: ODD[0], stem: ODD[1], split: 'train', song: 1, timeMs: 500 },
    });
    expect((await openDataset(out, inMemory)).manifestHash).toBe((await openDataset(folder, inMemory)).manifestHash);
  });

  it.each(['ustar', 'gnu', 'pax'])('makes shards that are read, in its %s format', async (format) => {
    const folder = format === 'ustar' ? await smallArchive() : await oddArchive();
    const out = await temporaryFolder();
    for (const split of ['train', 'validation']) {
      const merged = await temporaryFolder();
      for (const side of ['img', 'chunk']) await cp(join(folder, side, split), merged, { recursive: true });
      for (const name of await readdir(merged)) await rename(join(merged, name), join(merged, name.replaceAll('.', '%2E')));
      const entries = await readdir(merged, { recursive: true, withFileTypes: true });
      for (const { name, parentPath } of entries.filter((entry) => entry.isFile())) {
        const at = name.lastIndexOf('.');
        const escaped = name.slice(0, at).replaceAll('%', '%25').replaceAll('.', '%2E') + name.slice(at);
        await rename(join(parentPath, name), join(parentPath, escaped));
      }
      execFileSync('tar', [`--format=${format}`, '-cf', join(out, `${split}.tar`), '-C', merged, '.']);
    }
    const [shards, original] = [await openDataset(out, inMemory), await openDataset(folder, inMemory)];
    expect(shards.manifestHash).toBe(original.manifestHash);
  });

  it("makes shards in which classes are .cls or .json files, as WebDataset's", async () => {
    const [members, out] = [await temporaryFolder(), await temporaryFolder()];
    const files: Record<string, Uint8Array | string> = {};
    for (const [i, name] of ['0001', '0002', '0003'].entries()) {
      files[`${name}.jpg`] = await noisyJpeg(i);
      files[`${name}.wav`] = toneWav(i);
    }
    await writeFiles(members, { ...files, '0001.cls': '7\n', '0002.json': '{"class":"cello","bow":true}' });
    for (const split of ['train', 'val']) execFileSync('tar', ['-cf', join(out, `${split}-0.tar`), '-C', members, '.']);
    const { splits, ignoredFiles } = await openDataset(out, { ...inMemory, onMissingHalf: 'skip' });
    expect(splits.train.map(({ id }) => id)).toEqual(['train/7/0001', 'train/cello/0002']);
    expect(ignoredFiles.map(({ reason }) => reason)).toEqual(
      Array(4).fill('its class is unknown: it has no folder, and no .cls or .json beside it'),
    );
  });
});

describe('damage', () => {
  it.each([1024, 30_000])('a shard without its last %i bytes is an error', async (bytes) => {
    const out = await sharded(await smallArchive());
    const shard = join(out, 'train-000000.tar');
    await truncate(shard, (await stat(shard)).size - bytes);
    await expect(openDataset(out, inMemory)).rejects.toThrow('must be a whole tar file, got one whose end is missing');
    await expect(checkDataset(out, inMemory)).rejects.toThrow(shard);
  });

  it('a damaged header is an error, a damaged member is a broken file', async () => {
    const out = await sharded(await smallArchive());
    const shard = join(out, 'train-000000.tar');
    const bytes = await readFile(shard);
    await writeFile(
      shard,
      bytes.map((byte, i) => (i === 3 ? byte ^ 1 : byte)),
    );
    await expect(openDataset(out, inMemory)).rejects.toThrow(`${shard} must be a tar file, got no header at byte 0`);
    const picture = bytes.indexOf(Buffer.from([0xff, 0xd8, 0xff]));
    await writeFile(
      shard,
      bytes.map((byte, i) => (i >= picture && i < picture + 200 ? 0 : byte)),
    );
    const { leftOut } = await checkDataset(out, inMemory);
    expect(leftOut).toHaveLength(1);
    expect(leftOut[0].message).toMatch(/train-000000\.tar@\d+\+\d+\/\w+\/\w+01_\d+\.jpg/);
  });

  it('what else lies beside shards is named', async () => {
    const out = await sharded(await smallArchive());
    await writeFile(join(out, 'train-000009.tar.gz'), gzipSync('x'));
    await writeFile(join(out, 'notes.txt'), 'x');
    await mkdir(join(out, 'img'));
    const { ignoredFiles } = await openDataset(out, inMemory);
    expect(ignoredFiles.filter(({ system }) => !system).map(({ reason }) => reason.split(';')[0])).toEqual([
      'it lies beside shards, which have names such as train-000000.tar and validation-000000.tar',
      'it lies beside shards, which have names such as train-000000.tar and validation-000000.tar',
      'compressed',
    ]);
  });
});

/** A tone of half a second in 22 KB: mono, 8 bits, 44,100 Hz. */
function smallWav(seed: number): Uint8Array {
  const samples = Uint8Array.from({ length: 22_050 }, (_, i) => 128 + 50 * Math.sin(0.01 * (seed + 1) * i));
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  [16, 1 | (1 << 16), 44_100, 44_100, 1 | (8 << 16)].forEach((value, i) => header.writeUInt32LE(value, 16 + 4 * i));
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

/** So many pairs of two instruments, the last 40 for validation, with ten different pictures and sounds among them. */
async function largeArchive(pairs: number): Promise<string> {
  const folder = await temporaryFolder();
  const pictures = await Promise.all(Array.from({ length: 10 }, (_, i) => noisyJpeg(i, { width: 16, height: 16 })));
  const sounds = pictures.map((_, i) => smallWav(i));
  const folderOf = (side: string, i: number) => `${side}/${i < pairs - 40 ? 'train' : 'validation'}/${['horn', 'flute'][i % 2]}`;
  for (const side of ['img', 'chunk'])
    for (const i of [0, 1, pairs - 2, pairs - 1]) await mkdir(join(folder, folderOf(side, i)), { recursive: true });
  for (let i = 0; i < pairs; i++) {
    const stem = `${i < pairs - 40 ? 'song01' : 'song02'}_${i * 500}`;
    await writeFile(join(folder, folderOf('img', i), `${stem}.jpg`), pictures[i % 10]);
    await writeFile(join(folder, folderOf('chunk', i), `${stem}.wav`), sounds[i % 10]);
  }
  return folder;
}

describe('three processes', () => {
  it('that open 5,000 pairs in shards at once read every pair exactly once an epoch', async () => {
    const out = await sharded(await largeArchive(5000), { pairsPerShard: 700 });
    const bundle = await bundleProgram('read-share');
    try {
      const run = async (rank: number) => {
        const args = [bundle.program, out, String(rank), '3', '10'];
        const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 });
        return JSON.parse(stdout) as { ids: string[]; manifestHash: string };
      };
      const results = await Promise.all([0, 1, 2].map(run));
      const ids = results.flatMap((result) => result.ids);
      expect(ids).toHaveLength(4960);
      expect(new Set(ids).size).toBe(4960);
      expect(Math.max(...results.map((result) => result.ids.length))).toBeLessThanOrEqual(4960 / 3 + 10);
      expect(new Set(results.map(({ manifestHash }) => manifestHash)).size).toBe(1);
    } finally {
      await bundle.remove();
    }
  }, 300_000); // ten thousand small files
});
