import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasNative } from '../../../test/extras/native';
import { runCli } from './cli-process';
import { temporaryFolder } from '../../../test/temporary-folder';

const root = temporaryFolder('native');

describe('trainer native', () => {
  it('says in one line what is missing', async () => {
    const env = { ...process.env, PATH: root, CMCGAN_TFJS_NODE: root };
    const { exitCode, stderr } = await runCli(['native'], { env });
    expect(stderr).toMatch(/^trainer: there is no Python to take TensorFlow from .* with --tensorflow\n$/);
    expect(exitCode).toBe(1);
  });

  it('takes relative paths from where it is started', async () => {
    const { stderr } = await runCli(['native', '--tensorflow', 'here'], { cwd: root });
    expect(stderr).toBe(`trainer: the folder of TensorFlow must exist, got ${join(root, 'here')}\n`);
  });
});

describe('--backend tfjs-node', async () => {
  if (!(await hasNative('a training from the command line'))) return it.skip('is not built', () => undefined);

  it('trains, and the run says on what', { timeout: 600_000 }, async () => {
    const words = ['--backend', 'tfjs-node', '--threads', '1', '--preset', 'quick', '--max-steps', '2', '--out', 'run'];
    const { exitCode, stdout } = await runCli(words, { cwd: root });
    expect(stdout).toMatch(/on tfjs-node, TensorFlow \d+\.\d+\.\d+ on the processor, 1 thread,/);
    expect(exitCode).toBe(0);
    const log = readFileSync(join(root, 'run', 'log.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(log.map((line) => JSON.parse(line) as { step?: number }).filter(({ step }) => step === 2)).not.toEqual([]);
  });

  it('is tried by the doctor', async () => {
    const { stdout } = await runCli(['doctor', '--json']);
    const { findings } = JSON.parse(stdout) as { findings: { name: string; state: string; detail: string }[] };
    const found = findings.find(({ name }) => name === '--backend tfjs-node');
    expect(found).toMatchObject({ state: 'works', detail: expect.stringMatching(/^TensorFlow .* on the processor;/) as string });
  });
});
