import { cp, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LMS_SAMPLES, lmsToSound, logMelSpectrum, readWav, toMono } from '@cmcgan/audio-features';
import { decodeImage, pixelsToImage } from '@cmcgan/image-io';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { hashed, noisyJpeg, smallArchive, temporaryFolder, toneWav, writeFiles } from '../../test/small-archive';
import type { Dataset, Sample } from './dataset';
import type { Pair } from './pair';
import { openDataset, type OpenDatasetOptions } from './open-dataset';
import { RemediableError } from './remediable-error';

/** The warning about every small archive, whose cello is in the train split only; a separate test checks it. */
const CELLO = 'cello has no pair to validate on: a class without validation pairs is not in any validation figure';

const open = async (folder: string, options: OpenDatasetOptions = {}) => {
  const warnings: string[] = [];
  const onWarning = (warning: string) => warning !== CELLO && warnings.push(warning);
  const dataset = await openDataset(folder, { onWarning, ...options });
  return { dataset, warnings };
};

const loadHashed = async (dataset: Dataset, pair: Pair) => hashed(await dataset.load(pair));

/** Everything in a folder below a path, with the time of its last change. */
async function contents(folder: string): Promise<[string, number][]> {
  const names = (await readdir(folder, { recursive: true })).sort();
  return Promise.all(names.map(async (name): Promise<[string, number]> => [name, (await stat(join(folder, name))).mtimeMs]));
}

describe('openDataset: what it gives', () => {
  it('indexes both splits and loads samples with the shapes and ranges of the networks', async () => {
    const { dataset, warnings } = await open(await smallArchive());
    expect(dataset.classNames).toEqual(['cello', 'flute', 'horn']);
    expect([dataset.splits.train.length, dataset.splits.validation.length]).toEqual([10, 4]);
    expect(warnings).toEqual([]);
    const { image, sound, classId } = await dataset.load(dataset.splits.train[9]);
    expect([image.length, sound.length, classId]).toEqual([128 * 128 * 3, 128 * 32, 2]);
    for (const values of [image, sound]) expect(values.every((value) => Math.abs(value) <= 1)).toBe(true);
  });

  it("agrees with the two packages' own functions", async () => {
    const { dataset } = await open(await smallArchive());
    const pair = dataset.splits.validation[1];
    const pixels = (await decodeImage(await readFile(pair.imagePath))).pixels;
    const lms = logMelSpectrum(toMono(readWav(await readFile(pair.soundPath)).samples)).data;
    expect(hashed(await dataset.loadLms(pair))).toBe(hashed(lms));
    expect(await loadHashed(dataset, pair)).toEqual({
      image: hashed(pixelsToImage(pixels)),
      sound: hashed(lmsToSound(lms, dataset.decibelRange)),
      classId: pair.classId,
    });
  });

  it('hands out arrays of the caller’s own', async () => {
    const { dataset } = await open(await smallArchive());
    const [pair] = dataset.splits.train;
    const [sample, lms] = [await dataset.load(pair), await dataset.loadLms(pair)];
    const before = hashed({ sample, lms });
    sample.image.fill(9);
    sample.sound.fill(9);
    lms.fill(9);
    expect(hashed({ sample: await dataset.load(pair), lms: await dataset.loadLms(pair) })).toEqual(before);
  });

  it('takes the dB range from the training split alone', async () => {
    const folder = await smallArchive();
    const { dataset } = await open(folder);
    const quieter = await smallArchive();
    for (const { soundPath } of dataset.splits.validation) {
      await writeFile(soundPath.replace(folder, quieter), toneWav(1, { amplitude: 0.9 }));
    }
    expect((await open(quieter)).dataset.decibelRange).toEqual(dataset.decibelRange);
    for (const { soundPath } of dataset.splits.train)
      await writeFile(soundPath.replace(folder, quieter), toneWav(1, { amplitude: 0.01 }));
    expect((await open(quieter)).dataset.decibelRange.ceilingDb).toBeLessThan(dataset.decibelRange.ceilingDb - 15);
  });

  it('takes a dB range that is given', async () => {
    const decibelRange = { floorDb: -50, ceilingDb: 0 };
    const folder = await smallArchive();
    const { dataset } = await open(folder, { decibelRange });
    expect(dataset.decibelRange).toEqual(decibelRange);
    await expect(open(folder, { decibelRange: { floorDb: 0, ceilingDb: 0 } })).rejects.toThrow(
      'openDataset: decibelRange must have floorDb below ceilingDb, got {"floorDb":0,"ceilingDb":0}',
    );
  });

  it('reports progress up to all pairs', async () => {
    const seen: [number, number][] = [];
    await open(await smallArchive(), { onProgress: ({ done, total }) => seen.push([done, total]) });
    expect(seen).toEqual(Array.from({ length: 14 }, (_, i) => [i + 1, 14]));
  });

  it('refuses a pair of another data set', async () => {
    const { dataset } = await open(await smallArchive());
    const foreign = { ...dataset.splits.train[0], id: 'train/kazoo/kazoo01_500' };
    await expect(dataset.load(foreign)).rejects.toThrow(
      'Dataset.load: pair must be one of this data set, got train/kazoo/kazoo01_500',
    );
  });
});

describe('openDataset: manifestHash', () => {
  it('is the same for a copy elsewhere and differs when one byte does', async () => {
    const folder = await smallArchive();
    const { dataset } = await open(folder);
    const copy = await temporaryFolder();
    await cp(folder, copy, { recursive: true });
    expect((await open(copy)).dataset.manifestHash).toBe(dataset.manifestHash);
    const file = dataset.splits.train[0].soundPath.replace(folder, copy);
    const bytes = await readFile(file);
    bytes[bytes.length - 1] ^= 1;
    await writeFile(file, bytes);
    expect((await open(copy)).dataset.manifestHash).not.toBe(dataset.manifestHash);
  });
});

describe('openDataset: cache', () => {
  it('computes nothing again when opened again', async () => {
    const folder = await smallArchive();
    const first = await open(folder);
    const features = join(folder, '.cmcgan-cache/features');
    const before = await contents(features);
    expect(before.filter(([name]) => /[0-9a-f]{64}$/.test(name))).toHaveLength(28);
    const second = await open(folder);
    expect(await contents(features)).toEqual(before);
    const [pair] = first.dataset.splits.train;
    expect(await loadHashed(second.dataset, pair)).toEqual(await loadHashed(first.dataset, pair));
    expect(second.dataset.decibelRange).toEqual(first.dataset.decibelRange);
    expect(second.dataset.manifestHash).toBe(first.dataset.manifestHash);
  });

  it('never serves what is stale: a changed file of the same size and time is computed again', async () => {
    const folder = await smallArchive();
    const { dataset } = await open(folder);
    const [pair] = dataset.splits.train;
    const before = (await loadHashed(dataset, pair)) as Sample;
    const times = await stat(pair.soundPath);
    await writeFile(pair.soundPath, toneWav(777));
    await utimes(pair.soundPath, times.atime, times.mtime);
    const after = (await loadHashed((await open(folder)).dataset, pair)) as Sample;
    expect(after.image).toEqual(before.image);
    expect(after.sound).not.toEqual(before.sound);
  });

  it('repairs a damaged cache', async () => {
    const folder = await smallArchive();
    const { dataset } = await open(folder);
    const cache = join(folder, '.cmcgan-cache');
    for (const [name] of await contents(cache)) {
      const path = join(cache, name);
      if ((await stat(path)).isFile()) await writeFile(path, 'damaged');
    }
    const again = (await open(folder)).dataset;
    for (const pair of dataset.splits.train) expect(await loadHashed(again, pair)).toEqual(await loadHashed(dataset, pair));
    expect(again.decibelRange).toEqual(dataset.decibelRange);
  });

  it('can be shared by two data sets and two openings at once', async () => {
    const cacheFolder = await temporaryFolder();
    const [one, two] = [await smallArchive(), await smallArchive({ train: { oboe: 2, tuba: 2 }, test: { oboe: 1 } })];
    const opened = await Promise.all([one, two, one, two].map((folder) => open(folder, { cacheFolder })));
    const alone = await open(two, { cacheFolder: null });
    expect(opened[1].dataset.manifestHash).toBe(alone.dataset.manifestHash);
    expect(opened[3].dataset.decibelRange).toEqual(alone.dataset.decibelRange);
    const [pair] = alone.dataset.splits.train;
    expect(await loadHashed(opened[3].dataset, pair)).toEqual(await loadHashed(alone.dataset, pair));
    expect(await readdir(one)).toEqual(['chunk', 'img']);
  });

  it('continues in memory, with one warning, if it cannot be written', async () => {
    const folder = await smallArchive();
    const expected = (await open(folder, { cacheFolder: null })).dataset;
    await writeFile(join(folder, '.cmcgan-cache'), 'a file is in the way');
    const { dataset, warnings } = await open(folder);
    expect(warnings).toEqual([
      expect.stringContaining(`cannot write the cache folder ${join(folder, '.cmcgan-cache')} (ENOTDIR)`),
    ]);
    for (const pair of expected.splits.train) expect(await loadHashed(dataset, pair)).toEqual(await loadHashed(expected, pair));
  });

  it('loads what memory does not hold from the cache folder, or from the files', async () => {
    const folder = await smallArchive();
    const expected = (await open(folder)).dataset;
    const fromFolder = (await open(folder, { memoryBytes: 0 })).dataset;
    const fromFiles = (await open(folder, { memoryBytes: 0, cacheFolder: null })).dataset;
    expect(fromFiles.decibelRange).toEqual(expected.decibelRange);
    for (const pair of expected.splits.validation) {
      const sample = await loadHashed(expected, pair);
      expect(await loadHashed(fromFolder, pair)).toEqual(sample);
      expect(await loadHashed(fromFiles, pair)).toEqual(sample);
    }
  });

  it('says so when a file changes under an open data set', async () => {
    const folder = await smallArchive();
    const { dataset } = await open(folder, { memoryBytes: 0, cacheFolder: null });
    const [pair] = dataset.splits.train;
    await writeFile(pair.imagePath, await noisyJpeg(999));
    await expect(dataset.load(pair)).rejects.toThrow(
      `Dataset.load: ${pair.imagePath} must not change while the data set is open`,
    );
  });
});

describe('openDataset: errors', () => {
  it('an empty data folder', async () => {
    const folder = await temporaryFolder();
    await expect(open(folder)).rejects.toThrow(`openDataset: ${folder} must hold img/`);
    for (const part of ['img/train', 'chunk/train', 'img/validation', 'chunk/validation'])
      await mkdir(join(folder, part), { recursive: true });
    await expect(open(folder)).rejects.toThrow(`openDataset: ${folder} must hold pairs in its train split, got none`);
  });

  it('a pair with one half missing, unless it may be skipped', async () => {
    const folder = await smallArchive();
    await rm(join(folder, 'chunk/train/horn/horn01_500.wav'));
    await expect(open(folder)).rejects.toThrow('got 1 without: train/horn/horn01_500 (no sound)');
    const { dataset, warnings } = await open(folder, { onMissingHalf: 'skip' });
    expect(dataset.splits.train).toHaveLength(9);
    expect(warnings).toEqual(['left out 1 pair (1 missing half): train/horn/horn01_500 (no sound)']);
  });

  it('a text file named .wav and a truncated jpg, both named', async () => {
    const folder = await smallArchive();
    const jpg = await noisyJpeg(5);
    await writeFiles(folder, {
      'chunk/train/horn/horn01_500.wav': 'this is no sound',
      'img/validation/flute/flute02_500.jpg': jpg.subarray(0, jpg.length - 100),
    });
    const failure: Error = await open(folder).then(
      () => new Error('it opened'),
      (error: Error) => error,
    );
    expect(failure.message).toContain('openDataset: every file must be readable, got 2 that are not:');
    expect(failure.message).toMatch(/readWav: .*chunk\/train\/horn\/horn01_500\.wav must/);
    expect(failure.message).toMatch(/decodeImage: .*img\/validation\/flute\/flute02_500\.jpg must be a whole, undamaged picture/);
  });

  it('sounds of another rate or length', async () => {
    const folder = await smallArchive();
    const sound = join(folder, 'chunk/train/horn/horn01_500.wav');
    await writeFile(sound, toneWav(1, { sampleRateHz: 48000 }));
    await expect(open(folder)).rejects.toThrow(`openDataset: ${sound} must be sampled at 44100 Hz, got 48000`);
    await writeFile(sound, toneWav(1, { length: 2 * LMS_SAMPLES }));
    await expect(open(folder)).rejects.toThrow(`openDataset: ${sound} must be 22050 samples long (0.5 s), got 44100`);
  });

  it('opens once the broken file is repaired, and fails again once it is broken again', async () => {
    const folder = await smallArchive();
    const sound = join(folder, 'chunk/train/horn/horn01_500.wav');
    const whole = await readFile(sound);
    await open(folder);
    await writeFile(sound, whole.subarray(0, 1000));
    await expect(open(folder)).rejects.toThrow(`readWav: ${sound}`);
    await writeFile(sound, whole);
    await expect(open(folder)).resolves.toBeDefined();
  });

  it('many halves missing: names some and counts the rest', async () => {
    const folder = await smallArchive();
    for (let i = 0; i < 8; i++) await writeFiles(folder, { [`img/train/tuba/tuba09_${i}.jpg`]: '' });
    await expect(open(folder)).rejects.toThrow(
      /every pair must have a picture and a sound, got 8 without: train\/tuba\/tuba09_0 \(no sound\), .* and 3 more; /,
    );
  });

  it('a split without a pair', async () => {
    const folder = await smallArchive({ train: { horn: 1 }, validation: { horn: 1 } });
    for (const part of ['img', 'chunk']) await rm(join(folder, part, 'train/horn'), { recursive: true });
    await expect(open(folder)).rejects.toThrow(`openDataset: ${folder} must hold pairs in its train split, got none`);
  });
});

describe('openDataset: problems and remedies', () => {
  it('24 broken files: the right count, the first few, the remedy', async () => {
    const folder = await smallArchive({ train: { horn: 30 }, validation: { horn: 2 } });
    for (let i = 0; i < 24; i++)
      await writeFile(join(folder, `chunk/train/horn/horn01_${500 + 100 * i}.wav`), i < 4 ? '' : 'text');
    const failure = await open(folder).catch((error: unknown) => error as RemediableError);
    if (!(failure instanceof RemediableError)) throw new Error('it opened');
    expect(failure.remedy).toEqual({ option: 'onBroken' });
    expect(failure.problem.match(/\n {2}/g)).toHaveLength(3);
    expect(failure.problem).toContain('got 24 that are not:');
    expect(failure.problem).toMatch(/, and 21 more \(4 empty, 20 unreadable in all\)$/);
    expect(failure.problem).not.toContain('onBroken');
    expect(failure.message).toBe(`${failure.problem}; fix them, or pass onBroken: 'skip' to leave them out`);
    expect((await open(folder, { onBroken: 'skip' })).dataset.splits.train).toHaveLength(6);
  });

  it('a missing half: the remedy is separate from the problem', async () => {
    const folder = await smallArchive();
    await rm(join(folder, 'chunk/train/horn/horn01_500.wav'));
    const failure = (await open(folder).catch((error: unknown) => error)) as RemediableError;
    expect(failure.remedy).toEqual({ option: 'onMissingHalf' });
    expect(failure.problem).toBe(
      'openDataset: every pair must have a picture and a sound, got 1 without: train/horn/horn01_500 (no sound)',
    );
  });

  it('a half that cannot be read by its format: why, beside what is missing', async () => {
    const folder = await smallArchive();
    await rename(join(folder, 'img/train/horn/horn01_500.jpg'), join(folder, 'img/train/horn/horn01_500.bmp'));
    await expect(open(folder)).rejects.toThrow(
      'got 1 without: train/horn/horn01_500 (no picture); 1 file is not used: img/train/horn/horn01_500.bmp (.bmp pictures cannot be read; convert them to png or jpg); add what is missing, or',
    );
  });

  it('a cache that cannot be written: the remedy is separate from the warning', async () => {
    const folder = await smallArchive();
    await writeFile(join(folder, '.cmcgan-cache'), 'a file is in the way');
    const causes: unknown[] = [];
    await openDataset(folder, { onWarning: (_, cause) => cause && causes.push([cause.remedy.option, cause.problem]) });
    expect(causes).toEqual([['cacheFolder', expect.stringMatching(/computed again next time$/)]]);
  });

  it('two files with the same name are one pair that cannot be used', async () => {
    const folder = await smallArchive();
    await writeFiles(folder, { 'img/train/horn/horn01_500.png': await noisyJpeg(1) });
    await expect(open(folder)).rejects.toThrow('must be the only file with its name, got ');
    expect((await open(folder, { onBroken: 'skip' })).dataset.splits.train).toHaveLength(9);
  });

  it('warns of files that it does not use, not of system files, and lists them', async () => {
    const folder = await smallArchive();
    await writeFiles(folder, { 'img/train/horn/notes.txt': '', 'img/train/horn/a.txt': '', 'chunk/train/.DS_Store': '' });
    const { dataset, warnings } = await open(folder);
    expect(warnings).toEqual([
      '2 files are not used: img/train/horn/a.txt, img/train/horn/notes.txt (not a picture by its extension)',
    ]);
    expect(dataset.ignoredFiles.map(({ system }) => system).sort()).toEqual([false, false, true]);
  });

  it('warns of a class that is only in the train split', async () => {
    const warnings: string[] = [];
    await openDataset(await smallArchive(), { onWarning: (warning) => warnings.push(warning) });
    expect(warnings).toEqual([CELLO]);
  });

  it('warns of a class that is only in the validation split', async () => {
    const folder = await smallArchive({ train: { horn: 3 }, validation: { horn: 1, tuba: 1 } });
    const { dataset, warnings } = await open(folder);
    expect(dataset.classNames).toEqual(['horn', 'tuba']);
    expect(warnings).toEqual(['tuba has no pair to train on: a class without training pairs is never learnt']);
  });

  it('reads sounds and pictures of every format', async () => {
    const folder = await smallArchive();
    for (const extension of ['flac', 'mp3', 'ogg', 'opus']) {
      const sound = await readFile(new URL(`../../test/fixtures/sounds/tone.${extension}`, import.meta.url));
      const pixels = new Uint8Array(20 * 20 * 3).fill(77);
      const picture = sharp(pixels, { raw: { width: 20, height: 20, channels: 3 } });
      await writeFiles(folder, {
        [`chunk/train/tuba/${extension}.${extension}`]: sound,
        [`img/train/tuba/${extension}.webp`]: await picture.webp().toBuffer(),
      });
    }
    const { dataset } = await open(folder);
    const tubas = dataset.splits.train.filter(({ instrument }) => instrument === 'tuba');
    expect(tubas.map(({ stem }) => stem)).toEqual(['flac', 'mp3', 'ogg', 'opus']);
    const { image, sound } = await dataset.load(tubas[0]);
    expect(image.every((value) => Math.abs(value - (77 / 127.5 - 1)) < 0.03)).toBe(true);
    expect(Math.max(...sound)).toBeGreaterThan(0.5);
  });
});

describe('openDataset: continuing without broken files', () => {
  it('leaves their pairs out, counts and names them, and gives the rest as if they had never been there', async () => {
    const folder = await smallArchive();
    const sound = join(folder, 'chunk/train/horn/horn01_500.wav');
    await writeFile(sound, (await readFile(sound)).subarray(0, 1000));
    await writeFile(join(folder, 'img/validation/flute/flute02_500.jpg'), '');
    await rm(join(folder, 'img/train/cello/cello01_600.jpg'));
    await expect(open(folder, { onMissingHalf: 'skip' })).rejects.toThrow('got 2 that are not');
    const { dataset, warnings } = await open(folder, { onBroken: 'skip' });
    expect(dataset.leftOut.map(({ pairId, problem }) => [pairId, problem])).toEqual([
      ['train/cello/cello01_600', 'missing half'],
      ['train/horn/horn01_500', 'truncated'],
      ['validation/flute/flute02_500', 'empty'],
    ]);
    expect(warnings).toEqual([
      'left out 3 pairs (1 empty, 1 missing half, 1 truncated): train/cello/cello01_600 (no picture), train/horn/horn01_500 (truncated), validation/flute/flute02_500 (empty)',
    ]);
    expect([dataset.splits.train.length, dataset.splits.validation.length]).toEqual([8, 3]);
    for (const path of ['train/horn/horn01_500', 'validation/flute/flute02_500', 'train/cello/cello01_600']) {
      for (const file of [`img/${path}.jpg`, `chunk/${path}.wav`]) await rm(join(folder, file), { force: true });
    }
    expect((await open(folder)).dataset.manifestHash).toBe(dataset.manifestHash);
  });

  it('but not if nothing is left of a split', async () => {
    const folder = await smallArchive({ train: { horn: 1 }, validation: { horn: 1 } });
    await writeFile(join(folder, 'chunk/validation/horn/horn02_500.wav'), '');
    await expect(open(folder, { onBroken: 'skip' })).rejects.toThrow('must hold pairs in its validation split, got none');
  });

  it('warns of songs that are in both splits', async () => {
    const folder = await smallArchive();
    await writeFiles(folder, {
      'img/train/horn/horn02_9000.jpg': await noisyJpeg(99),
      'chunk/train/horn/horn02_9000.wav': toneWav(99),
    });
    const { dataset, warnings } = await open(folder);
    expect(warnings).toEqual(['1 song is in both splits (horn 2): validation figures will be too good']);
    expect(dataset.leakage).toMatchObject({ sharedSongs: ['horn 2'], overlappingPairs: 0, clean: false });
  });
});
