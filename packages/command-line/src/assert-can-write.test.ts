import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder';
import { assertCanWrite } from './assert-can-write';

const root = temporaryFolder('can-write');

it('accepts a folder that can be created, without creating it', async () => {
  await assertCanWrite(join(root, 'a/b/c'));
  expect(existsSync(join(root, 'a'))).toBe(false);
});

it('refuses a path below a file, naming the file', async () => {
  const file = join(root, 'file.txt');
  writeFileSync(file, '');
  await expect(assertCanWrite(join(file, 'out'))).rejects.toThrow(
    `--out ${join(file, 'out')} cannot be a folder, since ${file} is a file; choose another one`,
  );
});
