import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCli } from './cli-process';
import { storeTinyRun } from './store-tiny-run';
import { temporaryFolder } from '../../../test/temporary-folder';

const root = temporaryFolder('report');

it('report rewrites the report of a run', async () => {
  await storeTinyRun(join(root, 'run'));
  const { exitCode, stdout } = await runCli(['report', 'run'], { cwd: root });
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`Wrote ${join(root, 'run', 'report.html')}\n`);
  const html = readFileSync(join(root, 'run', 'report.html'), 'utf8');
  expect(html).toContain('<dd>6 of 12</dd>');
  expect(() => new Function(/<script>([^]*?)<\/script>/.exec(html)![1])).not.toThrow(); // as built
});

it('report refuses a folder without a run', async () => {
  const { exitCode, stderr } = await runCli(['report', 'nowhere'], { cwd: root });
  expect(stderr).toBe(`trainer: ${join(root, 'nowhere')} is not a run folder: it has no config.json\n`);
  expect(exitCode).toBe(1);
});
