// Starts the apps as in the READMEs: pnpm adds nothing to their output. They have to be built, as `npm test` does.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from './run-command';

const start = (app: string, ...words: string[]) => runCommand('npx', ['pnpm', '--filter', app, 'start', ...words]);

describe('npx pnpm --filter <app> start', () => {
  it('trainer --json: standard output is one JSON object per line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'start-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { exitCode, stdout } = await start(
      'trainer',
      '--json',
      '--preset',
      'quick',
      '--max-steps',
      '1',
      '--out',
      join(folder, 'run'),
    );
    const events = stdout.trimEnd().split('\n').map((line) => (JSON.parse(line) as { event: string }).event); // prettier-ignore
    expect(exitCode).toBe(0);
    expect(events).toEqual(expect.arrayContaining(['started', 'step', 'finished']));
  });

  it.each(['trainer', 'evaluator', 'data'])('%s: an error is one line and its exit code', async (app) => {
    const { exitCode, stdout, stderr } = await start(app, '--no-such-option');
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^[^\n]*unknown option '--no-such-option'[^\n]*\n$/);
    expect(exitCode).toBeGreaterThan(0);
  });
});
