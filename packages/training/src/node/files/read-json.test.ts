import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { readJson } from './read-json';

const folder = mkdtempSync(join(tmpdir(), 'cmcgan-read-json-'));
afterAll(() => rmSync(folder, { recursive: true }));

const schema = z.object({
  format: z.literal('votes/1'),
  data: z.object({ pairs: z.record(z.string(), z.number()) }),
  names: z.array(z.string().min(1)),
});
const whole = { format: 'votes/1', data: { pairs: { train: 2 } }, names: ['a'] };

it.each([
  ['', 'it is empty'],
  ['{"format"', 'it is not JSON'],
  ['null', 'it must be an object, got null'],
  ['[]', 'it must be an object, got a list'],
  ['{}', 'format is missing'],
  [JSON.stringify({ ...whole, format: 'votes/2' }), 'format must be votes/1, got "votes/2"'],
  [JSON.stringify({ ...whole, data: {} }), 'data.pairs is missing'],
  [JSON.stringify({ ...whole, data: { pairs: { train: 'two' } } }), 'data.pairs.train must be a number, got "two"'],
  [JSON.stringify({ ...whole, names: 'a' }), 'names must be a list, got "a"'],
  [JSON.stringify({ ...whole, names: ['a', ''] }), 'names.1 must be non-empty, got ""'],
])('says in one sentence what is wrong with %j', async (text, reason) => {
  const path = join(folder, 'file.json');
  writeFileSync(path, text);
  const error = await readJson(path, schema, 'a file of votes').catch(String);
  expect(error).toBe(`Error: ${path} is not a file of votes: ${reason}`);
});

it('gives what fits, and names what cannot be read', async () => {
  const path = join(folder, 'whole.json');
  writeFileSync(path, JSON.stringify(whole));
  expect(await readJson(path, schema, 'a file of votes')).toEqual(whole);
  await expect(readJson(folder, schema, 'a file of votes')).rejects.toThrow(
    `${folder} is not a file of votes: it cannot be read (EISDIR)`,
  );
});
