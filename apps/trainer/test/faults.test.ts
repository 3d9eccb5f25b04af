import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { runCli } from './cli-process';
import { readLog } from './run-files';
import { temporaryFolder } from './temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('faults');
let data: string;

beforeAll(async () => {
  data = await simulateTinyData(root);
});

const train = (out: string, words: readonly string[]) => runCli(['--preset', 'quick', '--data', data, '--out', out, ...words]);

it('a loss that is no number stops the run with one line that names loss and step', async () => {
  const out = join(root, 'diverges');
  const { exitCode, stderr } = await train(out, ['--generator-learning-rate', '1e38']);
  expect(stderr).toMatch(
    /^trainer: the (generator|discriminator)'s \w+ loss is (NaN|Infinity) at step \d; try a lower learning rate or another --seed; there was no checkpoint yet\n$/,
  );
  expect(exitCode).toBe(1);
  expect(readLog(out).length).toBeGreaterThan(0);
});

it.skipIf(!existsSync('/dev/full'))('a full disk is one clear line (skipped where there is no /dev/full)', async () => {
  const out = join(root, 'full-disk');
  mkdirSync(out);
  symlinkSync('/dev/full', join(out, 'log.jsonl'));
  const { exitCode, stderr } = await train(out, ['--max-steps', '1']);
  expect(stderr).toBe(
    `trainer: no space left on the disk while writing ${out}/log.jsonl; free some space, or choose another disk with --out; ` +
      'there was no checkpoint yet\n',
  );
  expect(exitCode).toBe(1);
});
