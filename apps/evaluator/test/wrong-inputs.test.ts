import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDataset, type Dataset } from '@cmcgan/sub-urmp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createProgress } from '@cmcgan/command-line';
import { openJudges } from '@cmcgan/evaluation/node';
import { startBackend, type RunningBackend } from '@cmcgan/backends';
import { createProgram } from '../src/commands/program';
import { makeRun } from './make-run';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('wrong-inputs');
const tiny = ['--judge-width', '0.03125', '--judge-steps', '1', '--sound-pairs', '0', '--no-samples', '--threads', '1'];
const schedule = { seed: 1, width: 0.03125, steps: { V: 1, A: 1, VA: 1 } };

let backend: RunningBackend;
let dataset: Dataset;
let printed = '';
const progress = createProgress({ write: (text) => (printed += text) }, () => 0);

/** Runs the evaluator's command line in the folder of this test file. */
const run = (...args: string[]) => createProgram({ folder: root, progress, version: '0' }).run(args);
const evaluate = (...args: string[]) => run(...args, '--out', 'out', ...tiny);
const inRoot = (name: string) => join(root, name);

/** A copy of the data set with only the given classes. */
function copyClasses(name: string, classNames: readonly string[]): string {
  cpSync(dataset.folder, inRoot(name), { recursive: true, filter: (path) => !path.includes('.cmcgan-cache') });
  for (const part of ['img/train', 'img/validation', 'chunk/train', 'chunk/validation'])
    for (const className of dataset.classNames)
      if (!classNames.includes(className)) rmSync(join(inRoot(name), part, className), { recursive: true });
  return inRoot(name);
}

beforeAll(async () => {
  backend = await startBackend('wasm', { threads: 1 });
  dataset = await openDataset(await simulateTinyData(root));
  await makeRun(inRoot('ours'), dataset);
  const three = await openDataset(copyClasses('three', ['cello', 'flute', 'horn']));
  await makeRun(inRoot('of-three'), three);
  const judges = await openJudges(inRoot('judge-of-three'), three, schedule);
  judges.dispose();
  copyClasses('one', ['cello']);
  await makeRun(inRoot('of-one'), { ...three, classNames: ['cello'] });
});
afterAll(() => backend.dispose());
beforeEach(() => {
  printed = '';
});

describe('an evaluation refuses before it computes or writes anything', () => {
  const refused: [what: string, args: string[], message: RegExp][] = [
    ['data of fewer classes', ['--run', 'ours', '--data', 'three'], /data .*three \(3 classes\) and run .*ours \(13 classes\) must have the same classes, but data .*three lacks 10: bassoon, clarinet, double_bass and 7 more; name a data set of the same classes with --data$/], // prettier-ignore
    ['data of more classes', ['--run', 'of-three', '--data', 'data'], /\(13 classes\) and run .*of-three \(3 classes\) must have the same classes, but run .*of-three lacks 10: bassoon/], // prettier-ignore
    ['runs of other classes', ['--run', 'ours', '--run', 'of-three'], /run .*ours \(13 classes\) and run .*of-three \(3 classes\) .* but run .*of-three lacks 10: .*; evaluate them one by one$/], // prettier-ignore
    ['a judge of other classes', ['--run', 'ours', '--judge', 'judge-of-three'], /judge .*judge-of-three \(3 classes\) and run .*ours \(13 classes\) must have the same classes/], // prettier-ignore
    ['a run of one class', ['--run', 'of-one'], /run .*of-one has only one class, cello: a judge tells classes apart, so an evaluation needs at least two$/], // prettier-ignore
    ['a checkpoint that is not there', ['--run', 'ours', '--checkpoint', 'epoch-9'], /has no checkpoint epoch-9; it has last$/],
    ['a missing checkpoint of the second run', ['--run', 'ours', '--run', 'epochs', '--checkpoint', 'best'], /has no checkpoint best/], // prettier-ignore
    ['data that is not there', ['--run', 'ours', '--data', 'nowhere'], /folder must exist and be a folder, got .*nowhere$/],
    ['a missing run', ['--run', 'nowhere'], /run .*nowhere does not exist; name the folder of a run that was trained$/], // prettier-ignore
    ['a judge that is not there', ['--run', 'ours', '--judge', 'nowhere'], /judge .*nowhere lacks image\/config.json/],
    ['a file as the run', ['--run', 'file.txt'], /run .*file.txt is a file, not a run folder; name the folder/],
    ['a folder of anything', ['--run', 'data'], /run .*data holds no config.json, so it is not a run folder/],
    ['a model without its run', ['--run', 'model'], /model\/config.json is not the config.json of a run of the trainer: options is missing$/], // prettier-ignore
  ];

  beforeAll(async () => {
    await makeRun(inRoot('epochs'), dataset, { checkpoint: 'epoch-001' });
    cpSync(join(inRoot('ours'), 'checkpoints/last'), inRoot('model'), { recursive: true });
    writeFileSync(inRoot('file.txt'), 'text');
  });

  it.each(refused)('%s', async (_, args, message) => {
    const error = (await evaluate(...args).catch((thrown: unknown) => thrown)) as Error;
    expect(error.message.replace(/^\w+: /, '')).toMatch(message);
    expect(error.message).not.toContain('\n');
    expect(existsSync(inRoot('out'))).toBe(false);
    expect(printed).not.toContain('training');
  });

  it('an --out that cannot be a folder, for an evaluation and a kit', async () => {
    const message = /--out .*file.txt\/out cannot be a folder, since .*file.txt is a file; choose another one$/;
    await expect(run('--run', 'ours', '--out', 'file.txt/out', ...tiny)).rejects.toThrow(message);
    await expect(run('vote', 'make', '--run', 'ours', '--run', 'ours', '--out', 'file.txt/out')).rejects.toThrow(message);
    expect(printed).toBe('');
  });

  it('names both differences if each has classes that the other lacks', async () => {
    copyClasses('renamed', ['cello', 'flute', 'horn']);
    for (const part of ['img/train', 'img/validation', 'chunk/train', 'chunk/validation'])
      renameSync(join(inRoot('renamed'), part, 'horn'), join(inRoot('renamed'), part, 'guitar'));
    await expect(evaluate('--run', 'of-three', '--data', 'renamed')).rejects.toThrow(
      /but data .*renamed lacks 1: horn; run .*of-three lacks 1: guitar;/,
    );
  });
});

describe('a damaged or foreign file is reported in one sentence', () => {
  it.each([
    ['config.json', '', 'it is empty'],
    ['config.json', '{"options":', 'it is not JSON'],
    ['config.json', '[]', 'it must be an object, got a list'],
    ['config.json', '{"name":"left-pad"}', 'options is missing'],
    ['config.json', '{"options":{"preset":"quick","seed":"one"}}', 'options.seed must be a number, got "one"'],
    ['judging.json', '{"pairs":{"source":"dice"}}', 'pairs.source must be held or train or validation, got "dice"'],
    ['checkpoints/last/training.json', '{}', 'step is missing'],
    ['checkpoints/last/training.json', '{"step":1,"epoch":1,"files":{}}', 'files.model.safetensors is missing'],
  ])('%s of a run: %j', async (file, content, reason) => {
    await makeRun(inRoot('damaged'), dataset);
    writeFileSync(join(inRoot('damaged'), file), content);
    const error = (await evaluate('--run', 'damaged').catch((thrown: unknown) => thrown)) as Error;
    expect(error.message).toMatch(new RegExp(`^.*${file} is not .*: ${reason.replace(/[[\]]/g, '\\$&')}$`));
    rmSync(inRoot('damaged'), { recursive: true });
  });

  it('of simulated data, before a judge is trained; pairs that it lacks are a warning', async () => {
    const folder = copyClasses('no-truth', dataset.classNames);
    writeFileSync(join(folder, 'ground-truth.json'), '{"generator":"@cmcgan/sub-urmp simulator 1","pairs":[{}]}');
    await expect(evaluate('--run', 'ours', '--data', 'no-truth')).rejects.toThrow(
      /ground-truth.json is not the ground truth of simulated musicians: pairs.0.id is missing$/,
    );
    expect(existsSync(inRoot('out'))).toBe(false);
    const truth = readFileSync(join(dataset.folder, 'ground-truth.json'), 'utf8');
    writeFileSync(join(folder, 'ground-truth.json'), truth.replace('"validation/horn/', '"validation/shofar/'));
    expect(await run('--run', 'ours', '--data', 'no-truth', '--out', 'untold', ...tiny)).toBe(0);
    expect(printed).toMatch(/warning: .* lacks 1 of the pairs \(validation\/horn\/.*, for example\), so pitch/);
  });

  it('of a judge, an experiment, a kit', async () => {
    mkdirSync(inRoot('kit'), { recursive: true });
    writeFileSync(inRoot('kit/key.json'), '{"format":"cmcgan-vote-key/1","kit":5}');
    await expect(run('vote', 'tally', 'kit', 'a.json')).rejects.toThrow(
      /key.json is not the key of a vote: kit must be a string, got 5$/,
    );
    mkdirSync(inRoot('tried'), { recursive: true });
    writeFileSync(inRoot('tried/experiment.json'), '{"format":2}');
    await expect(run('experiment', 'table2', '--out', 'tried')).rejects.toThrow(
      /experiment.json is not the experiment.json of an experiment: format must be 1, got 2$/,
    );
    cpSync(inRoot('judge-of-three'), inRoot('judge-damaged'), { recursive: true });
    writeFileSync(inRoot('judge-damaged/sound/config.json'), '{"classifier":{}}');
    await expect(evaluate('--run', 'of-three', '--judge', 'judge-damaged')).rejects.toThrow(
      /sound\/config.json is not the config.json of a judge: classifier.modality is missing$/,
    );
  });
});

describe('--run', () => {
  it.each(['ours/checkpoints/epoch-001', 'ours/checkpoints/epoch-001/model.safetensors'])(
    'takes the checkpoint that the path %s names, of the run above it',
    async (path) => {
      await makeRun(inRoot('ours'), dataset, { checkpoint: 'epoch-001' });
      await run('--run', path, ...tiny);
      const { run: evaluated } = JSON.parse(readFileSync(inRoot('ours/evaluation/evaluation.json'), 'utf8'));
      expect(evaluated).toMatchObject({ name: 'ours', checkpoint: { name: 'epoch-001' } });
      expect(printed).toContain('Evaluating ours (cmcgan): checkpoint epoch-001 (epoch 1, step 7)');
      rmSync(inRoot('ours/evaluation'), { recursive: true });
    },
  );

  it('prefers the best checkpoint and says so', async () => {
    await makeRun(inRoot('judged'), dataset);
    await makeRun(inRoot('judged'), dataset, { checkpoint: 'best' });
    await run('--run', 'judged', ...tiny);
    expect(printed).toContain('Evaluating judged (cmcgan): checkpoint best (epoch 1, step 7), chosen by a judge');
    const page = readFileSync(inRoot('judged/evaluation/report.html'), 'utf8');
    expect(page.includes('checkpoint best (epoch 1, step 7), chosen by a judge')).toBe(true); // not toContain: a failure would print the whole page
  });
});

describe('a broken file', () => {
  it('is an error that names --skip-broken, and is left out with it', async () => {
    const folder = copyClasses('broken', dataset.classNames);
    const { imagePath } = dataset.splits.train[0];
    writeFileSync(imagePath.replace(dataset.folder, folder), 'not a picture');
    await expect(evaluate('--run', 'ours', '--data', 'broken')).rejects.toThrow(/every file must be readable, got 1/);
    expect(existsSync(inRoot('out'))).toBe(false);
    expect(
      await run('--run', 'ours', '--data', 'broken', '--skip-broken', '--data-cache', 'cache', '--out', 'skipped', ...tiny),
    ).toBe(0);
    expect(existsSync(inRoot('cache'))).toBe(true);
    expect(printed).toMatch(/warning: left out/);
  });
});

describe('experiment refuses before it trains or writes anything', () => {
  it.each([
    [['--data', 'one'], /data .*one has only one class, cello: a judge tells classes apart/],
    [['--data', 'nowhere'], /folder must exist and be a folder, got .*nowhere$/],
    [['--data', 'data', '--judge', 'judge-of-three'], /must have the same classes/],
    [['--judge', 'judge-of-three'], /judge .* \(3 classes\) and the simulated data \(13 classes\) must have the same classes/],
    [['--limit', 'all'], /--limit must be a whole number of at least 2, got all/],
    [['--backend', 'tpu'], /--backend must be one of wasm, webgpu, tfjs-node-gpu, tfjs-node, cpu, got tpu/],
    [['--judge-width', '9'], /--judge-width must be a number above 0/],
  ])('%j', async (flags, message) => {
    await expect(run('experiment', 'table2', '--out', 'unmade', ...flags)).rejects.toThrow(message);
    expect(existsSync(inRoot('unmade'))).toBe(false);
  });
});
