import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCK_FILE, lockRunFolder, type RunLock } from './lock-run-folder';
import { identifyProcess, type ProcessIdentity } from './process-identity';
import { temporaryFolder } from '../../../../../test/temporary-folder';

const folder = join(temporaryFolder('lock'), 'run');
const path = join(folder, LOCK_FILE);

let other: ChildProcess;
let own: RunLock | undefined;

const leaveLock = (identity: Partial<ProcessIdentity>) =>
  writeFileSync(path, JSON.stringify({ ...identifyProcess(other.pid), id: 'theirs', since: '2026-01-01', ...identity }));

beforeEach(async () => {
  mkdirSync(folder);
  other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(other, 'spawn');
});

afterEach(() => {
  own?.release();
  own = undefined;
  other.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

describe('lockRunFolder', () => {
  it('leaves nothing behind when the folder is released', async () => {
    own = await lockRunFolder(folder);
    expect(readdirSync(folder)).toEqual([LOCK_FILE]);
    own.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses a folder that a running process has, and names the process', async () => {
    leaveLock({});
    await expect(lockRunFolder(folder)).rejects.toThrow(
      `the run folder ${folder} is in use by process ${other.pid}, since 2026-01-01; wait for it, stop it, or choose another folder`,
    );
    expect(readdirSync(folder)).toEqual([LOCK_FILE]);
  });

  it('refuses a folder that a process of another machine has, and says how to take it', async () => {
    leaveLock({ host: 'elsewhere' });
    await expect(lockRunFolder(folder)).rejects.toThrow(
      `on the machine elsewhere, since 2026-01-01; if that has ended, remove ${path}`,
    );
  });

  it('takes over from a process that was killed', async () => {
    leaveLock({});
    other.kill('SIGKILL');
    await once(other, 'exit');
    own = await lockRunFolder(folder);
    expect(readFileSync(path, 'utf8')).toContain(`"pid":${process.pid}`);
    expect(readdirSync(folder)).toEqual([LOCK_FILE]);
  });

  it.each([
    ['another process has its number by now', { processStart: '1' }],
    ['the machine was started anew', { bootId: 'the one before' }],
  ])('takes over where %s', async (_, identity) => {
    if (process.platform === 'linux') leaveLock(identity);
    own = await lockRunFolder(folder);
  });

  it('takes over a lock that was never written to the end', async () => {
    writeFileSync(path, '{"pid":');
    own = await lockRunFolder(folder);
  });

  it('removes files of processes killed while taking the lock, but not those of running ones', async () => {
    leaveLock({});
    renameSync(path, `${path}.alive.tmp`);
    leaveLock({ bootId: 'the one before', processStart: '1' });
    renameSync(path, `${path}.dead.tmp`);
    writeFileSync(`${path}.torn.tmp`, '');
    own = await lockRunFolder(folder);
    expect(readdirSync(folder).sort()).toEqual([LOCK_FILE, `${LOCK_FILE}.alive.tmp`]);
  });

  it('of ten that find the same stale lock, one takes it over', async () => {
    leaveLock({ bootId: 'the one before', processStart: '1' });
    const taken = await Promise.allSettled(Array.from({ length: 10 }, () => lockRunFolder(folder)));
    const locks = taken.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(locks).toHaveLength(1);
    own = locks[0];
    for (const result of taken) {
      if (result.status === 'rejected') expect(String(result.reason)).toContain(`is in use by process ${process.pid}`);
    }
  });

  it('does not release a folder that another process has taken over', async () => {
    own = await lockRunFolder(folder);
    leaveLock({});
    own.release();
    expect(readdirSync(folder)).toEqual([LOCK_FILE]);
  });
});
