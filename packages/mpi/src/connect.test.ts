import { afterEach, describe, expect, it, vi } from 'vitest';
import { connect } from './connect';

afterEach(() => vi.unstubAllEnvs());

/** An environment in which no library is found: no launcher is on PATH, and the loader looks nowhere else. */
const hideLauncher = (environment: Record<string, string>) => {
  for (const [name, value] of Object.entries({ PATH: '', ...environment })) vi.stubEnv(name, value);
};

describe('connect', () => {
  it('without a launcher is rank 0 of 1, whose collectives change nothing', async () => {
    const mpi = await connect();
    expect(mpi).toMatchObject({ rank: 0, size: 1, localRank: 0, localSize: 1 });
    expect(mpi.library).toBeUndefined();
    const values = Float32Array.of(1, 2.5);
    await mpi.allReduce(values);
    await mpi.allReduce(values, 'max');
    await mpi.broadcast(values);
    expect([...values]).toEqual([1, 2.5]);
    const gathered = await mpi.gather(values);
    values[0] = 7;
    expect(gathered).toEqual([Float32Array.of(1, 2.5)]);
    await mpi.barrier();
    mpi.abort(1); // returns
    await mpi.finalize();
    await expect(mpi.broadcast(values, 1)).rejects.toThrow('broadcast: root must be a rank from 0 to 0, got 1');
  });

  it('connects once: later calls give the same object', async () => {
    expect(await connect()).toBe(await connect());
  });
});

describe('under a launcher', () => {
  it('without a library, an error names the launcher and what to install', async () => {
    vi.resetModules();
    hideLauncher({ MV2_COMM_WORLD_SIZE: '4', LD_LIBRARY_PATH: '' });
    const { findLibraries } = await import('./library');
    const fresh = await import('./connect');
    const found = (await findLibraries(['MPICH'], '').next()).done === false;
    if (found) return console.warn('Skipped: an MPICH is installed here, so what happens without one is not tested.');
    await expect(fresh.connect()).rejects.toThrow(
      "connect: MVAPICH's mpirun started 4 processes, which requires the library of MPICH, but none was found. Install it (Debian: apt-get install mpich",
    );
  });

  it('without a library, one process of one is alone', async () => {
    vi.resetModules();
    hideLauncher({ MV2_COMM_WORLD_SIZE: '1' });
    const fresh = await import('./connect');
    expect(await fresh.connect()).toMatchObject({ rank: 0, size: 1 });
  });

  it('srun that did not prepare for MPI is an error that names the flag', async () => {
    vi.resetModules();
    hideLauncher({ SLURM_STEP_NUM_TASKS: '4' });
    const fresh = await import('./connect');
    await expect(fresh.connect()).rejects.toThrow('connect: srun started 4 processes without MPI: start with srun --mpi=pmix');
  });

  it('checks its options', async () => {
    vi.resetModules();
    const fresh = await import('./connect');
    await expect(fresh.connect({ blockElements: 0 })).rejects.toThrow(
      'connect: blockElements must be an integer from 1 to 2147483647, got 0',
    );
  });
});
