import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../test/temporary-folder';
import { openRunFolder } from './open-run-folder';

const root = temporaryFolder('run-folders');

describe('openRunFolder', () => {
  it('moves on to the next free name unless the folder was named', async () => {
    const path = join(root, 'runs', 'quick');
    const first = await openRunFolder(path, 'next free');
    expect(first.folder.path).toBe(path);
    writeFileSync(first.folder.config, '{}');
    await first.close();
    const second = await openRunFolder(path, 'next free');
    expect(second.folder.path).toBe(`${path}-2`);
    const third = await openRunFolder(path, 'next free'); // the second has no config.json yet, but a trainer is about to write it
    expect(third.folder.path).toBe(`${path}-3`);
    for (const open of [second, third]) await open.close();
    expect(existsSync(`${path}-2`), 'nothing is left of a run that was not begun').toBe(false);
    await expect(openRunFolder(path, 'named')).rejects.toThrow(
      `${path} already holds a run; resume it, or choose another folder`,
    );
  });

  it('says so when the folder cannot be written to', async () => {
    const file = join(root, 'file');
    writeFileSync(file, 'not a folder');
    await expect(openRunFolder(join(file, 'run'), 'named')).rejects.toThrow(/^cannot write to the run folder .*: ENOTDIR/);
  });
});
