import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { runCli, startCli } from './cli-process';
import { readLog, readTraining } from './run-files';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('interrupt');

it('Ctrl-C finishes the step, saves, says where and exits with 130', async () => {
  const data = await simulateTinyData(root);
  const out = join(root, 'run');
  const trainer = startCli(['--preset', 'quick', '--epochs', '10000', '--keep-every', '0', '--data', data, '--out', out]);
  await trainer.waitFor(/^epoch .* step /m);
  trainer.signal('SIGINT');
  const { exitCode, stdout, stderr } = await trainer.done;

  expect(stderr).toBe('');
  expect(exitCode).toBe(130);
  expect(stdout).toContain('Stopping after this step and saving');
  expect(stdout).toContain(`Everything so far is saved in ${join(out, 'checkpoints', 'last')}`);
  const saved = readTraining(out);
  expect(saved.step).toBe(readLog(out).length);
  expect(saved.step).toBeGreaterThan(0);
});

it('a second Ctrl-C ends at once, without damage', async () => {
  const out = join(root, 'twice');
  const options = ['--preset', 'quick', '--width', '0.5', '--epochs', '10000', '--keep-every', '0', '--out', out];
  const trainer = startCli([...options, '--data', join(root, 'data'), '--checkpoint-minutes', '0.00001']);
  await trainer.waitFor(/^epoch .* step /m);
  trainer.signal('SIGINT');
  await trainer.waitFor(/Stopping after this step/);
  trainer.signal('SIGINT');
  const { exitCode, stdout } = await trainer.done;

  expect(stdout).toContain('Stopped at once.');
  expect(exitCode).toBe(130);
  const resumed = await runCli(['--resume', out, '--max-steps', '1']);
  expect([resumed.exitCode, resumed.stderr]).toEqual([0, '']);
  expect(resumed.stdout).not.toContain('damaged');
});

it('a closed terminal saves, too; a reader that goes away does no harm', async () => {
  const out = join(root, 'hung-up');
  const words = ['--preset', 'quick', '--epochs', '10000', '--keep-every', '0', '--data', join(root, 'data'), '--out', out];
  const trainer = startCli(words);
  await trainer.waitFor(/^epoch .* step /m);
  trainer.closeOutput();
  const linesBefore = readLog(out).length;
  while (readLog(out).length < linesBefore + 4) await setTimeout(50);
  trainer.signal('SIGHUP');
  expect((await trainer.done).exitCode).toBe(130);
  expect(readTraining(out).step).toBe(readLog(out).length);
});

it('Ctrl-C before the first step stops at once: there is nothing to save', async () => {
  const out = join(root, 'early');
  const trainer = startCli(['--preset', 'laptop', '--out', out]);
  await trainer.waitFor(/^simulating \d+\/\d+ pairs$/m);
  trainer.signal('SIGINT');
  const { exitCode, stdout, stderr } = await trainer.done;

  expect([exitCode, stderr]).toEqual([130, '']);
  expect(stdout).toContain('Stopped at once.');
  expect(existsSync(join(out, 'checkpoints', 'last'))).toBe(false);
});

it.each([
  ['finding pictures', ['--contrastive', '1', '--contrastive-steps', '1000000']],
  ['decoders', ['--contrastive-steps', '1', '--decoder-steps', '1000000']],
  ['paths', ['--contrastive-steps', '1', '--decoder-steps', '1', '--path-steps', '1000000', '--similar-means', '2']],
  ['classifier', ['--variant', 's2ic', '--pretraining-steps', '1000000']],
  ['autoencoder', ['--variant', 's2i-a', '--pretraining-steps', '1000000']],
])('Ctrl-C ends what comes before the first step: %s', async (status, options) => {
  const out = join(root, status);
  const trainer = startCli(['--preset', 'quick', '--data', join(root, 'data'), '--out', out, ...options]);
  await trainer.waitFor(new RegExp(`^${status} \\d+/1000000, loss`, 'm'));
  trainer.signal('SIGINT');
  const { exitCode, stdout, stderr } = await trainer.done;

  expect([exitCode, stderr]).toEqual([130, '']);
  expect(stdout).toContain('Stopped at once.');
});
