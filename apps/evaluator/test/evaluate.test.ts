import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDataset, type Dataset } from '@cmcgan/sub-urmp';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend, type RunningBackend } from '../src/backends';
import { evaluateRuns, type EvaluationResult } from '../src/evaluation/evaluate-runs';
import { resolveEvaluateOptions } from '../src/options/evaluate-options';
import { createProgress } from '@cmcgan/command-line';
import { printEvaluation } from '../src/report/print-evaluation';
import { reportPage } from '../src/report/report-page';
import { makeRun } from './make-run';
import { temporaryFolder } from './temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('evaluate');
const quick = { judgeWidth: '0.03125', judgeSteps: '2', samples: false };
const silent = createProgress({ write: () => true }, () => 0);
const options = (flags: Record<string, unknown>) => resolveEvaluateOptions({ ...quick, ...flags }, root);
const evaluate = (flags: Record<string, unknown>) => evaluateRuns(options(flags), { progress: silent, backend: 'wasm' });

let backend: RunningBackend;
let dataset: Dataset;
let both: EvaluationResult;

beforeAll(async () => {
  backend = await startBackend('wasm', { threads: 2 });
  dataset = await openDataset(await simulateTinyData(root));
  await makeRun(join(root, 'ours'), dataset);
  await makeRun(join(root, 'simple'), dataset, { variant: 'lcgan', model: { paths: 'two', latentSize: 0 } });
  both = await evaluate({ run: ['ours', 'simple'], out: 'evaluation', samples: true });
});
afterAll(() => backend.dispose());

describe('evaluateRuns', () => {
  it('fills every cell of both tables with n and an interval around its accuracy', () => {
    const { table1, table2 } = both.evaluation;
    const cells = [...Object.values(table1).flatMap(({ train, test }) => [train, test]), ...Object.values(table2)];
    expect(cells).toHaveLength(9);
    for (const cell of cells) {
      expect(cell).toMatchObject({ n: 13, accuracy: cell!.correct / 13 });
      expect(cell!.interval[0]).toBeLessThanOrEqual(cell!.accuracy);
      expect(cell!.interval[1]).toBeGreaterThanOrEqual(cell!.accuracy);
      expect(cell!.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(13);
      expect(cell!.perClass.map(({ className }) => className)).toEqual(dataset.classNames);
    }
    expect(table1.soundToImage.test).toMatchObject({ output: 'pathEnd', paper: 0.7661, direct: { n: 13 } });
    expect(table2['V-A']).toMatchObject({ output: null, direct: null, paper: 0.9741, late: { n: 13 } });
    expect([table2.V, table2['GV-A'], table2['GA-V']].map((cell) => cell!.late?.n ?? null)).toEqual([null, 13, 13]);
  });

  it("takes the direct output where a model has no path's end, and claims no figure of the paper for it", () => {
    const [, { table1, diversity }] = both.evaluation.runs;
    expect(table1.soundToImage.test).toMatchObject({ output: 'direct', direct: null, paper: null });
    expect(diversity.soundToImage).toBeNull(); // it has no latent
  });

  it('measures pitch and loudness on simulated data, and retrieval where there is a joint discriminator', () => {
    const { groundTruth, retrieval, frechet } = both.evaluation;
    expect(groundTruth?.imageToSound?.pitch.generated.n).toBe(13);
    expect(retrieval?.soundToImage.candidates).toBe(13);
    expect(frechet.imageToSound?.generated.rankDeficient).toBe(true);
  });

  it('gives the same figures for the same seed, with judges from the cache too, and leaves no tensor behind', async () => {
    const before = memory().numTensors;
    const again = await evaluate({ run: ['ours', 'simple'], out: 'evaluation' });
    expect(memory().numTensors).toBe(before);
    expect(again.evaluation.judge.origin).toBe('cached');
    expect(again.evaluation.runs).toEqual(both.evaluation.runs);
    const anew = await evaluate({ run: ['ours'], out: 'anew' });
    expect(anew.evaluation.judge.origin).toBe('trained');
    expect(anew.evaluation.table1).toEqual(both.evaluation.table1);
  });

  it('gives other samples for another seed, from the same judges', async () => {
    const other = await evaluate({ run: ['ours'], out: 'other', judge: 'evaluation/judge', seed: '2' });
    expect(other.evaluation.judge.origin).toBe('given');
    expect(other.evaluation.frechet).not.toEqual(both.evaluation.frechet);
  });

  it('trains judges anew where the cached ones are of other settings', async () => {
    const result = await evaluate({ run: ['ours'], out: 'other', judgeSteps: '1' });
    expect(result.evaluation.judge.origin).toBe('trained');
  });

  it('warns of a run that was trained on other data, and of a best epoch that test pairs chose', async () => {
    const folder = join(root, 'leaky');
    await makeRun(folder, dataset, { checkpoint: 'best', manifestHash: 'f'.repeat(64) });
    writeFileSync(
      join(folder, 'judging.json'),
      JSON.stringify({ pairs: { source: 'validation', ids: ['a', 'b'], heldIds: [] }, collapsed: null }),
    );
    const { audit } = (await evaluate({ run: ['leaky'], judge: 'evaluation/judge' })).evaluation;
    const warnings = audit.filter(({ level }) => level === 'warning').map(({ text }) => text);
    expect(warnings).toEqual([
      expect.stringMatching(/^trained on other data than is tested on \(ffffffffffff/),
      expect.stringMatching(/^the best checkpoint was chosen on 2 pairs of the validation split, which is tested on/),
    ]);
  });

  it('names what is wrong with a run folder', async () => {
    await expect(evaluate({ run: ['nowhere'] })).rejects.toThrow(/run .*nowhere does not exist/);
    await expect(evaluate({ run: ['ours'], checkpoint: 'epoch-9' })).rejects.toThrow(/no checkpoint epoch-9; it has last/);
    const folder = await makeRun(join(root, 'damaged'), dataset);
    writeFileSync(join(folder, 'checkpoints/last/model.safetensors'), 'x', { flag: 'a' });
    await expect(evaluate({ run: ['damaged'], judge: 'evaluation/judge' })).rejects.toThrow(/model.safetensors is damaged/);
    mkdirSync(join(root, 'empty'), { recursive: true });
    await expect(evaluate({ run: ['empty'] })).rejects.toThrow(/holds no config.json, so it is no run folder/);
    await expect(evaluate({ run: ['ours'], judge: 'empty' })).rejects.toThrow(/lacks image\/config.json/);
  });

  it('says where a run was trained when its data is gone', async () => {
    const folder = await makeRun(join(root, 'moved'), { ...dataset, folder: join(root, 'gone') });
    await expect(evaluate({ run: [folder] })).rejects.toThrow(/was trained on .*gone, which is not there; name a data set/);
    rmSync(folder, { recursive: true });
  });
});

describe('printEvaluation and reportPage', () => {
  it('show the audit first, then both tables with intervals and the figures of the paper', () => {
    const lines = printEvaluation(both.evaluation).join('\n');
    expect(lines).toMatch(/^\nAudit\n/);
    expect(lines).toMatch(/sound → image +ours +[\d.]+ % \[[\d.]+, [\d.]+\] n 13.* 76\.6 %/);
    expect(lines).toMatch(/GV-A +simple/);
    const page = reportPage(both);
    expect(page.indexOf('id="audit"')).toBeLessThan(page.indexOf('id="table1"'));
    expect(page.indexOf('id="table1"')).toBeLessThan(page.indexOf('id="table2"'));
  });

  it('is one page that needs nothing else, and tells how to train what a figure lacks', () => {
    const page = reportPage(both);
    const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(50);
    for (const address of addresses) expect(address).toMatch(/^(data:image|#)/);
    expect(page).toContain('trainer start --variant s2ic --preset quick --data DATA --out runs/s2ic');
    expect(page).toContain('LCGAN RF (V→A→V, A→V→A)');
  });

  it('keeps a sound that several figures show only once', () => {
    const bank = /<script type="application\/json" id="sounds">(.*?)<\/script>/.exec(reportPage(both))![1];
    const sounds = JSON.parse(bank) as string[];
    expect(new Set(sounds).size).toBe(sounds.length);
    expect(sounds.every((sound) => sound.startsWith('data:audio/wav;base64,'))).toBe(true);
  });
});

describe('an evaluation as a file', () => {
  it('survives JSON: nothing in it is NaN but classes without samples, which are null', () => {
    const path = join(root, 'evaluation.json');
    writeFileSync(path, JSON.stringify(both.evaluation));
    const read = JSON.parse(readFileSync(path, 'utf8')) as typeof both.evaluation;
    expect(read.table1).toEqual(both.evaluation.table1);
    expect(read.table2).toEqual(both.evaluation.table2);
    expect(Object.keys(read.table1)).toEqual(['soundToImage', 'imageToSound']);
    expect(Object.keys(read.table2)).toEqual(['V', 'A', 'V-A', 'GV-A', 'GA-V']);
  });
});
