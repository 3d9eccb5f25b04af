import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../test/temporary-folder';
import { readRunLog } from './run-log';

const path = join(temporaryFolder('log'), 'log.jsonl');
const steps = async (text: string) => {
  writeFileSync(path, text);
  return (await readRunLog(path)).map(({ step, loss }) => [step, loss]);
};

it('half a line at the end is skipped', async () => {
  expect(await steps('{"step":1,"loss":5}\n{"step":2,"loss":4}\n{"step":3,"lo')).toEqual([
    [1, 5],
    [2, 4],
  ]);
});

it('steps that were taken again after a resume count as they were taken last', async () => {
  const log = [
    [1, 5],
    [2, 4],
    [3, 3],
    [2, 40],
  ];
  expect(await steps(log.map(([step, loss]) => `${JSON.stringify({ step, loss })}\n`).join(''))).toEqual([
    [1, 5],
    [2, 40],
  ]);
});

it('without a file there are no steps', async () => expect(await readRunLog(`${path}.nowhere`)).toEqual([]));

it('a score is read with the step that was scored', async () => {
  writeFileSync(path, '{"step":1,"loss":5}\n{"step":2,"loss":4}\n{"step":2,"judge":{"score":0.5}}\n{"step":3,"loss":3}\n');
  expect(await readRunLog(path)).toEqual([
    { step: 1, loss: 5 },
    { step: 2, loss: 4, judge: { score: 0.5 } },
    { step: 3, loss: 3 },
  ]);
});
