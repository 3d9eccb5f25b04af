import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeWav } from '@cmcgan/audio-features';
import { encodeJpeg, encodePng } from '@cmcgan/image-io';
import { expect, it, describe, onTestFinished } from 'vitest';
import { createProgram } from '../src/program';
import { createProgress, describeError } from '@cmcgan/command-line';
import { REMEDIES } from '../src/remedies';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'data-app-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the program in a folder; resolves to its exit code and everything that it prints. */
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

/** Two classes with three recordings and pictures each, and a broken sound. */
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
  it('folds the training pairs of a set: each fold is the validation split of one set, and missing from its train split', async () => {
    const folder = await pets();
    await run(folder, 'prepare', 'pets', '--out', 'set', '--step', '200');
    const { exitCode, printed } = await run(folder, 'fold', 'set', '--out', 'folds', '--count', '2');
    expect([exitCode, printed]).toEqual([0, expect.stringContaining('fold-2: 6 pairs to train on, 6 left out of training')]);
    const listed = async (set: string, split: string) => (await readdir(join(folder, set, 'chunk', split, 'dog'))).sort();
    const left = await Promise.all([1, 2].map((fold) => listed(`folds/fold-${fold}`, 'validation')));
    expect(left.flat().sort()).toEqual(await listed('set', 'train'));
    expect(await listed('folds/fold-1', 'train')).toEqual(left[1]);
    expect((await run(folder, 'check', 'folds/fold-1')).printed).toContain('12 pairs of 2 classes can be used');
    await expect(run(folder, 'fold', 'set', '--out', 'folds')).rejects.toThrow(/fold-1 exists already; name another folder/);
  });

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
    expect(page).toContain('<title>set</title>');
    expect(page.match(/<figcaption>(train|validation)/g)?.sort()).toEqual(
      ['train', 'train', 'validation', 'validation'].map((split) => `<figcaption>${split}`),
    );
    expect(page.match(/<audio controls[^>]* src="data:audio\/wav;base64,UklGR/g)).toHaveLength(4);
    expect(page).toContain('cat &amp; &lt;b&gt;');
    expect(page).not.toMatch(/<b>|(src|href)="(?!data:|#)/); // nothing from elsewhere

    const check = await run(folder, 'check', 'set');
    expect(check).toMatchObject({ exitCode: 0 });
    expect(check.printed).toContain('18 pairs of 2 classes can be used (12 to train on, 6 to validate on); 0 left out');
  });

  it('shard: writes the same set as tar files, which info and check read', async () => {
    const folder = await pets();
    await run(folder, 'prepare', 'pets', '--out', 'set', '--note', 'mine, CC0', '--step', '200');
    const sharded = await run(folder, 'shard', 'set', '--out', 'shards', '--pairs', '5');
    expect(sharded.exitCode).toBe(0);
    expect((await readdir(join(folder, 'shards'))).sort()).toEqual([
      'dataset-card.json',
      ...['train-000000.tar', 'train-000001.tar', 'train-000002.tar', 'validation-000000.tar', 'validation-000001.tar'],
    ]);
    const hashOf = (text: string) => /hash: (\w+)/.exec(text)?.[1];
    const info = await run(folder, 'info', 'shards', '--html', 'page.html');
    expect(hashOf(info.printed)).toBe(hashOf((await run(folder, 'info', 'set', '--html', 'page.html')).printed));
    expect(info.printed).toContain('note: mine, CC0');
    const check = await run(folder, 'check', 'shards', '--no-store');
    expect(check.printed).toContain('18 pairs of 2 classes can be used (12 to train on, 6 to validate on)');
  });

  it('fold: divides shards as it does the set that they were written from', async () => {
    const folder = await pets();
    await run(folder, 'prepare', 'pets', '--out', 'set', '--step', '200');
    await run(folder, 'shard', 'set', '--out', 'shards', '--pairs', '5');
    const hashes = [];
    for (const from of ['set', 'shards']) {
      await run(folder, 'fold', from, '--out', `folds of ${from}`, '--count', '2');
      const { printed } = await run(folder, 'info', join(`folds of ${from}`, 'fold-1'), '--html', 'page.html');
      hashes.push(/hash: (\w+)/.exec(printed)?.[1]);
    }
    expect(hashes[0]).toMatch(/^[0-9a-f]+$/);
    expect(hashes[1]).toBe(hashes[0]);
  });

  it('shard: a set with a broken file is an error that names the flag', async () => {
    const folder = await pets();
    await run(folder, 'prepare', 'pets', '--out', 'set', '--step', '200');
    const [name] = await readdir(join(folder, 'set/img/train/dog'));
    await writeFile(join(folder, 'set/img/train/dog', name), '');
    const message = await run(folder, 'shard', 'set', '--out', 'shards').catch((error: unknown) =>
      describeError(error, REMEDIES),
    );
    expect(message).toContain('leave them out with --skip-broken');
    expect(existsSync(join(folder, 'shards'))).toBe(false);
    expect((await run(folder, 'shard', 'set', '--out', 'shards', '--skip-broken')).exitCode).toBe(0);
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
    expect(printed).toContain('; 1 left out');
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
    [['prepare', 'nowhere', '--out', 'set'], 'nowhere does not exist'],
    [['prepare', 'pets/sounds', '--out', 'set'], 'must hold videos (.mp4,'],
    [['polish', 'set'], "unknown command 'polish'"],
    [
      ['prepare', 'pets', '--out', 'set', '--step', '5'],
      "option '--step <ms>' argument '5' is invalid. It must be a whole number from 10 to 60000.",
    ],
    [['prepare', 'pets', '--out', 'set', '--validation', '1'], 'It must lie between 0 and 1.'],
    [['prepare', 'pets', '--out', 'set', '--size', '8'], 'It must be a whole number from 16 to 4096.'],
    [['prepare', 'pets', '--out', 'set', '--seed', '-1'], 'It must be a whole number, 0 or more.'],
    [['prepare', 'pets', '--out', 'set', '--pair', 'class'], 'Allowed choices are name, category.'],
    [['prepare', 'pets', '--out', 'set', '--reader', 'vlc'], 'Allowed choices are auto, node-av, ffmpeg.'],
    [['prepare', 'pets', '--out', 'set', '--silence', '-5'], 'It must be 0 or more.'],
    [['prepare', 'pets', '--out', 'set', '--recording', '\\d+'], 'It must have a group that names the recording'],
    [['prepare', 'pets', '--out', 'set', '--recording', '('], 'It must be a regular expression.'],
    [['check', 'pets', '--threads', '1.5'], 'It must be a whole number, 0 or more.'],
    [['prepare', 'pets/sounds/dog/9.wav', '--out', 'set'], 'is a file; name the folder that contains it'],
  ])('%j: %s', async (words, message) => {
    await expect(run(await pets(), ...words)).rejects.toThrow(message);
  });
});

describe('data: nothing is left out silently, and remedies are flags', () => {
  const prepared = async () => {
    const folder = await pets();
    await run(folder, 'prepare', 'pets', '--out', 'set', '--step', '200');
    return folder;
  };

  it('check: reports every file to the end, silent clips and system files included', async () => {
    const folder = await prepared();
    const [one, two, three] = (await readdir(join(folder, 'set/img/train/dog'))).map((name) => name.slice(0, -4));
    const set = (name: string) => join(folder, 'set', name);
    await writeFile(set(`img/train/dog/${one}.png`), '');
    await writeFile(set(`chunk/train/dog/${two}.wav`), '');
    await writeFile(set(`chunk/train/dog/${three}.wav`), writeWav({ samples: new Float32Array(22_050), sampleRateHz: 44_100 }));
    const [picture] = await readdir(set('img/validation/dog'));
    await writeFile(set(`img/validation/dog/${picture}`), (await readFile(set(`img/validation/dog/${picture}`))).subarray(0, -2));
    await mkdir(set('img/test/dog'), { recursive: true });
    for (const name of ['img/test/dog/a.jpg', 'img/test/dog/b.jpg', 'img/train/dog/notes.txt', '.DS_Store', 'img/Thumbs.db']) {
      await writeFile(set(name), '');
    }
    const { exitCode, printed } = await run(folder, 'check', 'set');
    expect(exitCode).toBe(1);
    const lines = printed.split('\n');
    const startsWith = (start: string) => lines.filter((line) => line.startsWith(start));
    expect(startsWith('duplicate name     img/train/dog/')).toHaveLength(2);
    expect(startsWith(`empty              chunk/train/dog/${two}.wav: `)).toHaveLength(1);
    expect(startsWith(`silent             chunk/train/dog/${three}.wav: `)).toHaveLength(1);
    const warning = `was read in spite of no end marker`;
    expect(
      startsWith(`violates format    img/validation/dog/${picture}: ${set(`img/validation/dog/${picture}`)} ${warning}; `),
    ).toHaveLength(1);
    expect(startsWith('not used           img/test: 2 files: validation is used for the validation split')).toHaveLength(1);
    expect(startsWith('not used           img/train/dog/notes.txt: not a picture by its extension')).toHaveLength(1);
    expect(lines).toContain('4 system files are ignored'); // the card and the cache among them
    expect(lines).toContain('To train on the rest: trainer --skip-broken');
    const report = JSON.parse(await readFile(set('dataset-check.json'), 'utf8'));
    expect(report.silentSounds).toEqual([`chunk/train/dog/${three}.wav`]);
    expect(report.pictureWarnings).toMatchObject([{ path: `img/validation/dog/${picture}` }]);
    expect(report.ignoredFiles).toContainEqual(expect.objectContaining({ path: 'img/test', files: 2 }));
  });

  it('info: names what is not used, on the screen and on the page', async () => {
    const folder = await prepared();
    await writeFile(join(folder, 'set/img/train/dog/<notes>.txt'), '');
    const { printed } = await run(folder, 'info', 'set');
    expect(printed).toContain('warning: 1 file is not used: img/train/dog/<notes>.txt (not a picture by its extension)');
    expect(printed).toContain('not used: 1 of its files; data check and the page list them with the reason');
    const page = await readFile(join(folder, 'set/dataset.html'), 'utf8');
    expect(page).toContain('<code>img/train/dog/&lt;notes&gt;.txt</code>: not a picture by its extension');
  });

  it('info on read-only data: prints the card, and names --html and --cache', async () => {
    const folder = await prepared();
    await rm(join(folder, 'set/.cmcgan-cache'), { recursive: true });
    await chmod(join(folder, 'set'), 0o555);
    onTestFinished(() => chmod(join(folder, 'set'), 0o755));
    let printed = '';
    const progress = createProgress({ write: (text) => (printed += text) }, () => 0);
    const failure = await createProgram({ folder, progress })
      .run(['info', 'set'])
      .catch((error: unknown) => describeError(error, REMEDIES));
    expect(failure).toBe(
      `the page cannot be written to ${join(folder, 'set/dataset.html')} (read-only); choose another place with --html`,
    );
    expect(printed).toMatch(
      /warning: cannot write the cache folder .*; choose another with --cache, or cache nothing with --no-cache/,
    );
    expect(printed).not.toContain('cacheFolder');
    expect(printed).toMatch(/hash: [0-9a-f]{64}/);
    expect((await run(folder, 'check', 'set')).printed).toContain('(read-only); use --no-store to only print it');
    expect((await run(folder, 'info', 'set', '--html', 'page.html', '--cache', 'cache')).exitCode).toBe(0);
    expect(existsSync(join(folder, 'page.html'))).toBe(true);
    expect((await run(folder, 'info', 'set', '--html', 'page.html', '--no-cache')).printed).not.toContain('warning');
  });

  it('prepare: pictures and sounds that only share their class: one sentence that names --pair category', async () => {
    const folder = await pets();
    for (const name of await readdir(join(folder, 'pets/images/dog'))) {
      await rename(join(folder, 'pets/images/dog', name), join(folder, 'pets/images/dog', `photo-${name}`));
    }
    await rm(join(folder, 'pets/images/cat & <b>'), { recursive: true });
    const failure = await run(folder, 'prepare', 'pets', '--out', 'set').catch((error: unknown) =>
      describeError(error, REMEDIES),
    );
    expect(failure).toBe(
      'prepare: a sound must have a picture of its class and name, got none of 7 sounds with one, among 4 pictures; give them the same names, or pair them by class alone with --pair category',
    );
    expect((await run(folder, 'prepare', 'pets', '--pair', 'category', '--out', 'set')).exitCode).toBe(0);
  });

  it('prepare: pictures and sounds side by side in the folders of their classes', async () => {
    const folder = await pets();
    await cp(join(folder, 'pets/images'), join(folder, 'both'), { recursive: true });
    await cp(join(folder, 'pets/sounds'), join(folder, 'both'), { recursive: true });
    await writeFile(join(folder, 'both/dog/notes.txt'), '');
    const { printed } = await run(folder, 'prepare', 'both', '--out', 'set', '--step', '200');
    expect(printed).toMatch(/all +12 .* +6 /);
    expect(printed).toContain('warning: 1 file is not used: dog/notes.txt (not a picture by its extension)');
    expect(printed).toContain('6 files used, 2 left out'); // the notes and the broken sound
  });

  it('prepare: reports files next to the two folders', async () => {
    const folder = await pets();
    await writeFile(join(folder, 'pets/licence.txt'), '');
    const { printed } = await run(folder, 'prepare', 'pets', '--out', 'set', '--step', '200');
    expect(printed).toContain('warning: 1 file is not used: licence.txt (it lies beside the folders of pictures and sounds)');
    expect(printed).toContain('6 files used, 2 left out');
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
