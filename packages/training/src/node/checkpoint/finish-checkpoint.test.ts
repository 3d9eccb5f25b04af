import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../test/temporary-folder';
import { finishCheckpoint, finishInBackground } from './finish-checkpoint';

const root = temporaryFolder('finish-checkpoint');
const [partial, folder, previous, best] = ['last.partial', 'last', 'previous', 'best'].map((name) => join(root, name));
const unfinished = { partial, folder, previous, copies: [best], list: { name: 'list.json', content: { step: 2 } } };
const contentOf = (path: string) => readFileSync(join(path, 'weights'), 'utf8');

function write(path: string, content: string): void {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'weights'), content);
}

beforeEach(() => {
  for (const name of readdirSync(root)) rmSync(join(root, name), { recursive: true });
  write(partial, 'new');
});

describe.each([
  ['on this thread', async () => finishCheckpoint(unfinished)],
  ['on a thread of its own', () => finishInBackground(unfinished)],
])('a checkpoint that is finished %s', (_, finish) => {
  it('takes the place of the one before, which becomes the previous one, and leaves nothing else', async () => {
    write(folder, 'old');
    write(previous, 'older');
    await finish();
    expect([folder, previous, best].map(contentOf)).toEqual(['new', 'old', 'new']);
    expect(readdirSync(root).sort()).toEqual(['best', 'last', 'previous']);
  });

  it('lists the hash of each file', async () => {
    await finish();
    const sha256 = createHash('sha256').update('new').digest('hex');
    expect(JSON.parse(readFileSync(join(folder, 'list.json'), 'utf8'))).toEqual({ step: 2, files: { weights: sha256 } });
  });

  it('shares its files with its copies, which outlive it', async () => {
    await finish();
    expect(statSync(join(folder, 'weights')).nlink).toBe(2);
    write(partial, 'newer');
    finishCheckpoint({ ...unfinished, copies: [] });
    expect([folder, previous, best].map(contentOf)).toEqual(['newer', 'new', 'new']);
  });

  it('leaves the one before in place where it fails, with the error of the system', async () => {
    write(folder, 'old');
    rmSync(partial, { recursive: true });
    await expect(finish()).rejects.toMatchObject({ code: 'ENOENT', path: partial });
    expect(contentOf(folder)).toBe('old');
  });
});
