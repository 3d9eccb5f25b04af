import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeWav } from '@cmcgan/audio-features';
import { encodeJpeg, encodePng } from '@cmcgan/image-io';
import { expect, it, describe, onTestFinished } from 'vitest';
import { createProgram } from '../src/program';
import { createProgress } from '@cmcgan/command-line';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'data-app-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the program in a folder; gives its exit code and everything that it prints. */
async function run(folder: string, ...words: string[]) {
  let printed = '';
  const progress = createProgress({ write: (text) => (printed += text) }, () => 0);
  const exitCode = await createProgram({ folder, progress }).run(words);
  return { exitCode, printed };
}

const sound = (hz: number, ms = 900) =>
  writeWav({
    samples: Float32Array.from({ length: ms * 44.1 }, (_, i) => 0.1 * Math.sin((2 * Math.PI * hz * i) / 44_100)),
    sampleRateHz: 44_100,
  });
const picture = (shade: number) => ({ pixels: new Uint8Array(30 * 20 * 3).fill(shade), width: 30, height: 20 });

/** Two classes with three recordings and pictures each, and one more sound that is broken. */
async function pets(): Promise<string> {
  const folder = await temporaryFolder();
  const write = async (name: string, bytes: Uint8Array | string) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  };
  for (const [c, className] of ['cat & <b>', 'dog'].entries()) {
    for (let i = 0; i < 3; i++) {
      await write(`pets/sounds/${className}/${i}.wav`, sound(300 + 200 * c + 10 * i));
      await write(`pets/images/${className}/${i}.png`, await encodePng(picture(100 * c + 20 * i)));
    }
  }
  await write('pets/sounds/dog/9.wav', 'woof');
  await write('pets/images/dog/9.jpg', await encodeJpeg(picture(1)));
  return folder;
}

describe('data', () => {
  it('prepares, shows and checks a set', async () => {
    const folder = await pets();
    const prepared = await run(folder, 'prepare', 'pets', '--out', 'set', '--note', 'mine, CC0', '--step', '200');
    expect(prepared.exitCode).toBe(0);
    expect(prepared.printed).toMatch(/warning: left out dog\/9\.wav: .*must be WAV/);
    expect(prepared.printed).toMatch(/all +12 .* +6 /);
    expect(prepared.printed).toContain('note: mine, CC0');
    const card = JSON.parse(await readFile(join(folder, 'set/dataset-card.json'), 'utf8'));
    expect(card).toMatchObject({
      pairs: { train: 12, validation: 6 },
      preparation: { options: { stepMs: 200, pairBy: 'name' } },
    });

    const info = await run(folder, 'info', 'set', '--pairs', '2', '--html', 'page.html');
    expect(info.printed).toContain(`hash: ${card.manifestHash}`);
    const page = await readFile(join(folder, 'page.html'), 'utf8');
    expect(page.match(/<figure>/g)).toHaveLength(4);
    expect(page.match(/<audio controls[^>]* src="data:audio\/wav;base64,UklGR/g)).toHaveLength(4);
    expect(page).toContain('cat &amp; &lt;b&gt;');
    expect(page).not.toMatch(/<b>|(src|href)="(?!data:|#)/); // nothing from elsewhere

    const check = await run(folder, 'check', 'set');
    expect(check).toMatchObject({ exitCode: 0 });
    expect(check.printed).toContain('18 pairs of 2 classes can be used (12 to train on, 6 to validate on); 0 are left out');
  });

  it('check: names what is wrong, exits with 1, and stores the report unless told not to', async () => {
    const folder = await pets();
    await run(folder, 'prepare', 'pets', '--out', 'set', '--step', '200');
    const [name] = await readdir(join(folder, 'set/chunk/train/dog'));
    await writeFile(join(folder, 'set/chunk/train/dog', name), '');
    expect((await run(folder, 'check', 'set', '--no-store')).exitCode).toBe(1);
    expect(existsSync(join(folder, 'set/dataset-check.json'))).toBe(false);
    const { printed } = await run(folder, 'check', 'set');
    expect(printed).toContain(`empty              chunk/train/dog/${name}: `);
    expect(printed).toContain('1 are left out');
    const report = JSON.parse(await readFile(join(folder, 'set/dataset-check.json'), 'utf8'));
    expect(report.leftOut).toMatchObject([{ problem: 'empty', path: `chunk/train/dog/${name}` }]);
    expect(report.leakage.songs).toEqual({ train: 4, validation: 2 });
  });

  it('info: says when the files have changed since the card was written', async () => {
    const folder = await pets();
    await run(folder, 'prepare', 'pets', '--out', 'set', '--step', '200');
    const [name] = await readdir(join(folder, 'set/chunk/train/dog'));
    await writeFile(join(folder, 'set/chunk/train/dog', name), sound(999, 500));
    expect((await run(folder, 'info', 'set')).printed).toContain('the files have changed since the card was written');
  });

  it.each([
    [['prepare', '--out', 'set'], 'name a folder to prepare, or --images and --sounds (see --help)'],
    [['prepare', 'x', '--images', 'y', '--out', 'set'], '--images and --sounds go together'],
    [['prepare', 'pets'], "required option '--out <folder>' not specified (see --help)"],
    [['prepare', 'pets', '--out', 'set', '--step', 'soon'], 'It must be a number.'],
    [['prepare', 'nowhere', '--out', 'set'], 'must be a folder that can be read, got ENOENT'],
    [['prepare', 'pets/sounds', '--out', 'set'], 'must hold videos (.mp4,'],
    [['polish', 'set'], "unknown command 'polish'"],
    [['prepare', 'pets', '--out', 'set', '--step', '5'], 'prepare: stepMs must be a whole number from 10 to 60000, got 5'],
  ])('%j: %s', async (words, message) => {
    await expect(run(await pets(), ...words)).rejects.toThrow(message);
  });
});

describe('createProgress', () => {
  it('moves a bar on a terminal and writes a line now and then when piped', () => {
    let now = 0;
    const [terminal, pipe]: [string[], string[]] = [[], []];
    const bars = createProgress({ write: (text) => terminal.push(text), isTTY: true, columns: 60 }, () => now);
    const lines = createProgress({ write: (text) => pipe.push(text) }, () => now);
    for (let i = 0; i <= 100; i++, now += 500) for (const each of [bars, lines]) each.status('reading', i, 100);
    bars.note('done');
    expect(terminal[50]).toBe(`\r\x1b[2Kreading  ${'█'.repeat(12)}${'░'.repeat(12)}  50/100  25 s left`);
    expect(terminal.slice(-2)).toEqual(['\r\x1b[2K', 'done\n']);
    expect(pipe.map((line) => line.split('  ')[2])).toEqual(['0/100', '20/100', '40/100', '60/100', '80/100', '100/100\n']);
  });
});
