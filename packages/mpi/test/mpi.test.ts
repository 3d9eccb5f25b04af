import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasMpi, mpirun } from '../../../test/extras/mpi';
import { bundleRanks } from './bundle';
import { valuesOf } from './values';

let program: string;
const folder = mkdtempSync(join(tmpdir(), 'cmcgan-mpi-'));
beforeAll(async () => {
  program = await bundleRanks();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  if (program) rmSync(program, { force: true });
});

const start = (processes: number, scenario: string, ...args: string[]) =>
  mpirun(processes, [process.execPath, program, scenario, folder, ...args]);

/** What each rank's scenario returned, in the order of the ranks. */
async function resultsOf<T>(processes: number, scenario: string, ...args: string[]): Promise<T[]> {
  const { exitCode, stderr } = await start(processes, scenario, ...args);
  expect(exitCode, stderr).toBe(0);
  return Array.from({ length: processes }, (_, rank) => {
    const file = join(folder, `${rank}.json`);
    const result = JSON.parse(readFileSync(file, 'utf8')) as T;
    rmSync(file);
    return result;
  });
}

const hexToFloats = (text: string) => new Float32Array(Uint8Array.from(Buffer.from(text, 'hex')).buffer);

describe.skipIf(!hasMpi('messages between processes are not tested'))('several processes', () => {
  it('have ranks, and all know the machine they share and the library', async () => {
    const results = await resultsOf<Record<string, unknown>>(3, 'identity');
    results.forEach((result, rank) => expect(result).toMatchObject({ rank, size: 3, localRank: rank, localSize: 3 }));
    expect(results[0].library).toMatchObject({ name: expect.stringMatching(/MPI/), version: expect.stringMatching(/^\d+\.\d+/) });
  });

  it.each([[''], ['3']])(
    'sum, maximise, broadcast and gather every type of array (blocks of %s elements)',
    async (blockElements) => {
      const results = await resultsOf<Record<string, unknown>>(3, 'collectives', blockElements);
      const expected = {
        sum: [30, 33, 36, 39, 42],
        max: [20, 21, 22, 23, 24],
        copy: [20, 21, 22, 23, 24],
      };
      results.forEach((result, rank) => {
        const each = { ...expected, gathered: rank === 1 ? [[], [1, 1], [2, 2, 2, 2]] : null };
        expect(result).toEqual({ Float32Array: each, Float64Array: each, Int32Array: each, Uint8Array: each });
      });
    },
  );

  it.each([
    [2, ''],
    [3, ''],
    [4, '100'],
  ])('%i ranks sum in their order, to the bit as a loop does (blocks of %s elements)', async (processes, blockElements) => {
    const results = await resultsOf<{ plain: string; shared: string; library: number[] }>(processes, 'order', blockElements);
    const total = valuesOf(0);
    for (let rank = 1; rank < processes; rank++) valuesOf(rank).forEach((value, i) => (total[i] += value));
    for (const { plain, shared, library } of results) {
      expect(hexToFloats(plain)).toEqual(total);
      expect(hexToFloats(shared)).toEqual(total);
      library.forEach((value, i) => expect(Math.abs(value - total[i])).toBeLessThan(1e-6 * 10 ** 9));
    }
  });

  it('leave wasm its bounds checks', async () => {
    expect(await resultsOf(2, 'trap')).toEqual(Array(2).fill('memory access out of bounds'));
  });

  it('go on with other work while a call waits', async () => {
    const [, ticks] = await resultsOf<number>(2, 'overlap');
    expect(ticks).toBeGreaterThan(5);
  });

  it('reject arguments that make no sense, and calls after the end', async () => {
    for (const messages of await resultsOf<string[]>(2, 'wrong'))
      expect(messages).toEqual([
        'allReduce: operation must be sum or max, got mean',
        'allReduce: values must be a Float32Array, Float64Array, Int32Array or Uint8Array, got Array',
        'allReduce: values must be a Float32Array, Float64Array, Int32Array or Uint8Array, got Uint8ClampedArray',
        'allReduce: order must be rank or library, got fast',
        'broadcast: root must be a rank from 0 to 1, got 2',
        'gather: root must be a rank from 0 to 1, got -1',
        'barrier: must be called before MPI is finalised',
      ]);
  });

  it('end together when one of them throws, which is named', async () => {
    const { exitCode, stderr } = await start(3, 'throws');
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('Rank 1 of 3 failed:');
    expect(stderr).toContain('the disk is full');
  });

  it('end together when one of them ends with an exit code', async () => {
    const { exitCode, stderr } = await start(3, 'exits');
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('Rank 1 of 3 ends all processes with exit code 3.');
  });

  it('end together when one of them aborts, even while it waits', async () => {
    const { exitCode, stderr } = await start(3, 'aborts');
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('Rank 0 of 3 ends all processes with exit code 7.');
  });

  it('may all end with a code of their choice after finalize', async () => {
    const { exitCode, stderr } = await start(2, 'refuse');
    expect(exitCode).toBe(5);
    expect(stderr).not.toContain('ends all processes');
  });

  it('may be started through npx and pnpm, or are told why not', async () => {
    const words = ['npx', 'pnpm', '--silent', 'exec', process.execPath, program, 'identity', folder];
    const { exitCode, stderr } = await mpirun(2, words);
    if (exitCode !== 0)
      expect(stderr).toContain('start Node itself, as in mpirun -n 4 node program.js'); // MPICH, Intel MPI
    else expect(JSON.parse(readFileSync(join(folder, '1.json'), 'utf8'))).toMatchObject({ rank: 1, size: 2 });
  });
});
