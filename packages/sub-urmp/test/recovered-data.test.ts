import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { batches, openDataset } from '../src/index';

const folder = process.env.CMCGAN_DATA;
const present = folder !== undefined && existsSync(folder);
if (!present) console.warn('Skipped: CMCGAN_DATA names no folder with Sub-URMP pairs, so real data is not tested.');

describe.skipIf(!present)('real Sub-URMP pairs', () => {
  it('open, with the 13 instruments, and come in batches', async () => {
    const dataset = await openDataset(folder as string, { cacheFolder: null });
    expect(dataset.classNames).toHaveLength(13);
    expect(dataset.classNames.slice(0, 4)).toEqual(['bassoon', 'cello', 'clarinet', 'double_bass']);
    expect(dataset.decibelRange.ceilingDb - dataset.decibelRange.floorDb).toBeLessThanOrEqual(80);
    let count = 0;
    for await (const { images, sounds, classIds, wrongSounds } of batches(dataset, {
      split: 'train',
      batchSize: 16,
      seed: 1,
      epoch: 0,
    })) {
      for (const value of images) if (!(Math.abs(value) <= 1)) throw new Error(`image value ${value}`);
      for (const value of sounds) if (!(Math.abs(value) <= 1)) throw new Error(`sound value ${value}`);
      wrongSounds.forEach((j, i) => expect(classIds[j]).not.toBe(classIds[i]));
      count++;
    }
    expect(count).toBe(Math.floor(dataset.splits.train.length / 16));
  });
});
