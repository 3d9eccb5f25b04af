import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RemediableError } from '../reading/remediable-error';
import { explainFullDisk, writing } from './full-disk';

const systemError = (code: string, path?: string) => Object.assign(new Error(`${code}: it failed, write`), { code, path });

describe('explainFullDisk', () => {
  const places = { workspace: tmpdir(), folder: '/home/me/set' };

  it('names the file in the requested folder, the free space and the space needed', async () => {
    const error = systemError('ENOSPC', join(tmpdir(), 'img/train/cat/cat01_250.jpg'));
    const explained = await explainFullDisk(error, { ...places, remaining: { pairs: 400, bytes: 20_000_000 } });
    if (!(explained instanceof RemediableError)) throw explained;
    const { bavail, bsize } = await statfs(tmpdir());
    const [, free] = /no space is left on the disk, ([\d.]+) MB are free, about 20 MB more are needed for 400 pairs$/.exec(
      explained.problem,
    ) ?? ['', '-1'];
    expect(Math.abs(Number(free) - (bavail * bsize) / 1e6)).toBeLessThan(0.2 * Number(free) + 1);
    expect(explained.problem).toMatch(/^prepare: \/home\/me\/set\/img\/train\/cat\/cat01_250\.jpg cannot be written: /);
    expect(explained.remedy).toEqual({ option: 'folder' });
  });

  it('leaves other errors as they are', async () => {
    const error = systemError('EIO');
    expect(await explainFullDisk(error, places)).toBe(error);
  });
});

describe('writing', () => {
  it("adds the file's path where the system's error has none", async () => {
    await expect(writing('a.jpg', Promise.reject(systemError('ENOSPC')))).rejects.toMatchObject({ path: 'a.jpg' });
    await expect(writing('a.jpg', Promise.reject(systemError('EISDIR', 'b')))).rejects.toMatchObject({ path: 'b' });
  });
});
