// Runs the command that makes the weights with its smallest configuration, which learns nothing.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'cmcgan';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folder = temporaryFolder('make-weights');
const [run, out] = [join(folder, 'run'), join(folder, 'out')];

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Makes weights; once `until` holds, presses Ctrl-C. */
function make(until?: () => boolean): Promise<Ended> {
  const configs = [0, 1].flatMap(() => ['--config', here('../training/quick.toml')]); // two rounds
  const words = [...configs, '--run', run, '--out', out, '--threads', '1'];
  const child = spawn(process.execPath, [here('../scripts/make-weights.mjs'), ...words], { detached: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const watch = setInterval(() => {
    if (until?.() !== true) return;
    clearInterval(watch);
    process.kill(-child.pid!, 'SIGINT'); // as a terminal does: the trainer gets it too
  }, 20);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watch);
      resolve({ code, output });
    });
  });
}

const filesIn = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

let stopped: Ended;
let made: Ended;
beforeAll(async () => {
  const log = join(run, 'log.jsonl');
  stopped = await make(() => existsSync(log) && readFileSync(log, 'utf8') !== '');
  made = await make();
}, 900_000);

describe.skipIf(process.platform === 'win32')('make-weights', () => {
  it('stops at Ctrl-C, and goes on there', () => {
    expect(stopped.code, stopped.output).toBe(130);
    expect(made.code, made.output).toBe(0);
    expect(made.output).toContain('Resuming after step');
  });

  it('makes weights that load takes, with their figures', async () => {
    const figures = JSON.parse(readFileSync(join(out, 'figures.json'), 'utf8')) as {
      run: { steps: number; epochs: number };
      halfPrecision: Record<string, number>;
      classifiers: { image: { n: number } };
    };
    expect(figures.run).toMatchObject({ finished: true, plannedEpochs: 2, seed: 1 });
    expect(figures.run.steps).toBe(figures.run.epochs * 13); // of the best epoch
    expect(figures.classifiers.image.n).toBe(26);
    for (const difference of Object.values(figures.halfPrecision)) expect(difference).toBeLessThan(0.05);
    const model = await load(out);
    const picture = { pixels: new Uint8Array(128 * 128 * 3).fill(90), width: 128, height: 128 };
    const { probabilities } = await model.classify({ picture });
    expect(Object.keys(probabilities)).toEqual(model.classNames);
    model.dispose();
  });

  it('repeats nothing that is done, and converts to the same bytes', async () => {
    const before = filesIn(out).map((path) => [path, readFileSync(path)] as const);
    const classifier = join(run, 'released', 'image', 'model.safetensors');
    const trained = readFileSync(classifier);
    rmSync(out, { recursive: true });
    const again = await make();
    expect(again.code, again.output).toBe(0);
    expect(readFileSync(classifier)).toEqual(trained);
    expect(filesIn(out)).toEqual(before.map(([path]) => path));
    for (const [path, bytes] of before) expect(readFileSync(path).equals(bytes), path).toBe(true);
  });
});
