import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeError } from '@cmcgan/command-line';
import { describe, expect, it } from 'vitest';
import { writeAtomically } from '../src/files/write-atomically';
import { openRunFolder } from '../src/run/open-run-folder';
import { temporaryFolder } from './temporary-folder';

const root = temporaryFolder('files');

function folderWith(name: string, content: string): string {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'file'), content);
  return folder;
}

describe('writeAtomically', () => {
  it('writes whole files and leaves nothing else', async () => {
    const folder = folderWith('atomic', 'old');
    await writeAtomically(join(folder, 'file'), 'new');
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('keeps the old file when the new one cannot be put in its place', async () => {
    const folder = join(root, 'taken');
    mkdirSync(join(folder, 'file', 'inside'), { recursive: true });
    await expect(writeAtomically(join(folder, 'file'), 'new')).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('names the file of a full disk', async () => {
    const error = await writeAtomically('/dev/full/file', 'x').catch((caught: unknown) => caught);
    expect(describeError(error)).toContain('/dev/full/file');
  });
});

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
      `--out ${path} holds a run already; go on with it by --resume ${path}, or choose another folder`,
    );
  });

  it('says so when the folder cannot be written to', async () => {
    const file = join(folderWith('blocked', 'a file'), 'file');
    await expect(openRunFolder(join(file, 'run'), 'named')).rejects.toThrow(
      /^cannot write to the run folder .* runs through a file where a folder should be$/,
    );
  });
});
