import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../test/temporary-folder';
import { readJudgingFile, writeJudgingFile, type JudgingFile } from './judging-file';

const path = join(temporaryFolder('judging-file'), 'judging.json');
const score = {
  ...{ step: 3, epoch: 1, score: 0.5, imageToSound: null },
  soundToImage: { accuracy: 0.5, correct: 1, n: 2, interval: [0.1, 0.9] as const },
};
const whole = {
  ...{ judge: 'trained', everyEpochs: 1, best: score, scores: [score], collapsed: null },
  pairs: { source: 'held', reason: 'songs', ids: ['a'], heldIds: ['a', 'b'] },
} as unknown as JudgingFile;

it('judging.json is read as it was written', async () => {
  await writeJudgingFile(path, whole);
  expect(await readJudgingFile(path)).toEqual(whole);
});

it('a run that nothing has judged has none', async () => expect(await readJudgingFile(`${path}.nowhere`)).toBeNull());

it('a damaged one is refused, with the first thing that is wrong', async () => {
  writeFileSync(path, JSON.stringify({ ...whole, pairs: { source: 'dice', ids: [], heldIds: [] } }));
  await expect(readJudgingFile(path)).rejects.toThrow(
    `${path} is not a run's judging.json: pairs.source must be held or train or validation, got "dice"`,
  );
});
