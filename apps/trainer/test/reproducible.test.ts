import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { runCli } from './cli-process';
import { readLog } from './run-files';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('reproducible');
let data: string;

beforeAll(async () => {
  data = await simulateTinyData(root);
});

/** Trains two steps; returns their losses and the hashes of the checkpoint's files. */
async function train(name: string, words: readonly string[]) {
  const out = join(root, name);
  const { stderr } = await runCli([
    '--preset',
    'quick',
    '--epochs',
    '1',
    '--max-steps',
    '2',
    '--data',
    data,
    '--out',
    out,
    ...words,
  ]);
  expect(stderr).toBe('');
  const { files } = JSON.parse(readFileSync(join(out, 'checkpoints/last/training.json'), 'utf8')) as {
    files: Record<string, string>;
  };
  return { losses: readLog(out).map(({ discriminator, generator }) => ({ discriminator, generator })), files };
}

it('the same seed gives the same run, bit for bit, on wasm, whatever the number of threads', async () => {
  const first = await train('first', ['--threads', '2']);
  expect(await train('second', ['--threads', '2'])).toEqual(first);
  expect(await train('one-thread', ['--threads', '1'])).toEqual(first);
});

it('another seed gives another run', async () => {
  const [one, two] = [await train('seed-1', ['--seed', '1']), await train('seed-2', ['--seed', '2'])];
  expect(two.losses).not.toEqual(one.losses);
});
