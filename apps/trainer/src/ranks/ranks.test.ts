import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runRanks } from '../../../../packages/training/test/local-ranks';
import { temporaryFolder } from '../../../../test/temporary-folder';
import { chooseGpu, LONE_RANK, threadsOfRank, type Ranks } from './ranks';
import { watchStalls } from './watch-stalls';

/** Runs a program as ranks of one machine, in this process. */
const onRanks = <T>(size: number, program: (ranks: Ranks) => Promise<T>): Promise<T[]> =>
  runRanks(size, (communicator) => program({ ...communicator, localRank: communicator.rank, localSize: size }));

describe('chooseGpu', () => {
  const root = temporaryFolder('gpus');
  const gpus = join(root, 'gpus');
  for (const address of ['0000:17:00.0', '0000:65:00.0']) mkdirSync(join(gpus, address), { recursive: true });
  afterEach(() => vi.unstubAllEnvs());

  it.each<[visible: string | undefined, localRank: number, chosen: string | undefined]>([
    [undefined, 0, '0'],
    [undefined, 1, '1'],
    [undefined, 2, '0'],
    ['3,5,7', 1, '5'],
    ['4', 1, '4'],
  ])('with CUDA_VISIBLE_DEVICES %s gives local rank %d the GPU %s', (visible, localRank, chosen) => {
    vi.stubEnv('CUDA_VISIBLE_DEVICES', visible);
    chooseGpu({ localRank, localSize: 4 }, gpus);
    expect(process.env.CUDA_VISIBLE_DEVICES).toBe(chosen);
  });

  it('leaves a lone process, and a machine without GPUs, alone', () => {
    vi.stubEnv('CUDA_VISIBLE_DEVICES', undefined);
    chooseGpu({ localRank: 0, localSize: 1 }, gpus);
    chooseGpu({ localRank: 1, localSize: 2 }, join(root, 'none'));
    expect(process.env.CUDA_VISIBLE_DEVICES).toBeUndefined();
  });
});

describe('threadsOfRank', () => {
  it('divides the cores among the ranks that share them, at least one each', async () => {
    const cores = availableParallelism();
    expect(await threadsOfRank(LONE_RANK)).toBe(cores);
    expect(await onRanks(2, threadsOfRank)).toEqual(Array(2).fill(Math.max(1, Math.floor(cores / 2))));
    expect(await onRanks(2 * cores, threadsOfRank)).toEqual(Array(2 * cores).fill(1));
  });
});

describe('watchStalls', () => {
  /** Three ranks meet twice, rank 2 late the second time; resolves to what rank 0 was told. */
  const meetLate = async (seconds: number | null, lateMs: number): Promise<string[]> => {
    const told: string[] = [];
    await onRanks(3, async (own) => {
      const { ranks, dispose } = await watchStalls(own, { seconds, onStall: (message) => told.push(message) });
      await ranks.barrier();
      if (ranks.rank === 2) await setTimeout(lateMs);
      const sum = Float32Array.of(ranks.rank);
      await ranks.allReduce(sum);
      expect(sum[0]).toBe(3);
      dispose();
    });
    return told;
  };

  it('names the rank that the others wait for', async () => {
    const told = await meetLate(0.2, 900);
    expect(told.length).toBeGreaterThan(0);
    for (const each of told) expect(each).toMatch(/^warning: waiting for rank 2 for 0\.\d+ s; a process that hangs can be ended/);
  });

  it('says nothing where it is not asked to, or nobody is late for that long', async () => {
    expect(await meetLate(null, 300)).toEqual([]);
    expect(await meetLate(60, 0)).toEqual([]);
  });
});
