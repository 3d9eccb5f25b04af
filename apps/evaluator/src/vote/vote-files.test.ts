import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '@cmcgan/evaluation';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/temporary-folder';
import { KEY_FORMAT, readVotes, VOTES_FORMAT, type VoteKey, type Votes } from './vote-files';

const folder = temporaryFolder('votes');
const key: VoteKey = {
  format: KEY_FORMAT,
  kit: 'k1',
  seed: 1,
  models: ['ours', 'theirs'],
  items: { a: { model: 'ours', modality: 'image', pair: 'p' } },
};
const votes = (voter: string, given: Record<string, Answer>): Votes => ({ format: VOTES_FORMAT, kit: 'k1', voter, votes: given });

/** Files as voters send them back, each with the reason why it is left out; null: it counts. */
const FILES: readonly (readonly [name: string, content: unknown, reason: string | null])[] = [
  ['good.json', votes('ann', { a: 'acceptable' }), null],
  ['text.json', 'hello', 'it is not a file of votes: it is not JSON'],
  ['other.json', { ...votes('bob', { a: 'acceptable' }), kit: 'k2' }, 'it is of another kit, k2'],
  ['again.json', votes('ann', { a: 'unacceptable' }), 'ann has voted already'],
  ['unknown.json', votes('cat', { z: 'acceptable' }), 'it votes on z, which the kit does not hold'],
  ['word.json', { ...votes('dan', {}), votes: { a: 'great' } }, 'it is not a file of votes: votes.a must be unacceptable or acceptable or satisfactory, got "great"'], // prettier-ignore
  ['empty.json', votes('eve', {}), 'it holds no vote'],
  ['array.json', [], 'it is not a file of votes: it must be an object, got a list'],
];

it('readVotes reads good files and lists every bad one with the reason', async () => {
  for (const [name, content] of FILES)
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  const names = [...FILES.map(([name]) => name), 'missing.json'];
  const { votes: read, leftOut } = await readVotes(names.map((name) => join(folder, name)), key); // prettier-ignore
  expect(read).toEqual([votes('ann', { a: 'acceptable' })]);
  const expected = FILES.flatMap(([name, , reason]) => (reason === null ? [] : [{ name, reason }]));
  const missing = { name: 'missing.json', reason: 'it is not a file of votes: it cannot be read (ENOENT)' };
  expect(leftOut).toEqual([...expected, missing]);
});
