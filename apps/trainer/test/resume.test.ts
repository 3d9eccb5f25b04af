import { appendFileSync, cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simulateDataset } from '@cmcgan/sub-urmp/simulator';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { planRun } from '../src/options/plan-run';
import { runCli, type CliResult } from './cli-process';
import { essenceOf, listFiles, readLog, readTraining } from './run-files';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';

/** Two epochs of three steps, each of two passes over two pairs; a checkpoint after every step. */
const OPTIONS = ['--preset', 'quick', '--batch-size', '2', '--accumulate', '2', '--checkpoint-minutes', '0.00001'];
const STEPS = 6;

const root = temporaryFolder('resume');
const quiet = join(root, 'quiet');
/** Ended after the fourth step, in the second epoch. */
const partial = join(root, 'partial');
let data: string;

async function succeed(words: readonly string[]): Promise<CliResult> {
  const result = await runCli(words);
  expect(result.stderr).toBe('');
  expect(result.exitCode).toBe(0);
  return result;
}

beforeAll(async () => {
  data = await simulateTinyData(root);
  await succeed([...OPTIONS, '--data', data, '--out', quiet, '--threads', '2']);
  await succeed([...OPTIONS, '--data', data, '--out', partial, '--threads', '1', '--max-steps', '4']);
});

describe('a resumed run', () => {
  it('equals an uninterrupted one bit for bit: ended three times, within epochs and at their end, on one thread and on two', async () => {
    const run = join(root, 'resumed');
    await succeed([...OPTIONS, '--data', data, '--out', run, '--threads', '1', '--max-steps', '1']);
    await succeed(['--resume', run, '--threads', '2', '--max-steps', '3']);
    await succeed(['--resume', run, '--threads', '1', '--max-steps', '5']);
    await succeed(['--resume', run, '--threads', '2', '--max-steps', 'none']);

    expect(readTraining(run)).toMatchObject({ step: STEPS, epoch: 2, epochStep: 0 });
    expect(essenceOf(run)).toEqual(essenceOf(quiet));
  });

  it('records where it was resumed, and keeps its samples', async () => {
    const config = JSON.parse(readFileSync(join(root, 'resumed', 'config.json'), 'utf8')) as Record<string, unknown>;
    expect(config).toMatchObject({
      options: { maxSteps: null, batchSize: 2 },
      resumes: [1, 3, 5].map((step) => ({ step, environment: { node: process.version } })),
    });
    const drawn = (run: string) => listFiles(join(run, 'samples'));
    expect(drawn(join(root, 'resumed'))).toEqual(drawn(quiet));
  });
});

describe('resuming', () => {
  const run = join(root, 'run');
  const resume = (words: readonly string[] = ['--max-steps', '4']) => runCli(['--resume', run, ...words]);
  const file = (name: string, checkpoint = 'last') => join(run, 'checkpoints', checkpoint, name);

  beforeEach(() => {
    rmSync(run, { recursive: true, force: true });
    cpSync(partial, run, { recursive: true });
  });

  it('cuts the log where the checkpoint was saved, and a torn line, and removes half-written files', async () => {
    const [first, ...others] = readFileSync(join(run, 'log.jsonl'), 'utf8').split('\n');
    appendFileSync(join(run, 'log.jsonl'), `${first!.replace('"step":1', '"step":5')}\n${first!.slice(0, 30)}`);
    writeFileSync(join(run, 'config.json.123.tmp'), '{');
    cpSync(file(''), join(run, 'checkpoints', 'last.partial'), { recursive: true });
    expect((await resume()).exitCode).toBe(0);
    expect(readFileSync(join(run, 'log.jsonl'), 'utf8')).toBe([first, ...others].join('\n'));
    expect(listFiles(run).filter((path) => path.includes('.tmp') || path.includes('.partial'))).toEqual([]);
  });

  it('a complete run: nothing is left to do, and it says how to train on', async () => {
    const { stdout, exitCode } = await resume();
    expect(stdout).toMatch(/^Nothing left to do: the run has taken 4 steps in \d+ s\. To train on, raise .*--max-steps/m);
    expect(exitCode).toBe(0);
    expect(essenceOf(run)).toEqual(essenceOf(partial));
  });

  it.each([
    ['cut off', (path: string) => truncateSync(path, 1000)],
    ['gone', (path: string) => rmSync(path)],
  ])('a checkpoint with a file %s: it is named, and the one before is used', async (_, damage) => {
    damage(file('model.safetensors'));
    const { stdout, exitCode } = await resume();
    expect(stdout).toMatch(
      /^warning: checkpoint file .*\/last\/model\.safetensors is (damaged|missing).*; using the checkpoint before it$/m,
    );
    expect(stdout).toContain('Resuming after step 3: epoch 2 of 2, step 0 of 3');
    expect(exitCode).toBe(0);
    expect(essenceOf(run)).toEqual(essenceOf(partial));
  });

  it('on another backend, which rounds differently: a warning', async () => {
    const config = join(run, 'config.json');
    const started = readFileSync(config, 'utf8');
    const onOneThread = 'wasm, 1 thread, ';
    expect(started).toContain(`"backend": "${onOneThread}`);
    expect((await resume(['--max-steps', '4', '--threads', '2'])).stdout).not.toContain('different rounding');
    writeFileSync(config, started.replace(onOneThread, 'wasm, 2 threads, other '));
    expect((await resume()).stdout).toMatch(
      /^warning: the run was started on wasm, 2 threads, other .*; on wasm, .* different rounding$/m,
    );
  });

  it('both damaged: the newest that was kept is used', async () => {
    for (const name of ['last', 'previous']) rmSync(file('model.safetensors', name));
    const { stdout, exitCode } = await resume();
    expect(stdout).toContain('Resuming after step 3: epoch 2 of 2');
    expect(exitCode).toBe(0);
  });

  it('all damaged: an error, not a new start', async () => {
    for (const name of ['last', 'previous', 'epoch-001']) rmSync(file('training.json', name));
    const { stderr, exitCode } = await resume();
    expect(stderr).toMatch(/^trainer: all checkpoints in .* are damaged; .*\n$/);
    expect(exitCode).toBe(1);
  });

  it('refuses other data', async () => {
    const other = join(root, 'other-data');
    await simulateDataset(other, { seed: 2, pairsPerClass: 1, validationPairsPerClass: 1 });
    const { stderr, exitCode } = await resume(['--data', other]);
    expect(stderr).toMatch(/^trainer: the data in .*other-data are not those that the run was trained with .*--data\n$/);
    expect(exitCode).toBe(1);
  });

  it.each([
    [{ seed: '2' }, '--seed 2 conflicts with --resume: the run has 1; leave --seed out, or start a new run'],
    [{ preset: 'laptop' }, '--preset laptop conflicts with --resume: the run has quick;'],
    [{ out: 'elsewhere' }, `--out elsewhere conflicts with --resume: the run has ${run};`],
    [{ epochs: '0' }, '--epochs must be a whole number of at least 1, got 0'],
  ])('refuses %j', async (flags, message) => {
    await expect(planRun({ resume: run, ...flags }, root)).rejects.toThrow(message);
  });

  it('accepts flags that don’t affect what is computed, and unchanged ones', async () => {
    const flags = { epochs: '9', maxMinutes: '5', threads: '1', data: 'moved', seed: '1', preset: 'quick', out: 'run' };
    const { options, folderUse } = await planRun({ resume: 'run', ...flags }, root);
    expect(options).toMatchObject({
      epochs: 9,
      maxMinutes: 5,
      threads: 1,
      data: { folder: join(root, 'moved') },
      batchSize: 2,
      out: run,
    });
    expect(folderUse).toBe('resumed');
  });

  it.each([
    ['nowhere', /--resume .*nowhere does not exist; name the folder of a run/],
    ['.', /--resume .* holds no run: config\.json or the folder checkpoints is missing/],
    ['partial/checkpoints/last', /is a checkpoint; name the run folder that contains it: .*partial$/],
  ])('refuses %s', async (path, message) => {
    await expect(planRun({ resume: path }, root)).rejects.toThrow(message);
  });

  it('starts from the beginning if the run ended before its first checkpoint', async () => {
    for (const name of ['last', 'previous', 'epoch-001']) rmSync(join(run, 'checkpoints', name), { recursive: true });
    const { exitCode, stderr } = await resume(['--max-steps', '1']);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(readLog(run)).toHaveLength(1);
    expect(readTraining(run).step).toBe(1);
  });
});
