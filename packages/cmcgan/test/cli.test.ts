// Runs the built program with the released weights.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readWav, writeWav } from '@cmcgan/audio-features';
import { decodeImage, encodePng } from '@cmcgan/image-io';
import { beforeAll, describe, expect, it } from 'vitest';
import { levelsOf } from '../../../test/sound-levels';
import { temporaryFolder } from '../../../test/temporary-folder';
import { load, type Model } from '../src/index';
import { GIVEN_PICTURE, risingTone } from './given';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const folder = temporaryFolder('cmcgan-cli');
const inFolder = (...names: string[]) => join(folder, ...names);
let model: Model;

beforeAll(async () => {
  model = await load();
  mkdirSync(inFolder('photos/more'), { recursive: true });
  writeFileSync(inFolder('photos/a.png'), await encodePng(GIVEN_PICTURE));
  writeFileSync(inFolder('photos/more/b.png'), await encodePng({ ...GIVEN_PICTURE, width: 30, height: 40 }));
  writeFileSync(inFolder('photos/notes.txt'), 'nothing');
  writeFileSync(inFolder('note.wav'), writeWav({ samples: risingTone(30_000), sampleRateHz: 44_100 }));
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the program; sends it Ctrl-C as soon as the first condition holds, again as soon as the second does, and so on. */
function run(words: readonly string[], ...interruptions: ((stderr: string) => boolean)[]): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...words], { cwd: folder, env: { ...process.env, NO_COLOR: '1' } });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const watch = setInterval(() => {
    if (interruptions[0]?.(stderr) !== true) return;
    interruptions.shift();
    child.kill('SIGINT');
  }, 20);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watch);
      resolve({ code, stdout, stderr });
    });
  });
}

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

describe('cmcgan', () => {
  it('turns a picture into the sound that the library makes, with the released weights', async () => {
    const { code, stdout, stderr } = await run(['photos/a.png', '-o', 'new/a.wav', '--seconds', '1', '--seed', '3']);
    expect([code, stdout, stderr]).toEqual([0, 'Wrote new/a.wav\n', '']);
    const { samples } = readWav(readFileSync(inFolder('new/a.wav')));
    const expected = await model.pictureToSound(GIVEN_PICTURE, { seconds: 1, seed: 3 });
    expect(samples[0].length).toBe(44_100);
    expect(largestDifference(levelsOf(samples[0]), levelsOf(expected.samples))).toBeLessThan(1); // dB
  });

  it('turns a sound into the picture that the library makes, and replaces a file only with --force', async () => {
    writeFileSync(inFolder('note.png'), 'kept');
    const refused = await run(['note.wav']);
    expect([refused.code, refused.stderr]).toEqual([
      1,
      'cmcgan: note.png exists; replace it with --force, or name another file with --out\n',
    ]);
    expect(readFileSync(inFolder('note.png'), 'utf8')).toBe('kept');
    expect(await run(['note.wav', '--force'])).toEqual({ code: 0, stdout: 'Wrote note.png\n', stderr: '' });
    const { pixels } = await decodeImage(readFileSync(inFolder('note.png')));
    expect(largestDifference(pixels, (await model.soundToPicture(inFolder('note.wav'))).pixels)).toBeLessThanOrEqual(2);
  });

  it('converts a folder, reports what failed at the end, and goes on where it stopped', async () => {
    writeFileSync(inFolder('photos/broken.jpg'), 'not a JPEG');
    const first = await run(['photos/', '-o', 'sounds/']);
    expect(first.code).toBe(1);
    expect(first.stdout).toBe('Left out: 1 file of other kinds.\nWrote 2 files to sounds/\n');
    expect(first.stderr).toMatch(/\ncmcgan: 1 of 3 files failed:\n {2}photos\/broken.jpg must be a JPEG, PNG, [^\n]+\n$/);
    expect(readdirSync(inFolder('sounds'), { recursive: true }).sort()).toEqual(['a.wav', 'more', join('more', 'b.wav')]);
    const writtenAt = statSync(inFolder('sounds/a.wav')).mtimeMs;

    rmSync(inFolder('photos/broken.jpg'));
    rmSync(inFolder('sounds/more/b.wav'));
    const second = await run(['photos/**/*.{png,jpg}', '-o', 'sounds/']);
    expect([second.code, second.stdout]).toEqual([
      0,
      '1 of 2 results exist already and are kept; --force replaces them.\nWrote sounds/more/b.wav\n',
    ]);
    expect(statSync(inFolder('sounds/a.wav')).mtimeMs).toBe(writtenAt);
  });

  it.skipIf(process.platform === 'win32')('finishes the current file at Ctrl-C', async () => {
    mkdirSync(inFolder('many'));
    for (let i = 0; i < 100; i++) writeFileSync(inFolder('many', `${i}.png`), readFileSync(inFolder('photos/a.png')));
    const { code, stderr } = await run(['many', '-o', 'made', '--seconds', '5'], () => existsSync(inFolder('made/1.wav')));
    expect(code).toBe(130);
    const made = readdirSync(inFolder('made'));
    expect(stderr).toContain(`cmcgan: stopped after ${made.length} of 100 files; the same command goes on\n`);
    expect(made.length).toBeLessThan(100);
    expect(made.filter((name) => readWav(readFileSync(inFolder('made', name))).samples[0].length !== 5 * 44_100)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('gives up the current file at the second Ctrl-C', async () => {
    let asked = false;
    const server = createServer(() => (asked = true)); // never answers
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.png`;
    const { code, stdout, stderr } = await run(
      [url, 'photos/a.png', '-o', 'given-up'],
      () => asked,
      (text) => text.includes('Ctrl-C again stops at once'),
    );
    server.closeAllConnections();
    server.close();
    expect([code, stdout, existsSync(inFolder('given-up'))]).toEqual([130, '', false]);
    expect(stderr).toContain('cmcgan: stopped after 0 of 2 files; the same command goes on\n');
    expect(stderr).not.toContain('failed');
  });

  it('prints the class of each file', async () => {
    const { code, stdout } = await run(['classify', 'photos/a.png', 'note.wav']);
    const expected = [
      ['photos/a.png', await model.classify({ picture: inFolder('photos/a.png') })],
      ['note.wav', await model.classify({ sound: inFolder('note.wav') })],
    ] as const;
    expect(code).toBe(0);
    const rows = stdout.trimEnd().split('\n').map((line) => line.split('\t')); // prettier-ignore
    expect(rows.map(([path, className]) => [path, className])).toEqual(
      expected.map(([path, { className }]) => [path, className]),
    );
    rows.forEach(([, , probability], i) => {
      const { className, probabilities } = expected[i][1];
      expect(Number(probability)).toBeCloseTo(probabilities[className], 2);
    });
  });

  it.each<[string[], number, string]>([
    [[], 2, "missing required argument 'files'"],
    [['photos'], 2, 'name the folder for the results with --out'],
    [['none.jpg'], 1, 'none.jpg does not exist'],
    [['photos/a.png', '--seconds', '0'], 2, 'It must be a number of seconds above 0, and at most 120.'],
    [['photos/a.png', '--gain', 'loud'], 2, 'It must be a number of dB, at most 100.'],
    [['photos/a.png', '--seed', 'x'], 2, 'It must be a whole number of at least 0.'],
    [['photos/a.png', '--wieghts', 'x'], 2, 'Did you mean --weights?'],
    [['photos/a.png', '--weights', 'none'], 1, 'cmcgan: none does not exist'],
    [['photos/notes.txt', '-o', 'x.wav'], 1, 'cmcgan: photos/notes.txt must be a JPEG, PNG'],
  ])('refuses %j with exit code %i, in one line', async (words, expected, message) => {
    const { code, stdout, stderr } = await run(words);
    expect([code, stdout]).toEqual([expected, '']);
    expect(stderr).toMatch(/^cmcgan: [^\n]+\n$/);
    expect(stderr).toContain(message);
  });

  it('describes itself', async () => {
    expect((await run(['--help'])).stdout).toContain('cmcgan photos/ -o sounds/ --seconds 3');
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
    expect(await run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});
