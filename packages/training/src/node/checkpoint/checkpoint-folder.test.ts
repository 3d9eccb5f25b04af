import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../test/temporary-folder';
import { linkFolder, previousCheckpoint, replaceFolder } from './checkpoint-folder';

const root = temporaryFolder('checkpoint-folder');

function folderWith(name: string, content: string): string {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'file'), content);
  return folder;
}

describe('replaceFolder', () => {
  it('puts the new folder in the place of the old one, which becomes the previous one', async () => {
    const last = folderWith('last', 'old');
    await replaceFolder(folderWith('last.partial', 'new'), last);
    expect(readFileSync(join(last, 'file'), 'utf8')).toBe('new');
    expect(readFileSync(join(previousCheckpoint(last), 'file'), 'utf8')).toBe('old');
    expect(existsSync(`${last}.partial`)).toBe(false);
  });
});

describe('linkFolder', () => {
  it('keeps a folder under a second name that outlives the first', async () => {
    const first = folderWith('first', 'kept');
    await linkFolder(first, join(root, 'second'));
    await replaceFolder(folderWith('first.partial', 'newer'), first);
    expect(readFileSync(join(root, 'second', 'file'), 'utf8')).toBe('kept');
  });
});
