import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDataset } from '@cmcgan/sub-urmp';
import { simulateDataset } from '@cmcgan/sub-urmp/simulator';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '@cmcgan/backends';
import { assembleKit } from '../src/vote/make-kit';
import { VOTES_FORMAT } from '../src/vote/vote-files';
import { makeRun } from './make-run';
import { temporaryFolder } from '../../../test/temporary-folder';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const root = temporaryFolder('closed-output');
const tiny = ['--judge-width', '0.03125', '--judge-steps', '1', '--sound-pairs', '0', '--threads', '1'];
const inRoot = (name: string) => join(root, name);
const readJson = (name: string) => JSON.parse(readFileSync(inRoot(name), 'utf8')) as Record<string, unknown>;

/** Runs the built evaluator and closes its output at the first piece, as `| head -1` does; resolves to the exit code. */
function runUnread(...args: string[]): Promise<number | string | null> {
  const child = spawn(process.execPath, [CLI, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.once('data', () => {
    child.stdout.destroy();
    child.stderr.destroy();
  });
  return new Promise((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal)));
}

/** Whether a page was written completely. */
const isWholePage = (name: string) => readFileSync(inRoot(name), 'utf8').endsWith('</html>\n');

beforeAll(async () => {
  const backend = await startBackend('wasm', { threads: 1 });
  await simulateDataset(inRoot('data'), { seed: 1, pairsPerClass: 2, validationPairsPerClass: 1 });
  const dataset = await openDataset(inRoot('data'));
  await makeRun(inRoot('ours'), dataset);
  await makeRun(inRoot('theirs'), dataset, { seed: 2 });
  await backend.dispose();
});

describe('closing the output early, as | head does, loses nothing', () => {
  it('of an evaluation', async () => {
    expect(await runUnread('--run', 'ours', '--out', 'out', ...tiny)).toBe(0);
    expect(isWholePage('out/report.html')).toBe(true);
    expect(readJson('out/evaluation.json')).toMatchObject({ format: 'cmcgan-evaluation/1', run: { name: 'ours' } });
    for (const judge of ['image', 'sound', 'both']) expect(existsSync(inRoot(`out/judge/${judge}/config.json`))).toBe(true);
  });

  it('of vote make', async () => {
    expect(await runUnread('vote', 'make', '--run', 'ours', '--run', 'theirs', '--out', 'made', '--threads', '1')).toBe(0);
    expect(isWholePage('made/page/index.html')).toBe(true);
    expect(Object.keys(readJson('made/key.json').items as object)).toHaveLength(2 * 2 * 13);
  });

  it('of vote tally', async () => {
    const item = { modality: 'image', instrument: 'horn', image: '', wav: '', spectrogram: '', pair: 'p' } as const;
    const items = ['ours', 'theirs'].map((model) => ({ ...item, id: model, model }));
    const { key } = assembleKit(items, ['ours', 'theirs'], 1);
    mkdirSync(inRoot('kit'));
    writeFileSync(inRoot('kit/key.json'), JSON.stringify(key));
    const votes = { ours: 'satisfactory', theirs: 'acceptable' };
    writeFileSync(inRoot('votes.json'), JSON.stringify({ format: VOTES_FORMAT, kit: key.kit, voter: 'ann', votes }));
    const damaged = Array.from({ length: 200 }, () => 'ours/config.json'); // many lines to print before the tally
    expect(await runUnread('vote', 'tally', 'kit', ...damaged, 'votes.json')).toBe(0);
    expect(readJson('kit/tally.json')).toMatchObject({ voters: 1 });
  });

  it.each([
    ['one training after another', 'table2', '1'],
    ['trainings side by side', 'fig5', '2'],
  ])('of an experiment, its trainers included: %s', { timeout: 300_000 }, async (_, name, jobs) => {
    const small = ['--preset', 'quick', '--max-steps', '1', '--no-samples', '--jobs', jobs, ...tiny];
    expect(await runUnread('experiment', name, '--data', 'data', '--out', name, ...small)).toBe(0);
    const trained = name === 'table2' ? ['cmcgan'] : ['cmcgan', 'standard-loss'];
    expect(Object.keys(readJson(`${name}/experiment.json`).trained as object).sort()).toEqual(trained);
    expect(readJson(`${name}/evaluation.json`).runs).toHaveLength(trained.length);
    expect(isWholePage(`${name}/report.html`)).toBe(true);
  });
});
