import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadClassifier } from '@cmcgan/classifier/node';
import { openDataset, type Dataset } from '@cmcgan/sub-urmp';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend, type RunningBackend } from '@cmcgan/backends';
import { evaluateRuns, type EvaluationResult } from '../src/evaluation/evaluate-runs';
import { resolveEvaluateOptions } from '../src/options/evaluate-options';
import { createProgress } from '@cmcgan/command-line';
import { printEvaluation } from '../src/report/print-evaluation';
import { reportPage } from '../src/report/report-page';
import { makeRun } from './make-run';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('evaluate');
const quick = { judgeWidth: '0.03125', judgeSteps: '2', samples: false, soundPairs: '0' };
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
  both = await evaluate({ run: ['ours', 'simple'], out: 'evaluation', samples: true, soundPairs: '1' });
});
afterAll(() => backend.dispose());

describe('evaluateRuns with --cross-fit', () => {
  it('fits an opinion pool on the pairs that a run set aside, for all runs of its variant, and trains robust classifiers', async () => {
    const held = dataset.splits.train.slice(0, 6).map(({ id }) => id);
    const { floorDb, ceilingDb } = dataset.decibelRange; // a fold's range comes from its own training pairs
    await makeRun(join(root, 'holding'), dataset, { decibelRange: { floorDb: floorDb - 1, ceilingDb: ceilingDb - 1 } });
    const pairs = { source: 'held', ids: held, heldIds: held };
    writeFileSync(join(root, 'holding/judging.json'), JSON.stringify({ pairs, scores: [], best: null, collapsed: null }));
    const before = memory().numTensors;
    const { evaluation } = await evaluate({
      ...{ run: ['ours', 'simple'], crossFit: ['holding'], robustClassifiers: true },
      ...{ judge: 'evaluation/judge', out: 'pooled' },
    });
    expect(memory().numTensors).toBe(before);
    expect(evaluation.pool).toMatchObject({ pairs: 6, calibration: { generatedSound: { pooled: expect.any(Number) } } });
    const [ours, simple] = evaluation.runs;
    const answered = { n: 13, predicted: expect.any(Array) };
    for (const column of ['V-A', 'GV-A', 'GA-V'] as const)
      expect(ours.table2[column]).toMatchObject({ pooled: answered, taught: answered });
    expect(simple.table2['GV-A']).toMatchObject({ pooled: null, taught: null });
    const { classifier, provenance } = await loadClassifier(join(root, 'pooled/multimodal'));
    expect(classifier.config).toMatchObject({ modality: 'VA', fusion: 'late' });
    expect(provenance).toMatchObject({ steps: 2, data: { pairs: 13, withGenerated: 6 } });
    classifier.dispose();
    expect(Object.keys(ours.missingRate.image[0].accuracy)).toEqual(
      expect.arrayContaining(['pooled', 'taught', 'smil-like', 'shaspec-like']),
    );
    const printed = printEvaluation(evaluation).join('\n');
    expect(printed).toContain('Opinion pool: weights fitted on 6 training pairs: V ');
    expect(printed).toContain('calibration error');
  });

  it('refuses a run that saw all training pairs, and runs of several variants', async () => {
    await expect(evaluate({ run: ['ours'], crossFit: ['ours'] })).rejects.toThrow(
      /^--cross-fit .*ours was trained on all 13 training pairs of .*; name a run that was trained without some of them$/,
    );
    await expect(evaluate({ run: ['ours'], crossFit: ['holding', 'simple'] })).rejects.toThrow(
      /^--cross-fit must name runs of one variant, got cmcgan .* and lcgan/,
    );
  });
});

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

  it("uses the direct output if a model has no path's end, and compares it with no figure of the paper", () => {
    const [, { table1, diversity }] = both.evaluation.runs;
    expect(table1.soundToImage.test).toMatchObject({ output: 'direct', direct: null, paper: null });
    expect(diversity.soundToImage).toBeNull(); // it has no latent
  });

  it('measures pitch and loudness on simulated data, and retrieval if there is a joint discriminator', () => {
    const { groundTruth, retrieval, frechet } = both.evaluation;
    expect(groundTruth?.imageToSound?.pitch.generated.n).toBe(13);
    expect(retrieval?.soundToImage.candidates).toBe(13);
    expect(frechet.imageToSound?.generated.rankDeficient).toBe(true);
  });

  it('gives the same figures for the same seed, with judges from the cache too, and leaves no tensor behind', async () => {
    const before = memory().numTensors;
    const again = await evaluate({ run: ['ours', 'simple'], out: 'evaluation', soundPairs: '1' });
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

  it('trains judges again if the cached ones have other settings', async () => {
    const result = await evaluate({ run: ['ours'], out: 'other', judgeSteps: '1' });
    expect(result.evaluation.judge.origin).toBe('trained');
  });

  it('warns of a run that was trained on other data, and of a best epoch chosen on test pairs', async () => {
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
      expect.stringMatching(/^the best checkpoint was chosen on 2 pairs of the validation split, the test pairs/),
    ]);
  });

  it('names what is wrong with a run folder', async () => {
    await expect(evaluate({ run: ['nowhere'] })).rejects.toThrow(/run .*nowhere does not exist/);
    await expect(evaluate({ run: ['ours'], checkpoint: 'epoch-9' })).rejects.toThrow(/no checkpoint epoch-9; it has last/);
    const folder = await makeRun(join(root, 'damaged'), dataset);
    writeFileSync(join(folder, 'checkpoints/last/model.safetensors'), 'x', { flag: 'a' });
    await expect(evaluate({ run: ['damaged'], judge: 'evaluation/judge' })).rejects.toThrow(/model.safetensors is damaged/);
    mkdirSync(join(root, 'empty'), { recursive: true });
    await expect(evaluate({ run: ['empty'] })).rejects.toThrow(/holds no config.json, so it is not a run folder/);
    await expect(evaluate({ run: ['ours'], judge: 'empty' })).rejects.toThrow(/lacks image\/config.json/);
  });

  it('says where a run was trained when its data is gone', async () => {
    const folder = await makeRun(join(root, 'moved'), { ...dataset, folder: join(root, 'gone') });
    await expect(evaluate({ run: [folder] })).rejects.toThrow(/was trained on .*gone, which does not exist; name a data set/);
    rmSync(folder, { recursive: true });
  });
});

/** The same result, but as if its data were recordings. */
const ofRecordings = (): EvaluationResult => {
  const { evaluation } = both;
  return { ...both, evaluation: { ...evaluation, data: { ...evaluation.data, simulated: false } } };
};
/** The result of the first run alone. */
const ofOne = (): EvaluationResult => ({ ...both, evaluation: { ...both.evaluation, runs: both.evaluation.runs.slice(0, 1) } });
const headings = (page: string) => [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, heading]) => heading);
const sectionOf = (page: string, id: string) => page.split(`<section id="${id}">`)[1]?.split('</section>')[0] ?? '';

describe('printEvaluation', () => {
  it('shows the audit first, then both tables with intervals, then the verdicts', () => {
    const lines = printEvaluation(both.evaluation).join('\n');
    expect(lines).toMatch(/^\nAudit\nok +nothing was found that would make the figures too good\n/);
    expect(lines).toMatch(/sound → image +ours +[\d.]+ % \[[\d.]+, [\d.]+\] n 13/);
    expect(lines).toMatch(/GV-A +simple/);
    expect(lines).toMatch(/Images made from sounds: .*chance is 7\.7 %, real test images get [\d.]+ %\.\n/);
  });

  it('shows the whole audit if it has warnings', () => {
    const warning = { level: 'warning', about: 'data', text: 'songs in both splits' } as const;
    const lines = printEvaluation({ ...both.evaluation, audit: [...both.evaluation.audit, warning] }).join('\n');
    expect(lines).toContain('WARNING data: songs in both splits');
    expect(lines).toContain('note    data: train: 13 pairs');
  });

  it("shows the paper's figures next to those of recordings, not of simulated musicians", () => {
    expect(printEvaluation(ofRecordings().evaluation).join('\n')).toMatch(/sound → image +ours .* 76\.6 %/);
    expect(printEvaluation(both.evaluation).join('\n')).not.toMatch(/paper|76\.6 %/);
  });
});

describe('reportPage', () => {
  it('says at the top whether the result is good and from which checkpoint, and explains each tile', () => {
    const header = reportPage(both).split('</header>')[0].split('<header>')[1].replaceAll('\u00a0', ' ');
    expect(header).toContain(
      'checkpoint last (epoch 1, step 7), the last one saved; 13 test pairs of 13 classes, simulated musicians.',
    );
    expect(header).toMatch(/<b>Images made from sounds: [^<]*\.<\/b> A judge trained on real images recognises [\d.]+ % of/);
    const tiles = header.split('<div class="tile">').slice(1);
    expect(tiles).toHaveLength(4);
    for (const tile of tiles.slice(0, 2))
      expect(tile).toMatch(/recognised by the judge; chance 7\.7 %, real (images|sounds) [\d.]+ %/);
    for (const tile of tiles.slice(2)) expect(tile).toMatch(/both classified together; .*the (sound|image) alone gets [\d.]+ %/);
  });

  it('collapses the audit if all is well, and shows warnings', () => {
    const fine = sectionOf(reportPage(both), 'audit');
    expect(fine.split('<details>')[0]).not.toContain('<li');
    const warning = { level: 'warning', about: 'data', text: 'songs in both splits' } as const;
    const evaluation = { ...both.evaluation, audit: [...both.evaluation.audit, warning] };
    const shown = sectionOf(reportPage({ ...both, evaluation }), 'audit').split('<details>')[0];
    expect(shown).toContain('1 problem makes the figures less trustworthy than they look');
    expect(shown.match(/<li/g)).toHaveLength(1);
    expect(shown).toContain('songs in both splits');
  });

  it("shows the paper's figures next to those of recordings, not of simulated musicians", () => {
    const [simulated, recorded] = [reportPage(both), reportPage(ofRecordings())];
    expect(/76\.6|ours [+−]|<th scope="col">paper<|class="paper"/.exec(simulated)).toBeNull();
    expect(sectionOf(recorded, 'table1')).toMatch(/76\.6 %<br><small class="below">ours −/);
    expect(recorded.includes('the paper: 76.6\u00a0%')).toBe(true);
  });

  it('explains each row of samples and names each column in text', () => {
    const samples = sectionOf(reportPage(both), 'samples');
    expect(samples).toContain('A is a sound (audio), V an image (visual)');
    expect(samples).toContain('A→A→V<small>from the sound, via a sound made from it</small>');
    expect(samples).toContain('V→A<small>from the image, directly</small>');
    for (const name of dataset.classNames) expect(samples).toContain(`<th scope="col">${name.replaceAll('_', ' ')}</th>`);
  });

  it('does not repeat the samples of a single run in figures, and says how to train the missing variants', () => {
    const page = reportPage(ofOne());
    expect(headings(page).filter((heading) => /^Figure \d/.test(heading))).toEqual([]);
    const lacking = sectionOf(page, 'figures');
    for (const number of [2, 3, 4, 5]) expect(lacking).toContain(`Figure ${number}: `);
    expect(lacking).toContain('trainer start --variant s2ic --preset quick --data DATA --out runs/s2ic');
  });

  it('shows a figure that compares two of the runs', () => {
    const page = reportPage(both);
    expect(headings(page).filter((heading) => /^Figure \d/.test(heading))).toEqual(['Figure 3: what the paths do']);
    expect(sectionOf(page, 'fig3')).toContain('LCGAN RF (V→A→V, A→V→A)');
    expect(sectionOf(page, 'figures')).not.toContain('Figure 3');
  });

  it('has no sections and no links for samples and figures if there are no samples', () => {
    const page = reportPage({ ...both, gallery: [], samples: { ours: { images: {}, sounds: {} } } });
    expect(headings(page).filter((heading) => /Samples|Figure/.test(heading))).toEqual([]);
    expect(page.includes('href="#samples"')).toBe(false);
  });

  it('is one self-contained page', () => {
    const addresses = [...reportPage(both).matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(50);
    for (const address of addresses) expect(address).toMatch(/^(data:image|#)/);
  });

  it('stores a sound that several figures show only once', () => {
    const bank = /<script type="application\/json" id="sounds">(.*?)<\/script>/.exec(reportPage(both))![1];
    const sounds = JSON.parse(bank) as string[];
    expect(new Set(sounds).size).toBe(sounds.length);
    expect(sounds.every((sound) => sound.startsWith('data:audio/wav;base64,'))).toBe(true);
  });
});

describe('an evaluation as a file', () => {
  it('survives JSON: nothing in it is NaN, and only the accuracy of classes without samples is null', () => {
    const path = join(root, 'evaluation.json');
    writeFileSync(path, JSON.stringify(both.evaluation));
    const read = JSON.parse(readFileSync(path, 'utf8')) as typeof both.evaluation;
    expect(read.table1).toEqual(both.evaluation.table1);
    expect(read.table2).toEqual(both.evaluation.table2);
    expect(Object.keys(read.table1)).toEqual(['soundToImage', 'imageToSound']);
    expect(Object.keys(read.table2)).toEqual(['V', 'A', 'V-A', 'GV-A', 'GA-V']);
  });
});
