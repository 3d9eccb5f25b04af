import '@tensorflow/tfjs-backend-cpu';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createClassifier, createJudge, type Provenance } from '@cmcgan/classifier';
import { saveClassifier, saveJudge } from '@cmcgan/classifier/node';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli, type CliResult } from './cli-process';
import { readLog } from './run-files';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('before-training');
let data: string;

beforeAll(async () => {
  await setBackend('cpu');
  data = await simulateTinyData(root);
});

const quick = (...words: string[]): Promise<CliResult> => runCli(['--preset', 'quick', ...words], { cwd: root });
const json = (...path: string[]) => JSON.parse(readFileSync(join(root, ...path), 'utf8')) as Record<string, unknown>;

/** A data set of some of the instruments. */
function dataOf(name: string, instruments: readonly string[]): string {
  for (const [kind, split] of ['img', 'chunk'].flatMap((k) => ['train', 'validation'].map((s) => [k, s]))) {
    for (const instrument of instruments) {
      cpSync(join(data, kind, split, instrument), join(root, name, kind, split, instrument), { recursive: true });
    }
  }
  return join(root, name);
}

/** Runs the trainer, which must fail with one line, without simulating or creating anything. */
async function errorOf(...words: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await quick('--out', 'not/made', ...words);
  expect([exitCode, existsSync(join(root, 'not'))], stderr).toEqual([1, false]);
  expect(stdout).not.toMatch(/simulating|judge on/);
  return stderr;
}

describe('what can’t be trained on or with is reported before anything is created', () => {
  const provenance = { data: { decibelRange: { floorDb: -1, ceilingDb: 1 } } } as Provenance;

  it('one class', async () => {
    expect(await errorOf('--data', dataOf('one-class', ['violin']), '--judge', 'trained')).toMatch(
      /one-class has training pairs of only one class, violin, and mismatched pairs need two: add a folder/,
    );
  });

  it('a folder that is not there, and too few simulated pairs', async () => {
    expect(await errorOf('--data', 'nowhere')).toContain(join(root, 'nowhere'));
    expect(await errorOf('--data', 'nowhere', '--released-first', 'yes')).toContain(join(root, 'nowhere')); // what was restored is removed
    expect(await errorOf('--batch-size', '16')).toBe(
      'trainer: 13 simulated training pairs are too few for one update of --batch-size 16; use a smaller --batch-size\n',
    );
  });

  it('so much of one class that some batches lack another', async () => {
    const lopsided = dataOf('lopsided', ['violin', 'viola']);
    for (const [kind, ending] of Object.entries({ img: 'jpg', chunk: 'wav' })) {
      const folder = join(lopsided, kind, 'train', 'violin');
      const [stem] = readdirSync(folder).map((name) => name.slice(0, name.lastIndexOf('.')));
      for (const index of [1, 2, 3]) cpSync(join(folder, `${stem}.${ending}`), join(folder, `${stem}${index}.${ending}`));
    }
    expect(await errorOf('--data', lopsided, '--batch-size', '2')).toMatch(
      /lopsided has 4 of its 5 training pairs in the class violin: not every batch of 2 .* --batch-size of at least 3\n$/,
    );
    expect((await quick('--data', lopsided, '--batch-size', '3', '--max-steps', '1', '--out', 'of-three')).stderr).toBe('');
  });

  it('a judge that is not there, or of other classes', async () => {
    expect(await errorOf('--judge', 'nowhere')).toMatch(/^trainer: --judge .*nowhere cannot be used: /);
    const part = (modality: 'V' | 'A') => ({
      classifier: createClassifier({ modality, classNames: ['drum', 'harp'], width: 1 / 64, seed: 1 }),
      provenance,
    });
    await saveJudge(createJudge({ V: part('V'), A: part('A') }), join(root, 'of-drums'));
    expect(await errorOf('--judge', 'of-drums')).toMatch(
      /of-drums cannot be used: it judges drum, harp, the data have bassoon, /,
    );
  });

  it('a feature classifier that is not there, or of another modality', async () => {
    const s2ic = (folder: string) => errorOf('--variant', 's2ic', '--feature-classifier', folder);
    expect(await s2ic('nowhere')).toMatch(/^trainer: --feature-classifier .*nowhere cannot be used: /);
    const classifier = createClassifier({ modality: 'V', classNames: ['drum', 'harp'], width: 1 / 16, seed: 1 });
    await saveClassifier({ classifier, provenance }, join(root, 'seeing'));
    expect(await s2ic('seeing')).toContain(`the classifier in ${root}/seeing must have the modality A, got V`);
  });
});

describe('a folder whose run ended before its first step', () => {
  it('is free for another run, which takes over nothing from it', async () => {
    expect((await quick('--data', data, '--out', 'tried', '--max-steps', '1', '--seed', '5')).stderr).toBe('');
    const tried = join(root, 'tried');
    for (const name of ['checkpoints', 'log.jsonl', 'samples']) rmSync(join(tried, name), { recursive: true });
    writeFileSync(join(tried, 'judging.json'), '{}');
    const { exitCode, stderr } = await quick('--data', data, '--out', 'tried', '--max-steps', '1', '--seed', '6');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(json('tried', 'config.json')).toMatchObject({ options: { seed: 6 } });
    expect(existsSync(join(tried, 'judging.json'))).toBe(false);
  });

  it('is not one that holds something else’s config.json', async () => {
    mkdirSync(join(root, 'other'));
    writeFileSync(join(root, 'other', 'config.json'), '{"name": "something else"}');
    const { exitCode, stderr } = await quick('--data', data, '--out', 'other');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('already holds a run');
    expect(readdirSync(join(root, 'other'))).toContain('config.json');
  });
});

describe('--skip-broken', () => {
  it('begins without the pairs that can’t be used, counts and names them, and a resumed run does too', async () => {
    const broken = dataOf('broken', ['violin', 'viola', 'cello']);
    const files = (kind: string, instrument: string) => {
      const folder = join(broken, kind, 'train', instrument);
      return readdirSync(folder).map((name) => join(folder, name));
    };
    for (const kind of ['img', 'chunk']) {
      for (const file of files(kind, 'cello')) cpSync(file, join(dirname(file), `copy-${file.slice(dirname(file).length + 1)}`));
    }
    const [sound] = files('chunk', 'cello');
    writeFileSync(sound, 'la la la');
    const words = ['--data', broken, '--batch-size', '2', '--out', 'skipped', '--max-steps', '1'];
    const refused = await quick(...words);
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining(sound)]);
    expect(existsSync(join(root, 'skipped'))).toBe(false);

    const { stdout, stderr } = await quick(...words, '--skip-broken');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^warning: left out 1 pair \(1 unreadable\): train\/cello\//m);
    expect(json('skipped', 'config.json')).toMatchObject({
      options: { data: { onBroken: 'skip' } },
      data: { pairs: { train: 3 }, leftOut: { pairs: 1, files: [sound] } },
    });
    expect((await runCli(['--resume', join(root, 'skipped'), '--max-steps', '2'])).stderr).toBe('');
    expect(readLog(join(root, 'skipped'))).toHaveLength(2);
  });
});

describe('a run whose data have moved', () => {
  it('points to --data, and continues with them from the new location', async () => {
    const before = dataOf('before', ['violin', 'viola']);
    const words = ['--data', before, '--batch-size', '2', '--out', 'moved', '--max-steps', '1'];
    expect((await quick(...words)).stderr).toBe('');
    renameSync(before, join(root, 'after'));
    const resume = (...more: string[]) => runCli(['--resume', join(root, 'moved'), '--max-steps', '2', ...more], { cwd: root });
    const { exitCode, stderr } = await resume();
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/; if the data have moved, give their new location: --data <folder>\n$/),
    ]);
    expect((await resume('--data', 'after')).stderr).toBe('');
    expect(readLog(join(root, 'moved'))).toHaveLength(2);
    expect(json('moved', 'config.json')).toMatchObject({ data: { folder: join(root, 'after') } });
    const other = dataOf('others', ['violin', 'cello']);
    expect((await resume('--max-steps', '3', '--data', other)).stderr).toContain('give the folder that holds those with --data');
  });
});
