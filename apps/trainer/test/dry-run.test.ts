import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { DryRun } from '../src/dry-run/describe-dry-run';
import { runCli } from './cli-process';
import { temporaryFolder } from '../../../test/temporary-folder';

const root = temporaryFolder('dry-run');
/** Parent of the dry run's temporary folder. */
const temporary = join(root, 'temporary');
mkdirSync(temporary);
const env = { ...process.env, TMPDIR: temporary, TEMP: temporary };

it('says what a run would take, and leaves nothing behind', async () => {
  const { exitCode, stdout, stderr } = await runCli(['--preset', 'quick', '--dry-run', '--epochs', '7'], { cwd: root, env });
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^ {2}batchSize +4 +64 +the fewest pairs/m);
  expect(stdout).toMatch(/^ {2}time +about .*: 21 steps in 7 epochs$/m);
  expect(stdout).toContain(`Nothing was trained, and nothing written to ${join(root, 'runs', 'quick')}.`);
  expect(existsSync(join(root, 'runs'))).toBe(false);
  expect(readdirSync(temporary)).toEqual([]);
});

it('gives programs the same as one JSON object', async () => {
  const { stdout } = await runCli(['--preset', 'quick', '--dry-run', '--json'], { cwd: root });
  const last = JSON.parse(stdout.trim().split('\n').at(-1)!) as DryRun & { event: string };
  expect(last.event).toBe('dry-run');
  expect(last.options).toMatchObject({ preset: 'quick', batchSize: 4, maxSteps: null });
  expect(last.estimate).toMatchObject({ totalSteps: 6, epochs: 2 });
  const { generator, discriminator, total } = last.measured.parameters;
  expect(generator + discriminator).toBe(total);
  expect(last.measured.checkpointBytes).toBeGreaterThan(4 * total); // weights and optimisers
});

it('is refused for a resumed run', async () => {
  const { exitCode, stderr } = await runCli(['--resume', 'nowhere', '--dry-run'], { cwd: root });
  expect(stderr).toBe('trainer: --dry-run conflicts with --resume; leave one of them out\n');
  expect(exitCode).toBe(2);
});
