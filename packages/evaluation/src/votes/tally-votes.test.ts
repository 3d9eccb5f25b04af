import { describe, expect, it } from 'vitest';
import { tallyVotes, type Answer, type VotedSamples } from './tally-votes';

const item = (model: string, modality: 'image' | 'sound') => ({ model, modality });
const key: VotedSamples = {
  models: ['ours', 'theirs'],
  items: {
    a: item('ours', 'image'),
    b: item('ours', 'image'),
    c: item('ours', 'sound'),
    d: item('theirs', 'image'),
    e: item('theirs', 'sound'),
  },
};
const votes = (given: Record<string, Answer>) => ({ votes: given });

describe('tallyVotes', () => {
  it('counts voters with at least half of their answers, and individual answers next to them', () => {
    const { ours, theirs } = tallyVotes(key, [
      votes({ a: 'satisfactory', b: 'satisfactory', c: 'acceptable', d: 'unacceptable', e: 'unacceptable' }),
      votes({ a: 'satisfactory', b: 'unacceptable', c: 'unacceptable', d: 'acceptable', e: 'acceptable' }),
      votes({ a: 'acceptable', b: 'unacceptable', c: 'satisfactory', d: 'unacceptable', e: 'unacceptable' }),
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
    const all = Array.from({ length: 21 }, (_, i) => votes({ a: i < 15 ? 'satisfactory' : 'unacceptable' }));
    const { accuracy, interval } = tallyVotes(key, all).ours['I-AST'].voters;
    expect(accuracy.toFixed(3)).toBe('0.714');
    expect(interval[0]).toBeCloseTo(0.50044, 4); // scipy.stats.binomtest(15, 21).proportion_ci(method='wilson')
    expect(interval[1]).toBeCloseTo(0.8619, 4);
  });

  it('leaves out a voter who judged no image or no sound of a model', () => {
    const { ours, theirs } = tallyVotes(key, [votes({ a: 'acceptable' })]);
    expect(ours['S-AST'].voters).toMatchObject({ n: 0, interval: [0, 1] });
    expect(theirs['I-AAT'].voters.n).toBe(0);
  });
});
