import { describe, expect, it } from 'vitest';
import { readVotes } from './read-votes';
import type { Answer } from '@cmcgan/evaluation';
import { KEY_FORMAT, VOTES_FORMAT, type VoteKey, type Votes } from './vote-kit';

const item = (model: string, modality: 'image' | 'sound') => ({ model, modality, pair: 'p' });
const key: VoteKey = {
  format: KEY_FORMAT,
  kit: 'k1',
  seed: 1,
  models: ['ours', 'theirs'],
  items: {
    a: item('ours', 'image'),
    b: item('ours', 'image'),
    c: item('ours', 'sound'),
    d: item('theirs', 'image'),
    e: item('theirs', 'sound'),
  },
};
const votes = (voter: string, given: Record<string, Answer>): Votes => ({ format: VOTES_FORMAT, kit: 'k1', voter, votes: given });

describe('readVotes', () => {
  const file = (name: string, content: unknown) => ({
    name,
    text: typeof content === 'string' ? content : JSON.stringify(content),
  });

  it('takes good files and names every bad one with why', () => {
    const { votes: read, leftOut } = readVotes(
      [
        file('good.json', votes('ann', { a: 'acceptable' })),
        file('text.json', 'hello'),
        file('other.json', { ...votes('bob', { a: 'acceptable' }), kit: 'k2' }),
        file('again.json', votes('ann', { a: 'unacceptable' })),
        file('unknown.json', votes('cat', { z: 'acceptable' })),
        file('word.json', { ...votes('dan', {}), votes: { a: 'great' } }),
        file('empty.json', votes('eve', {})),
        file('array.json', []),
      ],
      key,
    );
    expect(read.map(({ voter }) => voter)).toEqual(['ann']);
    expect(leftOut.map(({ name }) => name)).toEqual(
      ['text.json', 'other.json', 'again.json', 'unknown.json', 'word.json', 'empty.json', 'array.json'], // prettier-ignore
    );
    const reasons = leftOut.map(({ reason }) => reason).join('\n');
    for (const words of [
      'not JSON',
      'another kit, k2',
      'ann has voted already',
      'votes on z',
      'votes.a must be',
      'holds no vote',
    ]) {
      expect(reasons).toContain(words);
    }
  });
});
