import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { simulateDataset } from '@cmcgan/sub-urmp/simulator';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder';

const wanted = process.env.CMCGAN_EXPERIMENTS === 'true';
if (!wanted)
  console.warn('Skipped: all experiments end to end take minutes; CMCGAN_EXPERIMENTS=true runs them, on the built apps.');

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const root = temporaryFolder('experiments');

/** Runs the built evaluator; sends it SIGINT when its output first matches. */
function run(words: readonly string[], stopAt?: RegExp): Promise<{ exitCode: number | null; output: string }> {
  const child = spawn(process.execPath, [CLI, ...words], { cwd: root });
  let [output, sent] = ['', false];
  const listen = (chunk: Buffer) => {
    output += chunk.toString();
    if (!stopAt || sent || !stopAt.test(output)) return;
    sent = true;
    child.kill('SIGINT');
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  return new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, output })));
}

describe.skipIf(!wanted)('experiment all, at the smallest size', () => {
  it('is stopped by Ctrl-C, resumes, and ends in one report of thirteen runs', { timeout: 1_800_000 }, async () => {
    await simulateDataset(join(root, 'data'), { seed: 1, pairsPerClass: 3, validationPairsPerClass: 2 });
    const small = ['--preset', 'quick', '--max-steps', '3', '--judge-steps', '5', '--judge-width', '0.0625'];
    const words = ['experiment', 'all', '--data', 'data', '--out', 'out', ...small];
    const stopped = await run(words, /Training s2ic, width/);
    expect(stopped).toMatchObject({ exitCode: 130 });
    expect(stopped.output).toContain('stopped while training s2ic; the same command resumes there');
    const ended = await run(words);
    expect(ended.exitCode, ended.output.slice(-2000)).toBe(0);
    expect(ended.output).toMatch(/cmcgan +trained/);
    const evaluation = JSON.parse(readFileSync(join(root, 'out/evaluation.json'), 'utf8')) as { runs: unknown[] };
    expect(evaluation.runs).toHaveLength(13);
    const report = readFileSync(join(root, 'out/report.html'), 'utf8');
    expect(report).not.toContain('Not among the runs given');
  });
});
