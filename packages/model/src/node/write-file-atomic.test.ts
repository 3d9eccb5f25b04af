import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeFileAtomic } from './write-file-atomic';

const folder = mkdtempSync(join(tmpdir(), 'cmcgan-atomic-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('leaves one whole content where several are written to a name at once', async () => {
  const path = join(folder, 'state.json');
  const contents = Array.from({ length: 8 }, (_, i) => Buffer.alloc(100_000, 65 + i));
  await Promise.all(contents.map((content) => writeFileAtomic(path, [content])));
  expect(contents.some((content) => content.equals(readFileSync(path)))).toBe(true);
  expect(readdirSync(folder)).toEqual(['state.json']);
});
