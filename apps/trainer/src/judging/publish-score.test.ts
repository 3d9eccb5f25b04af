import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { RUN_START } from '@cmcgan/training/node';
import { temporaryFolder } from '../../../../test/temporary-folder';
import { addScore, NO_SCORES } from './collapse';
import { publishScore, type ScoredRun } from './publish-score';

const judging = join(temporaryFolder('publish-score'), 'judging.json');
let told: string[];
let stopped: string[];
let kept: string[];
let observed: number[];
beforeEach(() => {
  [told, stopped, kept, observed] = [[], [], [], []];
});

/** A run for publishing scores that records the calls to it. */
function fakeRun(stopOnCollapse: 'yes' | 'no'): ScoredRun {
  return {
    options: { judge: { source: 'trained', everyEpochs: 1, stopOnCollapse } },
    folder: { judging },
    chosenPairs: {
      judged: { source: 'held', reason: 'songs', pairs: [{ id: 'a' }] },
      trained: [],
      held: [{ id: 'a' }, { id: 'b' }],
    },
    progress: { note: (line: string) => told.push(line) },
    log: { writeScore: async () => {} },
    tellScore: async (_position: unknown, { score }: { score: number }) => void observed.push(score),
  } as unknown as ScoredRun;
}

const controls = { alsoSaveAs: (name: string) => void kept.push(name), stop: (reason: string) => void stopped.push(reason) };

/** Publishes scores one after the other. */
async function publish(stopOnCollapse: 'yes' | 'no', ...values: number[]): Promise<void> {
  let state = NO_SCORES;
  for (const [i, value] of values.entries()) {
    const accuracy = { accuracy: value, correct: 0, n: 65, interval: [0, 1] as [number, number] };
    const score = { step: i + 1, epoch: i + 1, score: value, soundToImage: accuracy, imageToSound: null };
    state = addScore(state, score, 13);
    await publishScore(fakeRun(stopOnCollapse), controls, { position: RUN_START, score, state, ms: 5 });
  }
}
const readJudging = () => JSON.parse(readFileSync(judging, 'utf8')) as Record<string, unknown>;

describe('publishScore', () => {
  it('keeps the checkpoint of each score that is better than all before', async () => {
    await publish('yes', 0.3, 0.2, 0.5, 0.5);
    expect(kept).toEqual(['best', 'best']);
    expect(readJudging()).toMatchObject({ best: { epoch: 3 }, scores: [{}, {}, {}, {}], collapsed: null });
  });

  it('ends the run when its samples have collapsed, with a sentence, and keeps the best', async () => {
    await publish('yes', 0.6, 0.1, 0.1, 0.1);
    expect(stopped).toHaveLength(1);
    expect(stopped[0]).toMatch(/^Stopped: the samples have collapsed\..* after 60 % in epoch 1/);
    expect(kept).toEqual(['best']);
    expect(readJudging()).toMatchObject({ best: { epoch: 1 }, collapsed: stopped[0] });
  });

  it('trains on through a collapse where it is told to', async () => {
    await publish('no', 0.6, 0.1, 0.1, 0.1, 0.1);
    expect(stopped).toEqual([]);
  });

  it('tells people and the other observers', async () => {
    await publish('yes', 0.62);
    expect(told).toEqual(['Scored epoch 1, 62 % of 65 pictures recognised by the judge, score 0.620, the best so far']);
    expect(observed).toEqual([0.62]);
  });

  it('names the pairs that were scored and all that were set aside', async () => {
    await publish('yes', 0.62);
    expect(readJudging()).toMatchObject({ pairs: { source: 'held', reason: 'songs', ids: ['a'], heldIds: ['a', 'b'] } });
  });
});
