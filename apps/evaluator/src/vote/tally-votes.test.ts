import { describe, expect, it } from 'vitest';
import { readVotes } from './read-votes';
import { tallyVotes } from './tally-votes';
import { KEY_FORMAT, VOTES_FORMAT, type Answer, type VoteKey, type Votes } from './vote-kit';

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

describe('tallyVotes', () => {
  it('counts voters of whom at least half of the samples earned the word, and single answers beside them', () => {
    const { ours, theirs } = tallyVotes(key, [
      votes('1', { a: 'satisfactory', b: 'satisfactory', c: 'acceptable', d: 'unacceptable', e: 'unacceptable' }),
      votes('2', { a: 'satisfactory', b: 'unacceptable', c: 'unacceptable', d: 'acceptable', e: 'acceptable' }),
      votes('3', { a: 'acceptable', b: 'unacceptable', c: 'satisfactory', d: 'unacceptable', e: 'unacceptable' }),
    ]);
    expect(ours['I-AST'].voters).toMatchObject({ correct: 2, n: 3 });
    expect(ours['I-AST'].answers).toMatchObject({ correct: 3, n: 6 });
    expect(ours['I-AAT'].voters).toMatchObject({ correct: 3, n: 3 });
    expect(ours['I-AAT'].answers).toMatchObject({ correct: 4, n: 6 });
    expect(ours['S-AST'].voters).toMatchObject({ correct: 1, n: 3 });
    expect(ours['S-AAT'].voters).toMatchObject({ correct: 2, n: 3 });
    expect(theirs['I-AST'].voters.accuracy).toBe(0);
    expect(theirs['S-AAT'].voters.accuracy).toBeCloseTo(1 / 3, 12);
  });

  it("gives the paper's rate and its interval: 15 of 21", () => {
    const all = Array.from({ length: 21 }, (_, i) => votes(String(i), { a: i < 15 ? 'satisfactory' : 'unacceptable' }));
    const { accuracy, interval } = tallyVotes(key, all).ours['I-AST'].voters;
    expect(accuracy.toFixed(3)).toBe('0.714');
    expect(interval[0]).toBeCloseTo(0.50044, 4); // scipy.stats.binomtest(15, 21).proportion_ci(method='wilson')
    expect(interval[1]).toBeCloseTo(0.8619, 4);
  });

  it('leaves a voter out where they judged no sample of a model and kind', () => {
    const { ours, theirs } = tallyVotes(key, [votes('1', { a: 'acceptable' })]);
    expect(ours['S-AST'].voters).toMatchObject({ n: 0, interval: [0, 1] });
    expect(theirs['I-AAT'].voters.n).toBe(0);
  });
});

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
