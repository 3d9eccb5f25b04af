import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { batches, openDataset } from '@cmcgan/sub-urmp';
import { prepareFolders, prepareVideos } from '@cmcgan/sub-urmp/prepare';
import { describe, expect, it, onTestFinished } from 'vitest';

/** CMCGAN_DATA names real Sub-URMP pairs; videos and unpaired pictures and sounds may lie beside them. */
const beside = (name: string) => join(dirname(process.env.CMCGAN_DATA ?? '/nowhere/x'), name);

async function target(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'data-real-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'set');
}

const skipped = (name: string) => {
  if (existsSync(beside(name))) return false;
  console.warn(`Skipped: there is no folder ${name} beside CMCGAN_DATA, so preparing it is not tested.`);
  return true;
};

async function firstBatch(folder: string) {
  const dataset = await openDataset(folder);
  for await (const batch of batches(dataset, { split: 'train', batchSize: 4, seed: 1, epoch: 0 })) return { dataset, batch };
  throw new Error('no batch');
}

describe.skipIf(skipped('video'))('real videos', () => {
  it('make pairs that come in batches', async () => {
    const folder = await target();
    const card = await prepareVideos(beside('video'), folder, { stepMs: 1000 });
    const { dataset, batch } = await firstBatch(folder);
    expect(dataset.classNames).toHaveLength(3);
    expect(batch.images).toHaveLength(4 * 128 * 128 * 3);
    expect(card.leakage.overlappingPairs).toBe(0);
  });
});

describe.skipIf(skipped('wild'))('real pictures and sounds, paired by category', () => {
  it('make pairs that come in batches', async () => {
    const folder = await target();
    const sources = { images: join(beside('wild'), 'image'), sounds: join(beside('wild'), 'audio') };
    const card = await prepareFolders(sources, folder, { pairBy: 'category' });
    const { dataset } = await firstBatch(folder);
    expect(dataset.classNames).toHaveLength(7);
    expect(card.pairs.train).toBeGreaterThan(600);
    expect(card.leakage.clean).toBe(true);
  });
});
