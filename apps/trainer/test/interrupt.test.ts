import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startCli } from './cli-process';
import { readLog } from './run-files';
import { temporaryFolder } from './temporary-folder';
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
  const saved = JSON.parse(readFileSync(join(out, 'checkpoints/last/training.json'), 'utf8')) as { step: number };
  expect(saved.step).toBe(readLog(out).length);
  expect(saved.step).toBeGreaterThan(0);
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
