import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWav } from '@cmcgan/audio-features';
import { describe, expect, it } from 'vitest';
import { hasProgram } from '../../../../test/extras/program';
import { noisyJpeg, temporaryFolder, toneWav, writeFiles } from '../../test/small-archive';
import { CARD_FILE, readDatasetCard } from '../reading/card/dataset-card';
import { openDataset } from '../reading/open-dataset';
import { RemediableError } from '../reading/remediable-error';
import { prepareFolders, type PrepareFoldersOptions } from './prepare-folders';
import { prepareVideos } from './prepare-videos';
import { loadNodeAv } from './video/node-av-reader';

/** A tone, as a WAV file at 22,050 Hz, which has to be resampled. */
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
      '1 song is in both splits (big dog 2 1): validation figures will be too good',
      '1 validation picture is in the training split too, byte for byte',
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

describe('prepareFolders by name: which picture', () => {
  const failure = async (files: Record<string, Uint8Array | string>, options: PrepareFoldersOptions = {}) =>
    prepare(files, options).catch((error: unknown) => error as RemediableError);

  it('no sound has one, though they share classes: an error of one sentence, with the remedy separate', async () => {
    const warnings: string[] = [];
    const files: Record<string, Uint8Array> = {};
    for (let i = 0; i < 5; i++) files[`images/cat/p${i}.jpg`] = await noisyJpeg(i);
    for (let i = 0; i < 4; i++) files[`sounds/cat/s${i}.wav`] = tone(i, 600);
    const error = await failure(files, { onWarning: (text) => warnings.push(text) });
    if (!(error instanceof RemediableError)) throw new Error('it was prepared');
    expect(error.problem).toBe(
      'prepare: a sound must have a picture of its class and name, got none of 4 sounds with one, among 5 pictures',
    );
    expect(error.remedy).toEqual({ option: 'pairBy' });
    expect(error.message).toBe(`${error.problem}; give them the same names, or pair them by class alone: pairBy: 'category'`);
    expect(warnings).toEqual([]);
  });

  it('few sounds have one: continues, with the same remedy in a warning', async () => {
    const causes: (string | undefined)[] = [];
    const files: Record<string, Uint8Array> = {};
    for (let i = 0; i < 2; i++) files[`images/cat/s${i}.jpg`] = await noisyJpeg(i);
    for (let i = 0; i < 5; i++) files[`sounds/cat/s${i}.wav`] = tone(i, 600);
    await prepare(files, { onWarning: (_, cause) => causes.push(cause?.remedy.option) });
    expect(causes).toContain('pairBy');
  });

  it('no class has both: says which there are', async () => {
    const files = { 'images/cat/a.jpg': await noisyJpeg(1), 'sounds/dog/a.wav': tone(1, 900) };
    const error = await failure(files);
    expect((error as Error).message).toBe(
      'prepare: some class must have pictures and sounds, got pictures of cat and sounds of dog',
    );
  });

  it('two with its name in two places: the one in the same place; two in one place: neither, with a reason', async () => {
    const files: Record<string, Uint8Array> = {};
    for (const [i, place] of ['mon/a', 'tue/a', 'b', 'c'].entries()) {
      files[`images/cat/${place}.jpg`] = await noisyJpeg(i);
      files[`sounds/cat/${place}.wav`] = tone(i, 600);
    }
    files['images/cat/c.png'] = await noisyJpeg(9);
    const { card } = await prepare(files);
    expect(card.preparation?.sources.map(({ file }) => file)).toEqual(['cat/b.wav', 'cat/mon/a.wav', 'cat/tue/a.wav']);
    expect(card.preparation?.leftOut).toEqual([
      { file: 'cat/c.wav', reason: 'several pictures have its name: cat/c.jpg, cat/c.png' },
      { file: 'cat/c.jpg', reason: 'another picture has the same name, and a sound can have only one' },
      { file: 'cat/c.png', reason: 'another picture has the same name, and a sound can have only one' },
    ]);
  });

  it('names in NFC on one side and NFD on the other', async () => {
    const files: Record<string, Uint8Array> = {};
    for (const [i, name] of ['é', 'à', 'ô'].entries()) {
      files[`images/${'bébé'.normalize('NFD')}/${name.normalize('NFD')}.jpg`] = await noisyJpeg(i);
      files[`sounds/bébé/${name}.wav`] = tone(i, 600);
    }
    const { dataset, card } = await prepare(files);
    expect(dataset.classNames).toEqual(['bébé']);
    expect(card.preparation?.leftOut).toEqual([]);
  });
});

describe('prepareFolders: nothing is left out silently', () => {
  it('names every file that is not used, in a warning and in the card, and counts system files', async () => {
    const files = {
      ...(await pets()),
      'images/cat/notes.txt': '',
      'images/loose.jpg': '',
      'sounds/cat/clip.mpg': '',
      'sounds/cat/old.m4a': '',
      'images/.DS_Store': '',
      'videos/a.mp4': '',
      'videos/b.mp4': '',
      'origin.csv': '',
    };
    const from = await sources(files);
    const warnings: string[] = [];
    const options = { within: dirname(from.images), onWarning: (text: string) => void warnings.push(text) };
    const card = await prepareFolders(from, join(await temporaryFolder(), 'set'), options);
    expect(card.preparation?.systemFiles).toBe(1);
    const beside = 'it lies beside the folders of pictures and sounds';
    expect(card.preparation?.leftOut).toEqual([
      { file: 'cat/notes.txt', reason: 'not a picture by its extension' },
      { file: 'loose.jpg', reason: 'it is not in a class folder' },
      { file: 'cat/clip.mpg', reason: 'a video among sounds; prepare cuts videos into pairs' },
      { file: 'cat/old.m4a', reason: '.m4a sounds cannot be read; convert them to wav or flac' },
      { file: 'origin.csv', reason: beside },
      { file: 'videos', reason: beside, files: 2 },
    ]);
    expect(warnings).toContain(`3 files are not used: origin.csv, videos (${beside})`);
    expect(warnings).toContain('1 file is not used: cat/notes.txt (not a picture by its extension)');
  });

  it('a folder without sounds: the error names what is in it instead', async () => {
    const from = await sources({ 'images/cat/a.jpg': await noisyJpeg(1), 'sounds/cat/a.m4a': '' });
    await expect(prepareFolders(from, join(await temporaryFolder(), 'set'))).rejects.toThrow(
      /sounds must hold sounds \(\.wav, .*\) in one folder per class, got none; 1 file is not used: cat\/a\.m4a \(\.m4a sounds cannot be read/,
    );
  });

  it.each([1e30, NaN])('a sound with a sample of %s: named, with the reason', async (value) => {
    const wav = writeWav({ samples: new Float32Array(44_100).fill(0.1), sampleRateHz: 44_100, bitDepth: 32, float: true });
    new DataView(wav.buffer, wav.byteOffset).setFloat32(wav.length - 4, value, true);
    const { card } = await prepare({ ...(await pets()), 'sounds/cat/x.wav': wav, 'images/cat/x.jpg': await noisyJpeg(5) });
    expect(card.preparation?.leftOut).toEqual([
      {
        file: 'cat/x.wav',
        reason: expect.stringMatching(/must hold (samples within -1 … 1, got 1\.00e\+30|finite samples, got NaN)/),
      },
    ]);
  });

  it('reads ogg and opus', async () => {
    const files: Record<string, Uint8Array> = await pets();
    for (const extension of ['ogg', 'opus', 'mp3', 'flac']) {
      files[`sounds/bird/${extension}.${extension}`] = await readFile(
        new URL(`../../test/fixtures/sounds/tone.${extension}`, import.meta.url),
      );
      files[`images/bird/${extension}.jpg`] = await noisyJpeg(extension.length);
    }
    const { card } = await prepare(files);
    expect(card.classes.bird.train.pairs + card.classes.bird.validation.pairs).toBe(4);
  });
});

describe('prepareFolders: a class with one recording', () => {
  it('of 0.6 s alone: too short to be split', async () => {
    const from = await sources({ 'images/cat/a.jpg': await noisyJpeg(1), 'sounds/cat/a.wav': tone(1, 600) });
    const folder = join(await temporaryFolder(), 'set');
    await expect(prepareFolders(from, folder)).rejects.toThrow(
      'prepare: the recordings must give pairs for both splits, got none to train on and none to validate on:\n  cat/a.wav: it is too short to be split between training and validation, and its class has no other recording: 0.6 s, but at least 1 s is needed',
    );
    expect(existsSync(`${folder}.preparing`)).toBe(false);
  });

  it('of 0.6 s beside other classes: left out with that reason', async () => {
    const files = { ...(await pets()), 'images/bat/a.jpg': await noisyJpeg(1), 'sounds/bat/a.wav': tone(1, 600) };
    const { card } = await prepare(files);
    expect(Object.keys(card.classes)).toEqual(['big dog 2', 'cat']);
    expect(card.preparation?.leftOut).toMatchObject([
      { file: 'bat/a.wav', reason: expect.stringContaining('too short to be split') },
    ]);
  });

  it('in parts of half a second: its last parts go to validation, those that overlap with them are left out and named', async () => {
    const files: Record<string, Uint8Array> = {};
    for (let ms = 500; ms < 2500; ms += 100) {
      files[`images/horn/horn01_${ms}.jpg`] = await noisyJpeg(ms);
      files[`sounds/horn/horn01_${ms}.wav`] = toneWav(ms);
    }
    const { card } = await prepare(files);
    // 20 parts, one every 100 ms: the last 4 validate, the 4 before them share sound with the first of those
    expect(card.pairs).toEqual({ train: 12, validation: 4 });
    expect(card.preparation?.leftOut.map(({ file }) => file).sort()).toEqual(
      [1700, 1800, 1900, 2000].map((ms) => `horn/horn01_${ms}.wav`),
    );
    expect(card.leakage).toMatchObject({ overlappingPairs: 0, repeatedSounds: 0 });
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

  it('is refused if it contains the sources', async () => {
    const from = await sources(await pets());
    const folder = await temporaryFolder();
    const set = join(folder, 'set');
    await prepareFolders(from, set);
    const again = prepareFolders({ images: join(set, 'img'), sounds: join(set, 'chunk') }, set);
    await expect(again).rejects.toThrow(
      `prepare: the folder to fill must not hold what it is made from, got ${set} for ${set}/img`,
    );
    expect(await openDataset(set)).toMatchObject({ classNames: ['big dog 2', 'cat'] });
  });

  it('may be inside the source folder', async () => {
    const { images, sounds } = await sources(await pets());
    const set = join(sounds, 'set');
    const card = await prepareFolders({ images, sounds }, set);
    expect(await prepareFolders({ images, sounds }, set)).toEqual(card);
  });

  it('is not disturbed by what an interrupted preparation left beside it', async () => {
    const from = await sources(await pets());
    const folder = join(await temporaryFolder(), 'set');
    await writeFiles(`${folder}.preparing`, { 'img/train/cat/cat99_250.jpg': 'half a pict' });
    const card = await prepareFolders(from, folder);
    expect(card.pairs.train + card.pairs.validation).toBe(20);
    expect(existsSync(`${folder}.preparing`)).toBe(false);
  });

  it('is unchanged when preparing fails', async () => {
    const from = await sources({ 'images/cat/a.jpg': await noisyJpeg(1), 'sounds/cat/a.wav': tone(1, 400) });
    const folder = join(await temporaryFolder(), 'set');
    await expect(prepareFolders(from, folder)).rejects.toThrow(
      'prepare: the recordings must give pairs for both splits, got none to train on and none to validate on:\n  cat/a.wav: it is shorter than 500 ms',
    );
    expect(existsSync(folder) || existsSync(`${folder}.preparing`)).toBe(false);
  });
});

const canReadVideos =
  (await loadNodeAv(process.env.CMCGAN_NODE_AV ?? '.')) !== undefined || hasProgram('ffmpeg', 'prepareVideos is not tested');

describe.skipIf(!canReadVideos)('prepareVideos', () => {
  it('makes pairs of videos in every container, leaves silence and broken videos out, and the set opens', async () => {
    const from = await temporaryFolder();
    const fixtures = fileURLToPath(new URL('../../test/fixtures/videos/', import.meta.url));
    for (const [className, names] of Object.entries({
      left: ['tone.mp4', 'tone.webm', 'tone.avi', 'tone.mpg', 'tone.wmv', 'silent.mp4'],
      right: ['tone.mkv', 'tone.mov', 'tone.flv', 'tone.3gp', 'soundonly.mp4'],
    })) {
      await mkdir(join(from, className));
      for (const name of names) await copyFile(join(fixtures, name), join(from, className, `${extname(name).slice(1)}-${name}`));
    }
    await writeFile(join(from, 'left/broken.mp4'), 'no video');
    await writeFile(join(from, 'left/empty.mp4'), '');
    await writeFile(join(from, 'left/page.mp4'), '<!DOCTYPE html><html>');
    await writeFile(join(from, 'left/noise.mp4'), Buffer.from(Array.from({ length: 999 }, (_, i) => (i * i * 7) % 251)));
    await writeFile(join(from, 'left/clip.gif'), 'GIF89a');
    await copyFile(join(fixtures, 'tone.m2ts'), join(from, 'right/stream.ts'));
    const whole = await readFile(join(fixtures, 'tone.mkv'));
    await writeFile(join(from, 'right/cut.mkv'), whole.subarray(0, 0.8 * whole.length));
    const indexed = await readFile(join(fixtures, 'tone.mp4')); // its index lies at its end
    await writeFile(join(from, 'right/cut.mp4'), indexed.subarray(0, 0.8 * indexed.length));
    const warnings: string[] = [];
    const folder = join(await temporaryFolder(), 'set');
    const card = await prepareVideos(from, folder, {
      nodeAvFolder: process.env.CMCGAN_NODE_AV,
      onWarning: (text) => warnings.push(text),
    });
    expect(Object.keys(card.classes)).toEqual(['left', 'right']);
    expect(card.leakage).toMatchObject({ sharedSongs: [], songs: { train: 9, validation: 2 } });
    // windows at 0 … 1500 ms; the one at 0 is silent, the rest reach into the tone
    for (const { file, pairs, silentWindows } of card.preparation?.sources ?? []) {
      const least = file === 'right/cut.mkv' ? 5 : 13;
      expect([file, pairs >= least && pairs <= 16, silentWindows <= 3]).toEqual([file, true, true]);
    }
    const reasons = Object.fromEntries((card.preparation?.leftOut ?? []).map(({ file, reason }) => [file, reason]));
    expect(reasons).toEqual({
      'left/broken.mp4': 'it is text, not a video',
      'left/empty.mp4': 'it is empty',
      'left/page.mp4': 'it is an HTML page, not a video',
      'left/noise.mp4': expect.stringMatching(/^it must be a video with picture and sound that (node-av|ffmpeg) can read, got: /),
      'left/clip.gif': 'a gif has no sound',
      'left/mp4-silent.mp4': 'it must be a video with picture and sound, got one that has no sound',
      'right/mp4-soundonly.mp4': 'it must be a video with picture and sound, got one that has no picture',
      'right/cut.mp4': 'it is cut off: its end is missing, and without it nothing can be read',
    });
    expect(warnings).toContain('right/cut.mkv is cut off: its end is missing; what is there is used');
    expect(card.preparation?.sources.filter(({ cutOff }) => cutOff).map(({ file }) => file)).toEqual(['right/cut.mkv']);
    expect(JSON.stringify(card)).not.toContain(from);
    expect((await openDataset(folder)).manifestHash).toBe(card.manifestHash);
  });
});
