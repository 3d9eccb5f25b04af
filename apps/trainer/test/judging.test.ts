import '@tensorflow/tfjs-backend-cpu';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createClassifier, createJudge, type Judge, type Provenance } from '@cmcgan/classifier';
import { loadJudge, saveJudge } from '@cmcgan/classifier/node';
import { openDataset, type Dataset } from '@cmcgan/sub-urmp';
import { simulateDataset } from '@cmcgan/sub-urmp/simulator';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './cli-process';
import { readLog } from './run-files';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('judging');
const given = join(root, 'given');
const run = join(root, 'run');
let dataset: Dataset;
const quick = (name: string, ...words: string[]) =>
  runCli(['--preset', 'quick', '--data', dataset.folder, '--out', join(root, name), ...words]);
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
const weightsOf = (checkpoint: string, of = run) => readFileSync(join(of, 'checkpoints', checkpoint, 'model.safetensors'));

/** An untrained judge, which is enough to test how its scores are used. */
function ignorantJudge(classNames: readonly string[], decibelRange = dataset.decibelRange): Judge {
  const part = (modality: 'V' | 'A') => ({
    classifier: createClassifier({ modality, classNames, width: 1 / 64, seed: 1 }),
    provenance: { data: { decibelRange } } as Provenance,
  });
  return createJudge({ V: part('V'), A: part('A') });
}

beforeAll(async () => {
  await setBackend('cpu');
  dataset = await openDataset(await simulateTinyData(root));
  await saveJudge(ignorantJudge(dataset.classNames), given);
  expect((await quick('run', '--judge', given)).stderr).toBe('');
});

describe('a run with a judge', () => {
  const judging = () => readJson(join(run, 'judging.json'));
  const judgedLines = () => readLog(run).filter((line) => 'judge' in line);

  it('scores each epoch in both directions, with counts', () => {
    const { scores } = judging() as { scores: Record<string, unknown>[] };
    expect(scores.map(({ step, epoch }) => [step, epoch])).toEqual([
      [3, 1],
      [6, 2],
    ]);
    for (const { score, soundToImage, imageToSound } of scores) {
      const [picture, sound] = [soundToImage, imageToSound] as { accuracy: number; n: number }[];
      expect([picture.n, sound.n]).toEqual([13, 13]);
      expect(score).toBeCloseTo((picture.accuracy + sound.accuracy) / 2, 12);
    }
  });

  it('writes each score to the log, after the step that was scored', () => {
    const steps = readLog(run).map((line) => ('judge' in line ? `judged ${String(line.step)}` : line.step));
    expect(steps).toEqual([1, 2, 3, 'judged 3', 4, 5, 6, 'judged 6']);
    expect(judgedLines()[0].judge).toMatchObject({ best: true, n: 13 });
  });

  it('keeps the best epoch, as scored', () => {
    const { best } = judging() as { best: { epoch: number } };
    expect(weightsOf('best').equals(weightsOf(`epoch-00${best.epoch}`))).toBe(true);
  });

  it('names the judge and the pairs that chose', () => {
    expect(judging()).toMatchObject({
      judge: given,
      everyEpochs: 1,
      pairs: { source: 'train', ids: dataset.splits.train.map(({ id }) => id), heldIds: [] },
      collapsed: null,
    });
  });

  it('keeps the judge, unchanged', async () => {
    const [kept, before] = [await loadJudge(join(run, 'judge')), await loadJudge(given)];
    const values = ({ V, A }: Judge) =>
      [V, A].flatMap(({ classifier }) => Object.values(classifier.tensors()).map((t) => t.dataSync()));
    expect(values(kept)).toEqual(values(before));
  });

  it('shows the scores in the report', () => {
    expect(readFileSync(join(run, 'report.html'), 'utf8')).toMatch(
      /What the judge recognised, epoch by epoch[\s\S]*>1( <b>best<\/b>)?<\/th><td>3<\/td>/,
    );
  });

  it('is shown in TensorBoard', () => {
    const name = readdirSync(run).find((file) => file.startsWith('events.out.tfevents.'))!;
    const events = readFileSync(join(run, name));
    for (const tag of ['judge/score', 'judge/sound_to_image', 'judge/image_to_sound'])
      expect(events.includes(tag), tag).toBe(true);
  });

  it('trains the same networks as a run without a judge, bit for bit', async () => {
    await quick('without', '--judge', 'none');
    expect(weightsOf('last', join(root, 'without')).equals(weightsOf('last'))).toBe(true);
    expect(existsSync(join(root, 'without', 'judging.json'))).toBe(false);
    expect(existsSync(join(root, 'without', 'checkpoints', 'best'))).toBe(false);
  });

  it('gives the same scores for the same seed, on one thread and on two', async () => {
    await quick('again', '--judge', given, '--threads', '1');
    expect(readJson(join(root, 'again', 'judging.json'))).toEqual(judging());
  });

  it('remembers its scores in a resumed run, with the judge that it kept', async () => {
    const resumed = join(root, 'resumed');
    await saveJudge(ignorantJudge(dataset.classNames), join(root, 'moved'));
    await quick('resumed', '--judge', join(root, 'moved'), '--max-steps', '3');
    rmSync(join(root, 'moved'), { recursive: true });
    expect((await runCli(['--resume', resumed, '--max-steps', 'none'])).stderr).toBe('');
    const { scores, best } = readJson(join(resumed, 'judging.json'));
    expect({ scores, best }).toEqual({ scores: judging().scores, best: judging().best });
  });
});

it('held-out pairs are scored and not trained on', async () => {
  const folder = join(root, 'two-songs');
  await simulateDataset(folder, { seed: 1, pairsPerClass: 2, validationPairsPerClass: 1, songsPerClass: 2 });
  const { classNames, decibelRange, splits } = await openDataset(folder);
  const judge = join(root, 'judge of two songs');
  await saveJudge(ignorantJudge(classNames, decibelRange), judge);
  const words = ['--preset', 'quick', '--epochs', '1', '--data', folder, '--out', join(root, 'held')];
  const { stdout, stderr } = await runCli([...words, '--judge', judge, '--judge-pairs', 'held']);
  expect(stderr).toBe('');
  expect(stdout).toContain('Data: 13 training and 13 validation pairs');
  const { pairs } = readJson(join(root, 'held', 'judging.json')) as {
    pairs: { source: string; ids: string[]; heldIds: string[] };
  };
  expect([pairs.source, pairs.heldIds.length]).toEqual(['held', 13]);
  expect(pairs.ids).toEqual(pairs.heldIds);
  expect(readJson(join(root, 'held', 'config.json'))).toMatchObject({
    data: { pairs: { train: splits.train.length }, heldPairs: 13 },
  });
  expect(readLog(join(root, 'held')).filter((line) => !('judge' in line))).toHaveLength(3); // 13 pairs in batches of 4
});

describe('a judge that cannot be used', () => {
  it.each([
    ['of other classes', () => ignorantJudge(['cat', 'dog']), /it judges cat, dog, the data have bassoon, cello/],
    [
      'of another dB range',
      () => ignorantJudge(dataset.classNames, { floorDb: -50, ceilingDb: -1 }),
      /it hears -50 to -1 dB, the data's sounds have/,
    ],
  ])('is told: %s', async (name, create, message) => {
    const folder = join(root, name);
    await saveJudge(create(), folder);
    const { stderr, exitCode } = await quick(`run ${name}`, '--judge', folder);
    expect(exitCode).not.toBe(0);
    expect(stderr).toMatch(message);
    expect(stderr).toContain(`--judge ${folder} cannot be used`);
  });

  it('is reported: none there', async () => {
    const { stderr } = await quick('nowhere', '--judge', join(root, 'no-judge'));
    expect(stderr).toContain(`--judge ${join(root, 'no-judge')} cannot be used: loadClassifier:`);
    expect(stderr).toContain('must be readable, got ENOENT');
    const again = await quick('nowhere', '--judge', 'none', '--max-steps', '1');
    expect(again.stderr).toBe(''); // the folder has been released
  });
});

it(
  'a judge is trained first where none is given, on real training pairs, and its figures are told',
  { timeout: 300_000 },
  async () => {
    const { stdout, stderr } = await quick('trained', '--judge', 'trained', '--epochs', '1');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/The judge recognises \d+ of 13 real validation pictures and \d+ of 13 sounds; it is frozen/);
    const { provenance } = await loadJudge(join(root, 'trained', 'judge')).then(({ A }) => A);
    expect(provenance).toMatchObject({
      data: { manifestHash: dataset.manifestHash, split: 'train', pairs: 13, heldPairs: 0 },
      seed: 1,
    });
  },
);
