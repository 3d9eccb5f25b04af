import { describe, expect, it } from 'vitest';
import { addScore, collapseSentence, NO_SCORES } from './collapse';

/** The state after scores, one per epoch, of a judge of 13 classes, for which chance is 0.077. */
function after(scores: readonly number[], classCount = 13) {
  return scores.reduce(
    (state, score, i) =>
      addScore(state, { step: 10 * (i + 1), epoch: i + 1, score, soundToImage: null, imageToSound: null }, classCount),
    NO_SCORES,
  );
}
const collapsesAt = (scores: readonly number[], classCount?: number) =>
  scores.findIndex((_, i) => collapseSentence(after(scores.slice(0, i + 1), classCount)) !== null) + 1;

describe('the best epoch', () => {
  it('is the one with the highest score, the first of several', () => {
    expect(after([0.2, 0.6, 0.5, 0.6]).best).toMatchObject({ epoch: 2, score: 0.6 });
  });

  it('is none before the first score', () => expect(after([]).best).toBeNull());
});

describe('a collapse', () => {
  it('is a fall below half of the best skill, three scores in a row', () => {
    expect(collapsesAt([0.3, 0.7, 0.2, 0.1, 0.2, 0.1])).toBe(5);
  });

  it('is not a fall that does not last', () => {
    expect(collapsesAt([0.7, 0.2, 0.1, 0.5, 0.2, 0.1, 0.6])).toBe(0);
  });

  it('is not a score that wavers above half of the best', () => {
    expect(collapsesAt([0.7, 0.45, 0.4, 0.45, 0.4, 0.42])).toBe(0);
  });

  it('counts skill from chance on: of two classes, 0.55 after 0.9 is nearly nothing', () => {
    expect(collapsesAt([0.9, 0.55, 0.6, 0.55], 2)).toBe(4);
    expect(collapsesAt([0.9, 0.75, 0.75, 0.75], 2)).toBe(0);
  });

  it('cannot happen before anything was learnt: scores near chance waver', () => {
    expect(collapsesAt([0.2, 0.05, 0, 0.05, 0, 0])).toBe(0);
  });

  it('is told with the scores and the epoch that is kept', () => {
    expect(collapseSentence(after([0.62, 0.1, 0.2, 0.1]))).toBe(
      'Stopped: the samples have collapsed. The judge recognised only 10 %, 20 %, 10 % of them in the last scores, after 62 % in epoch 1, ' +
        'which is kept as checkpoints/best. To train on regardless: --stop-on-collapse no.',
    );
  });
});
