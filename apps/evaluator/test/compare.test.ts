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

  it.each([
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
