import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli, startCli } from './cli-process';
import { essenceOf, readTraining } from './run-files';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';
import { mountTmpfs, remount } from './tmpfs';

// Longer than any machine trains before the disk is full.
const OPTIONS = ['--preset', 'quick', '--epochs', '10000', '--keep-every', '0', '--checkpoint-minutes', '0.00001'];
const root = temporaryFolder('disk');
const disk = join(root, 'disk');
const mounted = mountTmpfs(disk, { mebibytes: 64 });
let data: string;

beforeAll(async () => {
  data = await simulateTinyData(root);
});

/** Writes until the disk is full. */
function fill(path: string): void {
  for (let bytes = 2 ** 20; bytes >= 1; bytes = Math.floor(bytes / 2)) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(bytes), { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
}

describe.skipIf(!mounted)('a disk (skipped where a small one cannot be mounted, which takes root on Linux)', () => {
  it('that fills up during the run: a clear line, nothing that was saved is lost, and with space again the run continues', async () => {
    const [run, quiet, ballast] = [join(disk, 'run'), join(root, 'quiet'), join(disk, 'ballast')];
    const trainer = startCli([...OPTIONS, '--data', data, '--out', run]);
    while (!existsSync(join(run, 'checkpoints/previous/training.json'))) await setTimeout(20);
    fill(ballast);
    const { exitCode, stderr } = await trainer.done;
    expect(stderr).toMatch(
      /^trainer: no space left on the disk while writing \S+; free some space, or choose another disk with --out; the last good checkpoint is \S+last\n$/,
    );
    expect(exitCode).toBe(1);

    const { step } = readTraining(run);
    rmSync(ballast);
    const end = ['--max-steps', String(step + 3)];
    const resumed = await runCli(['--resume', run, ...end]);
    expect([resumed.exitCode, resumed.stderr]).toEqual([0, '']);
    expect(resumed.stdout).toContain(`Resuming after step ${step}:`);
    expect(resumed.stdout).not.toContain('damaged');
    expect((await runCli([...OPTIONS, ...end, '--data', data, '--out', quiet])).exitCode).toBe(0);
    expect(essenceOf(run)).toEqual(essenceOf(quiet));
  });

  it('that is read-only: a clear line, for a new run and for a resumed one', async () => {
    const run = join(disk, 'run');
    remount(disk, 'ro');
    try {
      const fresh = await runCli(['--preset', 'quick', '--out', join(disk, 'new')]);
      expect(fresh.stderr).toMatch(
        /^trainer: cannot write to the run folder \S+new: \S+ is on a read-only disk; choose another folder with --out\n$/,
      );
      const resumed = await runCli(['--resume', run]);
      expect(resumed.stderr).toMatch(/^trainer: cannot write to the run folder \S+run: \S+ is on a read-only disk; .*\n$/);
      expect([fresh.exitCode, resumed.exitCode]).toEqual([1, 1]);
    } finally {
      remount(disk, 'rw');
    }
    expect(readdirSync(disk)).toEqual(['run']);
  });
});
