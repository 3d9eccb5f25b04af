import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli, type CliResult } from './cli-process';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('json');
let data: string;

beforeAll(async () => {
  data = await simulateTinyData(root);
});

const train = (...words: string[]) => runCli(['--preset', 'quick', '--data', data, '--max-steps', '4', ...words], { cwd: root });

type Line = Record<string, unknown> & { event: string };
const lines = ({ stdout }: CliResult) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

describe('--json', () => {
  it('reports a run as one JSON object per line, in order, and checkpoints once they are on the disk', async () => {
    const result = await train('--json', '--out', 'run');
    const reported = lines(result).filter(({ event }) => event !== 'note' && event !== 'status');
    const isFirstCheckpoint = ({ event, step }: Line) => event === 'checkpoint' && step === 3; // while it is written, training goes on
    const told = reported.filter((line) => !isFirstCheckpoint(line));
    const run = join(root, 'run');
    const checkpoint = join(run, 'checkpoints', 'last');
    expect(told).toEqual([
      { event: 'started', folder: run, step: 0, totalSteps: 4, stepsPerEpoch: 3, epochs: 2 },
      expect.objectContaining({ event: 'step', step: 1, totalSteps: 4, epoch: 1, epochs: 2 }),
      expect.objectContaining({ event: 'step', step: 2 }),
      expect.objectContaining({ event: 'step', step: 3 }),
      { event: 'epoch', epoch: 1, step: 3 },
      expect.objectContaining({ event: 'step', step: 4, epoch: 2 }),
      { event: 'epoch', epoch: 2, step: 4 },
      { event: 'checkpoint', folder: checkpoint, epoch: 2, step: 4 },
      expect.objectContaining({ event: 'finished', folder: run, checkpoint, step: 4, interrupted: false }),
    ]);
    const first = reported.findIndex(isFirstCheckpoint);
    expect(reported[first]).toEqual({ event: 'checkpoint', folder: checkpoint, epoch: 1, step: 3 });
    const at = (wanted: Line['event'], step: number) => reported.findIndex((line) => line.event === wanted && line.step === step);
    expect(at('epoch', 3)).toBeLessThan(first);
    expect(first).toBeLessThan(at('epoch', 4));
    const numbers = ['stepMs', 'pairsPerSecond', 'stepsPerSecond', 'secondsLeft', 'residentBytes'];
    for (const name of numbers) expect(told[1][name]).toBeGreaterThanOrEqual(0);
    expect(told[1].losses).toMatchObject({ discriminator: { total: expect.any(Number) as number } });
    expect([result.exitCode, result.stderr]).toEqual([0, '']);
  });

  it('reports errors there, too, with the usual exit code', async () => {
    const result = await train('--json', '--batch-size', '99');
    expect(lines(result).at(-1)).toEqual({
      event: 'error',
      message: expect.stringContaining('too few for one update') as string,
    });
    expect(result.stderr).toMatch(/^trainer: .*too few for one update/);
    expect(result.exitCode).toBe(1);
  });
});

it('--quiet writes only the final summary', async () => {
  const { exitCode, stdout, stderr } = await train('--quiet', '--out', 'quiet');
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Done: 4 steps in /);
  expect(stdout).toContain('quiet/report.html');
});

it('--quiet conflicts with --json', async () => {
  const { exitCode, stderr } = await train('--quiet', '--json');
  expect(stderr).toBe('trainer: --quiet conflicts with --json; take one of them\n');
  expect(exitCode).toBe(2);
});
