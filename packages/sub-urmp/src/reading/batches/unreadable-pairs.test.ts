import { rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { hashed, smallArchive } from '../../../test/small-archive';
import { openDataset } from '../open-dataset';
import { batches, type Batch, type BatchesOptions } from './batches';
import { tolerateUnreadable, type UnreadablePairs } from './unreadable-pairs';

/** An archive of 10 horns and 10 flutes whose pairs are read from their files each time. */
async function archive() {
  const folder = await smallArchive({ train: { horn: 10, flute: 10 }, validation: { horn: 2, flute: 2 } });
  return openDataset(folder, { cacheFolder: null, memoryBytes: 0 });
}

type OpenArchive = Awaited<ReturnType<typeof archive>>;

async function collect(dataset: OpenArchive, unreadable?: UnreadablePairs, options: Partial<BatchesOptions> = {}) {
  const collected: Batch[] = [];
  const all = { split: 'train', batchSize: 5, seed: 1, epoch: 0, unreadable, ...options } as const;
  for await (const batch of batches(dataset, all)) collected.push(batch);
  return collected;
}

const vanish = async (dataset: OpenArchive, positions: readonly number[]) => {
  for (const at of positions) await rm(dataset.splits.train[at].imagePath);
};

describe('tolerateUnreadable', () => {
  it('replaces a vanished pair by another of its class that is not in the batch', async () => {
    const dataset = await archive();
    const before = await collect(dataset);
    await vanish(dataset, [0, 12]);
    const unreadable = tolerateUnreadable({ maxShare: 0.1 });
    const after = await collect(dataset, unreadable);
    const gone = unreadable.pairs.map(({ pair }) => pair.id).sort();
    expect(gone).toEqual([dataset.splits.train[0].id, dataset.splits.train[12].id].sort());
    expect(after).toHaveLength(4);
    after.forEach(({ pairs, classIds, wrongSounds, wrongImages, images }, at) => {
      expect(new Set(pairs).size).toBe(5);
      expect([...classIds]).toEqual([...before[at].classIds]);
      expect(images).toHaveLength(5 * 128 * 128 * 3);
      for (const { id } of pairs) expect(gone).not.toContain(id);
      for (let i = 0; i < 5; i++) {
        expect(classIds[wrongSounds[i]]).not.toBe(classIds[i]);
        expect(classIds[wrongImages[i]]).not.toBe(classIds[i]);
      }
    });
  });

  it('leaves batches without a vanished pair as they were', async () => {
    const dataset = await archive();
    const before = await collect(dataset);
    await vanish(dataset, [0]);
    const after = await collect(dataset, tolerateUnreadable());
    const same = before.filter(({ pairs }) => !pairs.includes(dataset.splits.train[0]));
    expect(same.length).toBeGreaterThanOrEqual(3);
    for (const batch of same) expect(hashed(after[before.indexOf(batch)])).toEqual(hashed(batch));
  });

  it('gives the same batches again, whatever is loaded ahead and wherever an epoch is resumed', async () => {
    const dataset = await archive();
    await vanish(dataset, [0, 3, 12]);
    const run = async (options: Partial<BatchesOptions>) =>
      hashed(await collect(dataset, tolerateUnreadable({ maxShare: 0.5 }), options)) as unknown[];
    const whole = await run({});
    expect(await run({ prefetch: 0 })).toEqual(whole);
    expect(await run({ prefetch: 4, start: 2 })).toEqual(whole.slice(2));
  });

  it('counts and reports a pair once over all epochs', async () => {
    const dataset = await archive();
    await vanish(dataset, [4]);
    const told: string[] = [];
    const unreadable = tolerateUnreadable({ onUnreadable: ({ pair, message }) => told.push(`${pair.id}: ${message}`) });
    for (const epoch of [0, 1, 2]) await collect(dataset, unreadable, { epoch });
    expect(unreadable.pairs).toHaveLength(1);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(new RegExp(`^${dataset.splits.train[4].id}: .*ENOENT.*${dataset.splits.train[4].stem}`));
  });

  it('treats a file whose content has changed as unreadable too', async () => {
    const dataset = await archive();
    await writeFile(dataset.splits.train[7].soundPath, 'now a text');
    const unreadable = tolerateUnreadable();
    await collect(dataset, unreadable);
    expect(unreadable.pairs.map(({ message }) => message)).toEqual([expect.stringContaining('must not change')]);
  });

  it('stops past the share that is allowed, naming the last file', async () => {
    const dataset = await archive();
    await vanish(dataset, [0, 3, 12]);
    await expect(collect(dataset, tolerateUnreadable({ maxShare: 0.1 }))).rejects.toThrow(
      /^batches: at most 2 of the 20 pairs of the train split may become unreadable, got 3; the last: .*ENOENT.*\.jpg/,
    );
    await expect(collect(dataset, tolerateUnreadable({ maxShare: 0 }))).rejects.toThrow('at most 0 of the 20 pairs');
  });

  it('is an error that names the file if not tolerated', async () => {
    const dataset = await archive();
    await vanish(dataset, [0]);
    await expect(collect(dataset)).rejects.toThrow(dataset.splits.train[0].imagePath);
  });

  it('rethrows errors that are not the fault of a file', async () => {
    const dataset = await archive();
    const broken = { ...dataset, load: () => Promise.reject(new Error('out of something')) };
    await expect(collect(broken, tolerateUnreadable({ maxShare: 1 }))).rejects.toThrow('out of something');
  });

  it('throws when nothing can be read any more', async () => {
    const dataset = await archive();
    await vanish(
      dataset,
      dataset.splits.train.map((_, at) => at),
    );
    await expect(collect(dataset, tolerateUnreadable({ maxShare: 1 }))).rejects.toThrow(
      'batches: the train split must hold a pair that can be read, got none',
    );
  });

  it.each([-0.1, 1.5, Number.NaN])('refuses a share of %f', (maxShare) => {
    expect(() => tolerateUnreadable({ maxShare })).toThrow(`maxShare must lie within 0..1, got ${maxShare}`);
  });
});
