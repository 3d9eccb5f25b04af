import { describe, expect, it } from 'vitest';
import { hashed } from '../../../test/small-archive';
import type { Dataset } from '../dataset';
import type { Pair } from '../pair';
import { batchCount, batches, type Batch, type BatchesOptions } from './batches';

const IMAGE = 128 * 128 * 3;
const SOUND = 128 * 32;

/** A data set in memory whose pictures and sounds hold the number of their pair. */
function numbered(classIds: number[], load?: (pair: Pair) => Promise<void>): Dataset {
  const pairs = classIds.map((classId, i) => ({ id: `train/${i}`, stem: String(i), split: 'train', classId }) as Pair);
  const dataset = {
    splits: { train: pairs, validation: pairs.slice(0, 4) },
    async load(pair: Pair) {
      await load?.(pair);
      const value = Number(pair.stem);
      return { image: new Float32Array(IMAGE).fill(value), sound: new Float32Array(SOUND).fill(-value), classId: pair.classId };
    },
  };
  return dataset as unknown as Dataset;
}

async function collect(dataset: Dataset, options: Partial<BatchesOptions> = {}): Promise<Batch[]> {
  const collected: Batch[] = [];
  for await (const batch of batches(dataset, { split: 'train', batchSize: 4, seed: 1, epoch: 0, ...options }))
    collected.push(batch);
  return collected;
}

const hashedEpoch = async (dataset: Dataset, options: Partial<BatchesOptions> = {}) =>
  hashed(await collect(dataset, options)) as unknown[];

const stems = (collected: Batch[]) => collected.map(({ pairs }) => pairs.map(({ stem }) => stem));

const CLASSES = Array.from({ length: 23 }, (_, i) => i % 3);

describe('batches', () => {
  it('stacks images, sounds and class ids of the pairs, in their order', async () => {
    const dataset = numbered(CLASSES);
    const collected = await collect(dataset);
    expect(collected).toHaveLength(5);
    expect(batchCount(dataset, { split: 'train', batchSize: 4 })).toBe(5);
    for (const { images, sounds, classIds, pairs } of collected) {
      expect([images.length, sounds.length]).toEqual([4 * IMAGE, 4 * SOUND]);
      pairs.forEach(({ stem, classId }, i) => {
        expect([images[i * IMAGE], images[(i + 1) * IMAGE - 1]]).toEqual([Number(stem), Number(stem)]);
        expect([sounds[i * SOUND], sounds[(i + 1) * SOUND - 1]]).toEqual([-Number(stem), -Number(stem)]);
        expect(classIds[i]).toBe(classId);
      });
    }
  });

  it('mismatches with other instruments only, sounds and images independently', async () => {
    const collected = await collect(numbered(CLASSES));
    for (const { classIds, wrongSounds, wrongImages } of collected) {
      for (let i = 0; i < 4; i++) {
        expect(classIds[wrongSounds[i]]).not.toBe(classIds[i]);
        expect(classIds[wrongImages[i]]).not.toBe(classIds[i]);
      }
    }
    expect(collected.map(({ wrongSounds }) => [...wrongSounds])).not.toEqual(
      collected.map(({ wrongImages }) => [...wrongImages]),
    );
  });

  it('gives the same epoch for the same seed, another for another epoch or seed', async () => {
    const dataset = numbered(CLASSES);
    const first = await collect(dataset);
    expect(await hashedEpoch(dataset)).toEqual(hashed(first));
    expect(stems(await collect(dataset, { epoch: 1 }))).not.toEqual(stems(first));
    expect(stems(await collect(dataset, { seed: 2 }))).not.toEqual(stems(first));
  });

  it('draws small classes more often in as many batches, which resume and are shared alike', async () => {
    const dataset = numbered([...Array<number>(20).fill(0), 1, 1, 1]);
    const sampling = 'balanced';
    const whole = await hashedEpoch(dataset, { sampling });
    expect(whole).toHaveLength(5);
    const rare = (await collect(dataset, { sampling })).flatMap(({ classIds }) => [...classIds]).filter((id) => id === 1);
    expect(rare.length).toBeGreaterThanOrEqual(8); // of 20, where 11 or 12 of 23 are drawn
    expect(await hashedEpoch(dataset, { sampling, start: 3 })).toEqual(whole.slice(3));
    const [even, odd] = [
      await hashedEpoch(dataset, { sampling, only: (batch) => batch % 2 === 0 }),
      await hashedEpoch(dataset, { sampling, only: (batch) => batch % 2 === 1 }),
    ];
    expect([even, odd]).toEqual([[0, 2, 4].map((at) => whole[at]), [1, 3].map((at) => whole[at])]);
  });

  it('resumes at start as if it had never stopped, including mismatches', async () => {
    const dataset = numbered(CLASSES);
    const whole = await hashedEpoch(dataset);
    expect(await hashedEpoch(dataset, { start: 3 })).toEqual(whole.slice(3));
    expect(await hashedEpoch(dataset, { start: 5 })).toEqual([]);
  });

  it('gives the same batches whatever is loaded ahead', async () => {
    const dataset = numbered(CLASSES);
    expect(await hashedEpoch(dataset, { prefetch: 0 })).toEqual(await hashedEpoch(dataset, { prefetch: 9 }));
  });

  it('loads ahead while a batch is in use, no further than asked, and stops when abandoned', async () => {
    let loaded = 0;
    const dataset = numbered(CLASSES, async () => void loaded++);
    const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
    for await (const batch of batches(dataset, { split: 'train', batchSize: 4, seed: 1, epoch: 0, prefetch: 2 })) {
      expect(batch.pairs).toHaveLength(4);
      await settle();
      expect(loaded).toBe(3 * 4);
      break;
    }
    await settle();
    expect(loaded).toBe(3 * 4);
  });

  it('passes on a failure to load when that batch is due, and no sooner', async () => {
    const order = stems(await collect(numbered(CLASSES))).flat();
    const dataset = numbered(CLASSES, async ({ stem }) => {
      if (stem === order[9]) throw new Error('gone');
    });
    const seen: string[] = [];
    const run = async () => {
      for await (const { pairs } of batches(dataset, { split: 'train', batchSize: 4, seed: 1, epoch: 0 })) {
        seen.push(...pairs.map(({ stem }) => stem));
      }
    };
    await expect(run()).rejects.toThrow('gone');
    expect(seen).toEqual(order.slice(0, 8));
  });

  it.each([
    [{ batchSize: 24 }, 'batches: batchSize must be at most the 23 pairs of the train split, got 24'],
    [{ epoch: -1 }, 'batches: epoch must be a non-negative integer, got -1'],
    [{ sampling: 'even' as never }, 'batches: sampling must be one of shuffled, square-root, balanced, got even'],
    [{ start: 6 }, 'batches: start must be at most the 5 batches of the epoch, got 6'],
    [{ prefetch: 0.5 }, 'batches: prefetch must be a non-negative integer, got 0.5'],
    [{ split: 'test' as 'train' }, "batches: split must be 'train' or 'validation', got test"],
  ])('refuses %j at once', (options, message) => {
    expect(() => batches(numbered(CLASSES), { split: 'train', batchSize: 4, seed: 1, epoch: 0, ...options })).toThrow(message);
  });

  it('refuses a split of one instrument', () => {
    expect(() => batches(numbered(Array(8).fill(0)), { split: 'train', batchSize: 4, seed: 1, epoch: 0 })).toThrow(
      'batches: the train split must hold at least 2 instruments, to mismatch pairs, got 1',
    );
  });
});
