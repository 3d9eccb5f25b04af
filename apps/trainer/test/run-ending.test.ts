import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { runCli, startCli } from './cli-process';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('run-ending');
let data: string;
beforeAll(async () => {
  data = await simulateTinyData(root);
});

const start = (name: string, ...words: string[]) =>
  runCli(['--preset', 'quick', '--data', data, '--out', join(root, name), ...words]);
const endingFile = (name: string) => join(root, name, 'ending.json');
const ending = (name: string) => JSON.parse(readFileSync(endingFile(name), 'utf8')) as Record<string, unknown>;
/** The status text in the report. */
const told = (name: string) =>
  /<p class="status [a-z]+">([^]*?)<\/p>/
    .exec(readFileSync(join(root, name, 'report.html'), 'utf8'))![1]!
    .replace(/<[^>]*>/g, '');

it('a run says why it ended: on the screen, in its folder and in its report; a resumed one updates it', async () => {
  const limited = await start('limited', '--max-steps', '2');
  const sentence = 'Ended by --max-steps 2 after 2 of 6 steps.';
  expect(limited.stdout).toContain(`\n${sentence}\n`);
  expect(ending('limited')).toMatchObject({ reason: 'max-steps', sentence, step: 2 });
  expect(told('limited')).toContain(sentence);

  const resumed = await runCli(['--resume', join(root, 'limited'), '--max-steps', 'none']);
  expect(resumed.stdout).toContain('\nAll 2 epochs are done: 6 steps.\n');
  expect(ending('limited')).toMatchObject({ reason: 'epochs', step: 6 });
  expect(told('limited')).toBe('Finished. All 2 epochs are done: 6 steps.');
});

it('a run that used up its time says so', async () => {
  const { stdout } = await start('timed', '--epochs', '100000', '--max-minutes', '0.02');
  const { reason, sentence, step } = ending('timed');
  expect(reason).toBe('max-minutes');
  expect(sentence).toMatch(/^Ended by --max-minutes 0\.02 (after|before) .* of 300,000 steps\.$/);
  expect(stdout).toContain(`Done: ${String(step)} step`);
  expect(stdout).toContain(`\n${String(sentence)}\n`);
});

it('Ctrl-C is reported; it no longer is after the run is resumed and killed', async () => {
  const trainer = startCli(['--preset', 'quick', '--epochs', '10000', '--data', data, '--out', join(root, 'stopped')]);
  await trainer.waitFor(/^epoch .* step /m);
  trainer.signal('SIGINT');
  const { stdout } = await trainer.done;
  expect(stdout).toMatch(/\nStopped by Ctrl-C after \d+ of 30,000 steps; --resume goes on from there\.\n/);
  expect(told('stopped')).toMatch(/^Not finished\. Stopped by Ctrl-C after \d+ of 30,000 steps/);

  const resumed = startCli(['--resume', join(root, 'stopped')]);
  await resumed.waitFor(/^epoch .* step /m);
  expect(existsSync(endingFile('stopped'))).toBe(false);
  resumed.signal('SIGKILL');
  await resumed.done;
  await runCli(['report', join(root, 'stopped')]);
  expect(told('stopped')).toMatch(/and no trainer is running it now\. Its folder doesn&#39;t record why: it was killed/);
});

it('a divergence is reported', async () => {
  await start('diverged', '--generator-learning-rate', '1e20', '--loss-limit', 'none');
  expect(ending('diverged')).toMatchObject({ reason: 'diverged' });
  expect(told('diverged')).toMatch(/^Diverged\. The (generator|discriminator)/);
});

it('a run that cannot be resumed keeps its reason', async () => {
  const before = ending('limited');
  const { exitCode } = await runCli(['--resume', join(root, 'limited'), '--data', join(root, 'nowhere')]);
  expect(exitCode).not.toBe(0);
  expect(ending('limited')).toEqual(before);
});
