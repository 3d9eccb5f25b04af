import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProgress } from '@cmcgan/command-line';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder';
import { createProgram } from '../src/commands/program';

const root = temporaryFolder('compare');
const classIds = Array.from({ length: 20 }, (_, i) => i % 2);
const testPairs = classIds.map((classId, i) => ({ id: `pair ${i}`, classId }));
/** Answers of which the first `right` are right. */
const answers = (right: number) => classIds.map((id, i) => (i < right ? id : 1 - id));

/** Writes an evaluation.json of CMCGAN and S2IC. */
function store(name: string, seed: number, [end, direct, s2ic]: number[], pairs = testPairs): void {
  const run = (variant: string, named: object) => ({ run: { name: variant, variant, seed }, answers: named });
  const runs = [run('cmcgan', { AAV: answers(end), AV: answers(direct) }), run('s2ic', { AV: answers(s2ic) })];
  mkdirSync(join(root, name), { recursive: true });
  writeFileSync(join(root, name, 'evaluation.json'), JSON.stringify({ data: { testPairs: pairs }, runs }));
}

store('one', 1, [18, 16, 10]);
store('two', 2, [16, 16, 10]);
store('again', 2, [16, 16, 10]);
/** Writes an evaluation.json of one run of CMCGAN. */
function storeOne(name: string, right: number): void {
  const runs = [{ run: { name, variant: 'cmcgan', seed: 1 }, answers: { AAV: answers(right) } }];
  mkdirSync(join(root, name), { recursive: true });
  writeFileSync(join(root, name, 'evaluation.json'), JSON.stringify({ data: { testPairs }, runs }));
}
storeOne('plain', 10);
storeOne('penalty', 12);
store('others', 3, [16, 16, 10], [{ id: 'another', classId: 0 }, ...testPairs.slice(1)]);
mkdirSync(join(root, 'old'));
writeFileSync(join(root, 'old', 'evaluation.json'), JSON.stringify({ data: {}, runs: [] }));

const compare = (...args: string[]) => runProgram('compare', ...args);

async function runProgram(...args: string[]): Promise<string> {
  let text = '';
  const progress = createProgress({ write: (words: string) => ((text += words), true) }, () => 0);
  expect(await createProgram({ folder: root, progress, version: '0' }).run(args)).toBe(0);
  return text;
}

describe('table2', () => {
  const cell = (right: number) => ({ predicted: answers(right), calibrationError: 0.05 });
  const storeTable = (name: string, pooled: number) => {
    const generated = { ...cell(12), late: cell(14), pooled: cell(pooled) };
    const table2 = { V: cell(20), A: cell(16), 'V-A': null, 'GV-A': generated, 'GA-V': null };
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'evaluation.json'), JSON.stringify({ data: { testPairs }, table2 }));
  };
  storeTable('seed-1', 16);
  storeTable('seed-2', 18);

  it('prints pooled accuracies, gains over the real half, and calibration errors', async () => {
    const text = await runProgram('table2', 'seed-1', 'seed-2');
    expect(text).toMatch(/GV-A +opinion pool +85\.0 % \[.*\] +\+5\.0 \[0\.0, .*\] +5\.0 %/);
    expect(text).toMatch(/GV-A +one +60\.0 % \[.*\] +-20\.0 \[/);
  });

  it('refuses an evaluation without the predicted classes', async () => {
    await expect(runProgram('table2', 'seed-1', 'old')).rejects.toThrow(/old\/evaluation\.json is not an evaluation\.json/);
  });
});

describe('ground-truth', () => {
  const truth = (closeShare: number, error: number) => {
    const generated = { n: 200, error, errorInterval: [error - 0.1, error + 0.1], closeShare };
    const each = { real: generated, generated, direct: null };
    return { pitch: each, loudness: each };
  };
  const storeTruth = (name: string, groundTruth: object | null, { hash = name, variant = 'cmcgan' } = {}) => {
    const evaluation = { run: { variant }, data: { manifestHash: hash }, groundTruth };
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'evaluation.json'), JSON.stringify(evaluation));
  };
  storeTruth('simulated-1', { soundToImage: truth(0.5, 1.2), imageToSound: null });
  storeTruth('simulated-2', { soundToImage: truth(0.6, 1.4), imageToSound: null });
  storeTruth('simulated-again', { soundToImage: truth(0.6, 1.4), imageToSound: null }, { hash: 'simulated-1' });
  storeTruth('simulated-s2ic', { soundToImage: truth(0.6, 1.4), imageToSound: null }, { variant: 's2ic' });
  storeTruth('recordings', null);

  it('prints pooled errors and shares with intervals', async () => {
    const text = await runProgram('ground-truth', 'simulated-1', 'simulated-2');
    expect(text).toMatch(/400 test pairs, 2 evaluations/);
    // Wilson's interval of 220 of 400; half widths of 0.1 of two halves: 0.1 / sqrt(2)
    expect(text).toMatch(
      /sound → image +pitch, semitones +generated +1\.30 \[1\.23, 1\.37\] +55\.0 % \[50\.1, 59\.8\] within a semitone/,
    );
    expect(text).toMatch(/sound → image +loudness, 0 to 1 +real +1\.300 /);
    expect(text).not.toMatch(/ direct |image → sound/);
  });

  it.each([
    [['simulated-1', 'recordings'], /recordings is of recordings, whose pitch and loudness nobody knows/],
    [['simulated-1', 'simulated-again'], /simulated-1 and simulated-again have the same test pairs, which would count twice/],
    [['simulated-1', 'simulated-s2ic'], /simulated-1 is of cmcgan, simulated-s2ic of s2ic; pool evaluations of one variant/],
    [['simulated-1', 'old'], /old\/evaluation\.json is not an evaluation\.json/],
  ])('refuses %j', async (paths, message) => {
    await expect(runProgram('ground-truth', ...paths)).rejects.toThrow(message);
  });
});

describe('compare', () => {
  it('prints pooled accuracies and paired differences, and writes them', async () => {
    const text = await compare('one', 'two/evaluation.json', '--out', 'comparison.json');
    expect(text).toMatch(/cmcgan +the path's end +2 +85\.0 % \[/);
    expect(text).toMatch(/s2ic +direct +2 +50\.0 % \[/);
    expect(text).toMatch(/cmcgan - s2ic +the path's end +2, 2 +\+35\.0 \[/);
    const { differences } = JSON.parse(readFileSync(join(root, 'comparison.json'), 'utf8'));
    expect(differences[0].difference.mean).toBeCloseTo(0.35, 12);
  });

  it('takes another main variant', async () => {
    expect(await compare('one', '--main', 's2ic')).toMatch(/s2ic - cmcgan +direct +1, 1 +-40\.0 \[/);
  });

  it('tells runs of one variant apart by the names that they are given', async () => {
    const text = await compare('plain', 'r1=penalty');
    expect(text).toMatch(/r1 +the path's end +1 +60\.0 % \[/);
    expect(text).toMatch(/cmcgan - r1 +the path's end +1, 1 +-10\.0 \[/);
    expect(await compare('plain', 'r1=./penalty/evaluation.json', '--main', 'r1')).toMatch(/r1 - cmcgan .* \+10\.0 \[/);
  });

  it.each([
    [['plain', 'penalty'], /plain and penalty both hold cmcgan with seed 1; .* or name them, as in other=penalty/],
    [['r1=one'], /r1 must name runs of one variant, and one holds cmcgan, s2ic; leave r1= out/],
    [['one', 'others'], /one and others have different test pairs/],
    [['two', 'again'], /two and again both hold cmcgan with seed 2; leave one of them out/],
    [
      ['one', 'old'],
      /old\/evaluation\.json is not an evaluation\.json with .*data\.testPairs is missing; evaluate the run first/,
    ],
    [['one', '--main', 'i2s'], /--main must be one of the evaluated variants, cmcgan, s2ic, got i2s/],
  ])('refuses %j', async (args, message) => {
    await expect(compare(...args)).rejects.toThrow(message);
  });
});
