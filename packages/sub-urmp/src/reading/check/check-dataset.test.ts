import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LMS_SAMPLES } from '@cmcgan/audio-features';
import { describe, expect, it } from 'vitest';
import { noisyJpeg, smallArchive, temporaryFolder, toneWav, writeFiles } from '../../../test/small-archive';
import { openDataset } from '../open-dataset';
import { checkDataset } from './check-dataset';

const SILENT_COUNTS = { train: { horn: 6, flute: 3, cello: 3 }, validation: { horn: 2, flute: 2, cello: 1 } };

describe('checkDataset', () => {
  it('finds nothing wrong with a whole set', async () => {
    const check = await checkDataset(await smallArchive(SILENT_COUNTS));
    expect(check).toMatchObject({
      pairs: { train: 12, validation: 5 },
      leftOut: [],
      leftOutPairs: 0,
      ignoredFiles: [],
      clean: true,
    });
  });

  it('reports the problem of every broken file, and continues', async () => {
    const folder = await smallArchive(SILENT_COUNTS);
    const jpg = await noisyJpeg(70);
    const [sound, image] = [(file: string) => `chunk/train/${file}.wav`, (file: string) => `img/train/${file}.jpg`];
    await rm(join(folder, image('horn/horn01_500')));
    const whole = await readFile(join(folder, sound('horn/horn01_600')));
    await writeFiles(folder, {
      [sound('horn/horn01_600')]: whole.subarray(0, 3000),
      [sound('horn/horn01_700')]: toneWav(1, { sampleRateHz: 48000 }),
      [sound('horn/horn01_800')]: toneWav(1, { length: LMS_SAMPLES / 2 }),
      [sound('horn/horn01_900')]: jpg,
      [sound('flute/flute01_500')]: '',
      [image('flute/flute01_600')]: jpg.subarray(0, jpg.length - 60),
      [image('cello/cello01_500')]: whole,
      'img/train/horn/notes.txt': 'a note',
    });
    await rm(join(folder, 'chunk/train/cello/cello01_700.wav'));
    await mkdir(join(folder, 'chunk/train/cello/cello01_700.wav')); // a folder in a file's place
    const check = await checkDataset(folder, { instruments: ['horn', 'flute', 'cello'] });
    expect(check.leftOut.map(({ pairId, problem }) => [pairId, problem])).toEqual([
      ['train/cello/cello01_700', 'unreadable'],
      ['train/horn/horn01_500', 'missing half'],
      ['train/cello/cello01_500', 'unreadable'],
      ['train/flute/flute01_500', 'empty'],
      ['train/flute/flute01_600', 'truncated'],
      ['train/horn/horn01_600', 'truncated'],
      ['train/horn/horn01_700', 'wrong rate'],
      ['train/horn/horn01_800', 'wrong length'],
      ['train/horn/horn01_900', 'unreadable'],
    ]);
    for (const { path, message } of check.leftOut) expect(message).toContain(path);
    expect(check).toMatchObject({ pairs: { train: 3, validation: 5 }, leftOutPairs: 9, clean: false });
    expect(check.ignoredFiles.map(({ path }) => path)).toEqual([join(folder, 'img/train/horn/notes.txt')]);
  });

  it('counts a pair with two broken files once', async () => {
    const folder = await smallArchive();
    await writeFiles(folder, { 'chunk/train/horn/horn01_500.wav': '', 'img/train/horn/horn01_500.jpg': '' });
    const check = await checkDataset(folder);
    expect([check.leftOut.length, check.leftOutPairs]).toEqual([2, 1]);
  });

  it('names unknown instruments, and classes that one split lacks', async () => {
    const folder = await smallArchive();
    const check = await checkDataset(folder, { instruments: ['horn', 'cello'] });
    expect(check.classNames).toEqual(['cello', 'horn']);
    expect(new Set(check.leftOut.map(({ problem }) => problem))).toEqual(new Set(['unknown instrument']));
    expect(check.leftOutPairs).toBe(5);
    expect(check.missingClasses).toEqual({ train: [], validation: ['cello'] });
  });

  it('finds a training file that was copied to the validation split', async () => {
    const folder = await smallArchive(SILENT_COUNTS);
    await cp(join(folder, 'chunk/train/horn/horn01_500.wav'), join(folder, 'chunk/validation/horn/horn02_500.wav'));
    expect((await checkDataset(folder)).leakage).toMatchObject({ repeatedSounds: 1, repeatedImages: 0, clean: false });
  });

  it('continues to the end past two files with the same name and entries that are not files', async () => {
    const folder = await smallArchive(SILENT_COUNTS);
    await writeFiles(folder, { 'img/train/horn/horn01_500.png': '', 'chunk/train/flute/flute01_500.wav': '' });
    const pipe = join(folder, 'img/train/cello/cello01_500.jpg');
    await rm(pipe);
    if (process.platform === 'win32') await mkdir(pipe);
    else execFileSync('mkfifo', [pipe]);
    const check = await checkDataset(folder);
    expect(check.leftOut.map(({ pairId, problem }) => [pairId, problem])).toEqual([
      ['train/cello/cello01_500', 'unreadable'],
      ['train/horn/horn01_500', 'duplicate name'],
      ['train/horn/horn01_500', 'duplicate name'],
      ['train/flute/flute01_500', 'empty'],
    ]);
    expect(check).toMatchObject({ pairs: { train: 9, validation: 5 }, leftOutPairs: 3 });
  });

  it('names silent sounds, from the files and from the cache', async () => {
    const folder = await smallArchive(SILENT_COUNTS);
    const silent = join(folder, 'chunk/train/horn/horn01_700.wav');
    await writeFiles(folder, {
      'chunk/train/horn/horn01_700.wav': toneWav(1, { amplitude: 1e-5 }),
      'chunk/train/horn/horn01_800.wav': toneWav(2, { amplitude: 1e-3 }), // quiet: 63 dB below full scale
    });
    expect((await checkDataset(folder)).silentSounds).toEqual([silent]);
    expect((await checkDataset(folder)).silentSounds).toEqual([silent]);
    const cacheFolder = await temporaryFolder();
    await openDataset(folder, { cacheFolder }); // spectra are cached, but not yet which sounds are silent
    expect((await checkDataset(folder, { cacheFolder })).silentSounds).toEqual([silent]);
  });

  it('lists pictures that violate their format, from the files and from the cache, and uses them', async () => {
    const folder = await smallArchive(SILENT_COUNTS);
    const cacheFolder = await temporaryFolder();
    const place = (stem: string) => join(folder, `img/train/horn/${stem}.jpg`);
    const fixture = (name: string) => readFile(new URL(`../../../test/fixtures/pictures/${name}`, import.meta.url));
    await writeFile(place('horn01_600'), await fixture('samsung-sos.jpg'));
    await writeFile(place('horn01_500'), await fixture('cctv-extraneous.jpg'));
    const expected = [
      { path: place('horn01_500'), message: `${place('horn01_500')} was read in spite of 4 stray bytes before marker 0xdb` },
      {
        path: place('horn01_600'),
        message: `${place('horn01_600')} was read in spite of scan parameters that a sequential JPEG does not have`,
      },
    ];
    const found = async (options = {}) => {
      const { pictureWarnings, leftOut, clean, pairs } = await checkDataset(folder, { cacheFolder, ...options });
      expect({ leftOut, clean, pairs }).toEqual({ leftOut: [], clean: true, pairs: { train: 12, validation: 5 } });
      return pictureWarnings;
    };
    await openDataset(folder, { cacheFolder }); // frames are cached, but not yet how pictures depart from their format
    expect(await found()).toEqual(expected);
    expect(await found()).toEqual(expected); // from the cached results
    expect(await found({ cacheFolder: null })).toEqual(expected);
    await writeFile(place('horn01_700'), await fixture('samsung-sos.jpg')); // one more among many that are known
    expect((await found()).map(({ path }) => path)).toEqual(['horn01_500', 'horn01_600', 'horn01_700'].map(place));
  });

  it('reports a data set of only broken files, and rejects a folder without a data set', async () => {
    const folder = await smallArchive({ train: { horn: 1 }, validation: { horn: 1 } });
    for (const file of ['train/horn/horn01_500', 'validation/horn/horn02_500'])
      await writeFile(join(folder, `chunk/${file}.wav`), 'x');
    expect(await checkDataset(folder)).toMatchObject({ pairs: { train: 0, validation: 0 }, leftOutPairs: 2, clean: false });
    await expect(checkDataset(await temporaryFolder())).rejects.toThrow('must hold img/');
  });
});
