import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../test/temporary-folder';
import { writeAtomically } from './write-atomically';

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

  it('names the file that cannot be written, not the temporary one', async () => {
    await expect(writeAtomically('/dev/full/file', 'x')).rejects.toMatchObject({ code: 'ENOTDIR', path: '/dev/full/file' });
  });

  it('makes the folders on the way where it is asked to', async () => {
    const path = join(root, 'a', 'b', 'file');
    await expect(writeAtomically(path, 'x')).rejects.toMatchObject({ code: 'ENOENT' });
    await writeAtomically(path, 'x', { makeFolders: true });
    expect(readFileSync(path, 'utf8')).toBe('x');
  });
});
