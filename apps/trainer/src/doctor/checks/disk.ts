import type { Check } from '../check';

const MIB = 2 ** 20;
/** Size of a default run's checkpoints, grids, sounds, TensorBoard files and report, rounded up. */
const NEEDED_BYTES = 500 * MIB;
const gib = (bytes: number) => `${(bytes / (1024 * MIB)).toFixed(1)} GiB`;

/** Disk space for run folders. */
export const disk: Check = {
  name: 'disk',
  async run(machine, { runsFolder }) {
    const freeBytes = await machine.freeDiskBytes(runsFolder);
    const detail = `${gib(freeBytes)} free for ${runsFolder}`;
    if (freeBytes >= NEEDED_BYTES) return [{ name: 'disk', state: 'works', detail }];
    const remedy = 'a default run writes up to 500 MiB: free some space, or choose another disk with --out';
    return [{ name: 'disk', state: 'fails', detail, remedy }];
  },
};
