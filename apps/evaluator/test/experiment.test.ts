import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { openDataset, type Dataset } from '@cmcgan/sub-urmp';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '@cmcgan/backends';
import { evaluateCommand } from '../src/commands/evaluate-command';
import { findExperiments, resolveExperimentOptions } from '../src/experiment/experiment-options';
import { EXPERIMENTS } from '@cmcgan/evaluation';
import { variantsToTrain } from '../src/experiment/plan';
import { runExperiment } from '../src/experiment/run-experiment';
import type { RunTrainer } from '../src/experiment/trainer';
import { createProgress } from '@cmcgan/command-line';
import { makeRun } from './make-run';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('experiment');
let dataset: Dataset;
beforeAll(async () => {
  const backend = await startBackend('wasm', { threads: 1 });
  dataset = await openDataset(await simulateTinyData(root));
  await makeRun(join(root, 'model'), dataset);
  await backend.dispose();
});

const flag = (words: readonly string[], name: string) => words[words.indexOf(`--${name}`) + 1];

/** A fake trainer that makes run folders at once and records its calls; it is interrupted once for each variant in `stopOn`. */
function fakeTrainer(stopOn: string[] = []) {
  const calls: string[][] = [];
  const run: RunTrainer = async (words) => {
    calls.push([...words]);
    const resumed = words.includes('--resume');
    const folder = flag(words, resumed ? 'resume' : 'out');
    const variant = folder.split('/').at(-1)!;
    mkdirSync(folder, { recursive: true });
    const backend = await startBackend('wasm', { threads: 1 });
    await makeRun(folder, dataset, { variant });
    await backend.dispose();
    const stopped = stopOn.includes(variant) && !resumed;
    return { exitCode: stopped ? 130 : 0, interrupted: stopped };
  };
  return { calls, run };
}

/** Replaces the evaluation in tests of the trainings alone. */
const noEvaluation: typeof evaluateCommand = async () => 0;

/** Runs an experiment in a folder; resolves to what it printed. */
async function experiment(names: string[], flags: Record<string, unknown>, runTrainer: RunTrainer, evaluate = noEvaluation) {
  let printed = '';
  const progress = createProgress({ write: (text) => (printed += text) }, () => 0);
  const common = { preset: 'quick', data: 'data', judgeWidth: '0.03125', judgeSteps: '1', samples: false, soundPairs: '0' };
  const options = resolveExperimentOptions(names, { ...common, ...flags }, root);
  const exitCode = await runExperiment(options, { folder: root, progress, runTrainer, evaluate, nowMs: () => 0 });
  return { exitCode, printed };
}

describe('EXPERIMENTS', () => {
  it("need every variant of the paper's section, the main one first", () => {
    const variants = variantsToTrain(findExperiments(['all']));
    expect(variants[0]).toBe('cmcgan');
    expect([...variants].sort()).toEqual(
      ['cmcgan', 'cmcgan-5', 'cmcgan-6', 'cmcgan-7', 'i2s', 'lcgan', 'nlcmcgan-5', 'nlcmcgan-6', 'nlcmcgan-7', 's2i-a', 's2i-n', 's2ic', 'standard-loss'], // prettier-ignore
    );
  });

  it('are found by name, and an unknown name is an error that lists them', () => {
    expect(findExperiments(['fig5', 'table2']).map(({ name }) => name)).toEqual(['table2', 'fig5']);
    expect(() => findExperiments(['fig6'])).toThrow(/there is no experiment fig6; choose from all, sound-to-image,/);
    expect(findExperiments(['all'])).toEqual(EXPERIMENTS);
  });
});

describe('runExperiment', () => {
  it('trains each variant once, evaluates all with one judge, and repeats nothing when called again', async () => {
    const { calls, run } = fakeTrainer();
    const first = await experiment(['fig5'], { out: 'first', seed: '3' }, run, evaluateCommand);
    expect(first.exitCode).toBe(0);
    const out = join(root, 'first');
    const common = ['--preset', 'quick', '--data', join(root, 'data'), '--seed', '3'];
    expect(calls).toEqual(
      ['cmcgan', 'standard-loss'].map((name) => ['--variant', name, ...common, '--out', join(out, 'runs', name)]),
    );
    const evaluation = JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8')) as { runs: { run: { variant: string } }[] };
    expect(evaluation.runs.map(({ run: { variant } }) => variant)).toEqual(['cmcgan', 'standard-loss']);
    expect(existsSync(join(out, 'report.html'))).toBe(true);
    const again = await experiment(['fig5'], { out: 'first', seed: '3' }, run, evaluateCommand);
    expect(calls).toHaveLength(2);
    expect(again.printed).not.toContain('Evaluating');
    expect(again.printed).not.toContain('training the image judge');
    expect(JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8'))).toEqual({ ...evaluation, judge: { ...(evaluation as never as { judge: object }).judge, origin: 'cached' } }); // prettier-ignore
  });

  it('resumes a training that was stopped, but not those before it', async () => {
    const { calls, run } = fakeTrainer(['s2ic']);
    await expect(experiment(['fig2'], { out: 'stopped' }, run)).rejects.toThrow(
      /stopped while training s2ic; the same command resumes/,
    );
    expect(calls.map((words) => words.slice(0, 2))).toEqual([['--variant', 'cmcgan'], ['--variant', 's2ic']]); // prettier-ignore
    calls.length = 0;
    await experiment(['fig2'], { out: 'stopped', maxMinutes: '7', threads: '1' }, run);
    expect(calls[0]).toEqual(['--resume', join(root, 'stopped/runs/s2ic'), '--max-minutes', '7', '--threads', '1']);
    expect(calls[1].slice(0, 2)).toEqual(['--variant', 'i2s']);
    expect(calls).toHaveLength(2);
  });

  it('restarts a training that was stopped before its first checkpoint', async () => {
    const { calls, run } = fakeTrainer();
    const folder = join(root, 'early/runs/cmcgan');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'log.jsonl'), '');
    await experiment(['table2'], { out: 'early' }, run);
    expect(calls[0].slice(0, 2)).toEqual(['--variant', 'cmcgan']);
    expect(existsSync(join(folder, 'log.jsonl'))).toBe(false);
  });

  it('shows with --dry-run what would be trained and how long it would take, and does nothing', async () => {
    const { calls, run } = fakeTrainer();
    const { printed } = await experiment(['fig4'], { out: 'dry', dryRun: true, maxMinutes: '10' }, run);
    expect(calls).toEqual([]);
    expect(existsSync(join(root, 'dry'))).toBe(false);
    expect(printed).toMatch(/nlcmcgan-5 +to train +10\.0 min/);
    expect(printed).toMatch(/6 of 6 to train, at most about 60 minutes/);
  });

  it('does not mix runs with different settings in one folder', async () => {
    const { run } = fakeTrainer();
    await experiment(['table2'], { out: 'mixed' }, run);
    await expect(experiment(['table2'], { out: 'mixed', preset: 'laptop' }, run)).rejects.toThrow(
      /mixed holds runs with --preset quick, got laptop; choose another folder/,
    );
  });

  it('hands further flags to every training, and holds them to be settings', async () => {
    const { calls, run } = fakeTrainer();
    await experiment(['fig5'], { out: 'further', trainerFlag: ['ema-decay=0.999', 'quiet'] }, run);
    for (const words of calls) expect(words.join(' ')).toContain(' --ema-decay 0.999 --quiet --');
    expect(calls).toHaveLength(2);
    await expect(experiment(['fig5'], { out: 'further', trainerFlag: ['ema-decay=0.9'] }, run)).rejects.toThrow(
      /further holds runs with --ema-decay 0.999, got 0.9; choose another folder/,
    );
  });

  it.each([
    ['--ema-decay=0.9', /--trainer-flag must be a name and a value such as ema-decay=0.999, without dashes, got --ema-decay=0.9/],
    ['ema-decay=', /--trainer-flag must be a name and a value .*, got ema-decay=/],
    ['seed=2', /--trainer-flag seed=2: experiment has a flag --seed of its own/],
    ['variant=s2ic', /--trainer-flag variant=s2ic: experiment sets --variant itself for each training/],
  ])('refuses %s as a further flag', async (text, message) => {
    const { run } = fakeTrainer();
    await expect(experiment(['fig5'], { out: 'refused', trainerFlag: [text] }, run)).rejects.toThrow(message);
  });

  it('takes different time limits in separate calls, and records them', async () => {
    const { calls, run } = fakeTrainer();
    await experiment(['table2'], { out: 'times', maxMinutes: '28' }, run);
    await experiment(['fig5'], { out: 'times', maxMinutes: '5' }, run);
    expect(calls.map((words) => [flag(words, 'variant'), flag(words, 'max-minutes')])).toEqual(
      [['cmcgan', '28'], ['standard-loss', '5']], // prettier-ignore
    );
    const { trained } = JSON.parse(readFileSync(join(root, 'times/experiment.json'), 'utf8'));
    expect(trained.cmcgan.trainerFlags['max-minutes']).toBe('28');
    expect(trained['standard-loss'].trainerFlags['max-minutes']).toBe('5');
  });

  it('trains as many at a time as --jobs says, each with its share of the threads', async () => {
    let running = 0;
    let most = 0;
    const { calls, run } = fakeTrainer();
    const counting: RunTrainer = async (words, name) => {
      most = Math.max(most, ++running);
      expect(name).toBe(flag(words, 'variant'));
      const result = await run(words);
      running--;
      return result;
    };
    const { printed } = await experiment(['fig2'], { out: 'jobs', jobs: '2', maxMinutes: '10' }, counting);
    expect(most).toBe(2);
    expect(calls.map((words) => flag(words, 'variant')).sort()).toEqual(['cmcgan', 'i2s', 's2ic']);
    expect(Number(flag(calls[0], 'threads'))).toBe(Math.max(1, Math.floor(availableParallelism() / 2)));
    expect(printed).toMatch(/3 of 3 to train, at most about 15 minutes/);
    const { trained } = JSON.parse(readFileSync(join(root, 'jobs/experiment.json'), 'utf8'));
    expect(Object.keys(trained).sort()).toEqual(['cmcgan', 'i2s', 's2ic']);
  });

  it('waits for running trainings when one fails, and starts no other', async () => {
    const { calls, run } = fakeTrainer(['cmcgan']);
    let failed: ReturnType<RunTrainer>;
    const failingFirst: RunTrainer = async (words) => {
      if (flag(words, 'variant') === 'cmcgan') return (failed = run(words));
      await failed;
      return run(words);
    };
    await expect(experiment(['fig2'], { out: 'one-fails', jobs: '2' }, failingFirst)).rejects.toThrow(
      /stopped while training cmcgan/,
    );
    expect(calls.map((words) => flag(words, 'variant'))).toEqual(['cmcgan', 's2ic']);
    const { trained } = JSON.parse(readFileSync(join(root, 'one-fails/experiment.json'), 'utf8'));
    expect(Object.keys(trained)).toEqual(['s2ic']);
  });

  it('uses the judge of the first training for the others: the same pairs and seed would give the same judge', async () => {
    const { calls, run } = fakeTrainer();
    const judging: RunTrainer = async (words) => {
      const result = await run(words);
      mkdirSync(join(flag(words, 'out'), 'judge'), { recursive: true });
      return result;
    };
    await experiment(['fig5'], { out: 'judged' }, judging);
    expect(calls.map((words) => (words.includes('--judge') ? flag(words, 'judge') : null))).toEqual(
      [null, join(root, 'judged/runs/cmcgan/judge')], // prettier-ignore
    );
  });

  it('passes --skip-broken and --data-cache on to the trainer', async () => {
    const { calls, run } = fakeTrainer();
    await experiment(['table2'], { out: 'skipping', skipBroken: true, dataCache: 'cache' }, run);
    expect(calls[0].slice(2, -2)).toEqual(
      ['--preset', 'quick', '--data', join(root, 'data'), '--data-cache', join(root, 'cache'), '--skip-broken'], // prettier-ignore
    );
  });

  it('may be called with other flags after one that trained nothing', async () => {
    const failing: RunTrainer = async () => ({ exitCode: 1, interrupted: false });
    await expect(experiment(['table2'], { out: 'mistyped', preset: 'lapdog' }, failing)).rejects.toThrow(/exit code 1/);
    const { calls, run } = fakeTrainer();
    await experiment(['table2'], { out: 'mistyped', preset: 'quick' }, run);
    expect(calls).toHaveLength(1);
  });

  it('fails if the trainer fails', async () => {
    const failing: RunTrainer = async () => ({ exitCode: 1, interrupted: false });
    await expect(experiment(['table2'], { out: 'failed' }, failing)).rejects.toThrow(/ended with exit code 1 on cmcgan/);
  });
});
