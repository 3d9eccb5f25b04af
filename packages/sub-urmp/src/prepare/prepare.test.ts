import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWav } from '@cmcgan/audio-features';
import { describe, expect, it } from 'vitest';
import { noisyJpeg, temporaryFolder, toneWav, writeFiles } from '../../test/small-archive';
import { CARD_FILE, readDatasetCard } from '../card/dataset-card';
import { openDataset } from '../open-dataset';
import { prepareFolders, type PrepareFoldersOptions } from './prepare-folders';
import { prepareVideos } from './prepare-videos';
import { hasFfmpeg } from './video/ffmpeg-reader';
import { loadNodeAv } from './video/node-av-reader';

/** Seconds of a tone, as a WAV file at 22,050 Hz: it has to be resampled. */
function tone(seed: number, ms: number, quietFromMs = Infinity): Uint8Array {
  const frequencyHz = 300 + 37 * seed;
  const samples = Float32Array.from({ length: ms * 22.05 }, (_, i) =>
    i / 22.05 >= quietFromMs ? 0 : 0.2 * Math.sin((2 * Math.PI * frequencyHz * i) / 22_050),
  );
  return writeWav({ samples, sampleRateHz: 22_050 });
}

async function sources(files: Record<string, Uint8Array | string>) {
  const folder = await temporaryFolder();
  await writeFiles(folder, files);
  return { images: join(folder, 'images'), sounds: join(folder, 'sounds') };
}

/** Three recordings of a cat, one of a dog, each with its picture. */
async function pets() {
  const files: Record<string, Uint8Array> = {};
  for (const [i, name] of ['cat/a', 'cat/b', 'cat/c', 'big dog 2/rex'].entries()) {
    files[`images/${name}.jpg`] = await noisyJpeg(i);
    files[`sounds/${name}.wav`] = tone(i, 1000, name === 'cat/b' ? 600 : Infinity);
  }
  return files;
}

const prepare = async (files: Record<string, Uint8Array | string>, options: PrepareFoldersOptions = {}) => {
  const warnings: string[] = [];
  const folder = join(await temporaryFolder(), 'new/set');
  const card = await prepareFolders(await sources(files), folder, { onWarning: (warning) => warnings.push(warning), ...options });
  return { card, folder, warnings, dataset: await openDataset(folder) };
};

describe('prepareFolders by name', () => {
  it('cuts half seconds every 100 ms, leaves silence out, splits by recording and writes the card', async () => {
    const { card, folder, dataset, warnings } = await prepare(await pets());
    expect(dataset.classNames).toEqual(['big dog 2', 'cat']);
    const cats = [...dataset.splits.train, ...dataset.splits.validation].filter(({ instrument }) => instrument === 'cat');
    // cat/b is silent from 600 ms on: windows that start at 0 … 500 ms still hold sound, those at 600 would not
    expect(cats).toHaveLength(3 * 6);
    const songs = (split: 'train' | 'validation') =>
      new Set(dataset.splits[split].filter(({ classId }) => classId === 1).map(({ song }) => song));
    expect([songs('train').size, songs('validation').size]).toEqual([2, 1]);
    // the dog has one recording: 6 windows, the last one validates and those that overlap with it are left out
    const dogs = [...dataset.splits.train, ...dataset.splits.validation].filter(({ classId }) => classId === 0);
    expect(dogs.map(({ split, timeMs, song, stem }) => [split, timeMs, song, stem])).toEqual([
      ['train', 250, 1, 'big dog 2-01_250'],
      ['validation', 750, 1, 'big dog 2-01_750'],
    ]);
    expect(warnings).toEqual([
      '1 songs are in both splits (big dog 2 1): validation figures will be too good',
      '1 validation pictures are in the training split too, byte for byte',
    ]);
    expect(card).toMatchObject({
      manifestHash: dataset.manifestHash,
      decibelRange: dataset.decibelRange,
      leakage: { overlappingPairs: 0 },
    });
    expect(card.classes.cat.train).toEqual({ pairs: 12, songs: 2, seconds: 2 });
    expect(card.preparation?.sources.map(({ file, pairs }) => [file, pairs])).toEqual([
      ['big dog 2/rex.wav', 2],
      ['cat/a.wav', 6],
      ['cat/b.wav', 6],
      ['cat/c.wav', 6],
    ]);
    expect(await readDatasetCard(folder)).toEqual(JSON.parse(JSON.stringify(card)));
  });

  it('leaves out windows that are silent, and says how many', async () => {
    const files = { ...(await pets()), 'sounds/cat/b.wav': tone(1, 2000, 600) };
    const { card } = await prepare(files);
    // of the windows at 0 … 1500 ms those from 600 ms on hold nothing
    expect(card.preparation?.sources.find(({ file }) => file === 'cat/b.wav')).toMatchObject({ pairs: 6, silentWindows: 10 });
  });

  it('gives the same set for the same seed, to the byte, and another split for another', async () => {
    const files = await pets();
    const [one, two] = [await prepare(files), await prepare(files)];
    expect(two.card).toEqual(one.card);
    const others = await Promise.all([2, 3, 4].map(async (seed) => (await prepare(files, { seed })).card.manifestHash));
    expect(others.some((hash) => hash !== one.card.manifestHash)).toBe(true);
  });

  it('leaves out what has no other half, is too short, or cannot be read, each with its reason', async () => {
    const files = {
      ...(await pets()),
      'images/cat/alone.png': await noisyJpeg(9),
      'sounds/cat/unseen.wav': tone(9, 600),
      'sounds/cat/short.wav': tone(9, 400),
      'images/cat/short.jpg': await noisyJpeg(8),
      'sounds/cat/text.mp3': 'no sound at all',
      'images/cat/text.jpg': await noisyJpeg(7),
    };
    const { card } = await prepare(files);
    const reasons = Object.fromEntries((card.preparation?.leftOut ?? []).map(({ file, reason }) => [file, reason]));
    expect(reasons).toEqual({
      'cat/alone.png': 'there is no sound of its class and name',
      'cat/unseen.wav': 'there is no picture of its class and name',
      'cat/short.wav': 'it is shorter than 500 ms',
      'cat/text.mp3': expect.stringMatching(/cat\/text\.mp3 must be/),
    });
  });

  it("takes another step, Sub-URMP's own names for parts of one recording, and whole pictures", async () => {
    const files: Record<string, Uint8Array> = {};
    for (const name of ['horn01_500', 'horn01_600', 'horn02_500']) {
      files[`images/horn/${name}.jpg`] = await noisyJpeg(1);
      files[`sounds/horn/${name}.wav`] = toneWav(3);
    }
    const { dataset } = await prepare(files, { stepMs: 250, imageSize: 'original' });
    const songs = [...dataset.splits.train, ...dataset.splits.validation].map(({ split, song }) => `${split} ${song}`);
    expect(new Set(songs).size).toBe(2); // horn01's two files are on one side
    const jpg = await readFile(dataset.splits.train[0].imagePath);
    expect([jpg[0], jpg[1]]).toEqual([0xff, 0xd8]);
  });
});

describe('prepareFolders by category', () => {
  it('gives every sound a picture of its class, in turn, with its own pictures on each side', async () => {
    const files: Record<string, Uint8Array> = {};
    for (let i = 0; i < 5; i++) files[`images/cat/p${i}.jpg`] = await noisyJpeg(i);
    for (let i = 0; i < 4; i++) files[`sounds/cat/s${i}.wav`] = tone(i, 500 + 100 * i);
    const { card, dataset } = await prepare(files, { pairBy: 'category' });
    expect(card.leakage).toMatchObject({ clean: true, repeatedImages: 0 });
    const pictures = await Promise.all(
      dataset.splits.train.map(async ({ imagePath }) => (await readFile(imagePath)).toString('base64')),
    );
    expect(new Set(pictures).size).toBe(Math.min(4, pictures.length));
  });

  it('keeps a split that the folders make', async () => {
    const files: Record<string, Uint8Array> = {};
    for (const [i, split] of ['train', 'train', 'test'].entries()) {
      files[`images/${split}/cat/p${i}.jpg`] = await noisyJpeg(i);
      files[`sounds/${split}/cat/s${i}.wav`] = tone(i, 600);
    }
    const { card } = await prepare(files, { pairBy: 'category' });
    expect(card.pairs).toEqual({ train: 4, validation: 2 });
    expect(card.leakage.clean).toBe(true);
  });

  it('passes over pictures that cannot be read', async () => {
    const files: Record<string, Uint8Array | string> = {};
    for (let i = 0; i < 6; i++) files[`images/cat/p${i}.jpg`] = i % 3 === 1 ? 'text' : await noisyJpeg(i);
    for (let i = 0; i < 4; i++) files[`sounds/cat/s${i}.wav`] = tone(i, 900);
    const { card } = await prepare(files, { pairBy: 'category', validationShare: 0.5 });
    expect(card.preparation?.leftOut.map(({ file }) => file).sort()).toEqual(['cat/p1.jpg', 'cat/p4.jpg']);
    expect(card.pairs.train + card.pairs.validation).toBe(20);
  });
});

describe('prepare: the folder to fill', () => {
  it('is refused when it holds something else, and replaced when it holds a prepared set', async () => {
    const from = await sources(await pets());
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'thesis.tex'), 'x');
    await expect(prepareFolders(from, folder)).rejects.toThrow(
      `prepare: the folder to fill must be new, empty or hold a set with its ${CARD_FILE}, got ${folder} with thesis.tex; choose another`,
    );
    const set = join(folder, 'set');
    await prepareFolders(from, set);
    await writeFiles(set, { 'img/train/cat/old.jpg': '', '.DS_Store': '', 'notes.txt': 'not to be lost' });
    await expect(prepareFolders(from, set)).rejects.toThrow(`got ${set} with notes.txt beside it; choose another`);
    await rm(join(set, 'notes.txt'));
    await prepareFolders(from, set, { stepMs: 200 });
    expect(await readdir(folder)).toEqual(['set', 'thesis.tex']);
    expect(existsSync(join(set, 'img/train/cat/old.jpg'))).toBe(false);
    expect((await readdir(set)).sort()).toEqual(['.cmcgan-cache', 'chunk', CARD_FILE, 'img']);
  });

  it('is not disturbed by what an interrupted preparation left beside it', async () => {
    const from = await sources(await pets());
    const folder = join(await temporaryFolder(), 'set');
    await writeFiles(`${folder}.preparing`, { 'img/train/cat/cat99_250.jpg': 'half a pict' });
    const card = await prepareFolders(from, folder);
    expect(card.pairs.train + card.pairs.validation).toBe(20);
    expect(existsSync(`${folder}.preparing`)).toBe(false);
  });

  it('is left as it was when preparing fails', async () => {
    const from = await sources({ 'images/cat/a.jpg': await noisyJpeg(1), 'sounds/cat/a.wav': tone(1, 400) });
    const folder = join(await temporaryFolder(), 'set');
    await expect(prepareFolders(from, folder)).rejects.toThrow(
      'prepare: the recordings must give pairs on both sides, got none to train on and none to validate on:\n  cat/a.wav: it is shorter than 500 ms',
    );
    expect(existsSync(folder) || existsSync(`${folder}.preparing`)).toBe(false);
  });
});

const canReadVideos = (await hasFfmpeg()) || (await loadNodeAv(process.env.CMCGAN_NODE_AV ?? '.')) !== undefined;
if (!canReadVideos) console.warn('Skipped: neither ffmpeg nor node-av is installed, so prepareVideos is not tested.');

describe.skipIf(!canReadVideos)('prepareVideos', () => {
  it('makes pairs of videos in every container, leaves silence and broken videos out, and the set opens', async () => {
    const from = await temporaryFolder();
    const fixtures = fileURLToPath(new URL('../../test/fixtures/videos/', import.meta.url));
    for (const [className, names] of Object.entries({
      left: ['tone.mp4', 'tone.webm', 'tone.avi'],
      right: ['tone.mkv', 'tone.mov'],
    })) {
      await mkdir(join(from, className));
      for (const name of names) await copyFile(join(fixtures, name), join(from, className, `${name.slice(5)}-${name}`));
    }
    await writeFile(join(from, 'left/broken.mp4'), 'no video');
    const warnings: string[] = [];
    const folder = join(await temporaryFolder(), 'set');
    const card = await prepareVideos(from, folder, {
      nodeAvFolder: process.env.CMCGAN_NODE_AV,
      onWarning: (text) => warnings.push(text),
    });
    expect(Object.keys(card.classes)).toEqual(['left', 'right']);
    expect(card.leakage).toMatchObject({ sharedSongs: [], songs: { train: 3, validation: 2 } });
    // windows at 0 … 1500 ms; the one at 0 is silent, the rest reach into the tone
    for (const { file, pairs, silentWindows } of card.preparation?.sources ?? []) {
      expect([file, pairs >= 13 && pairs <= 16, silentWindows <= 2]).toEqual([file, true, true]);
    }
    expect(card.preparation?.leftOut.map(({ file }) => file)).toEqual(['left/broken.mp4']);
    expect(warnings[0]).toContain('left out left/broken.mp4: ');
    expect((await openDataset(folder)).manifestHash).toBe(card.manifestHash);
  });
});
