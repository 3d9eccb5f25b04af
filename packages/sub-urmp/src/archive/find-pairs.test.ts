import { symlink, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../../test/small-archive';
import { findPairs } from './find-pairs';

/** Empty files: what they hold does not matter here. */
async function layout(...pairs: string[]): Promise<string> {
  const folder = await temporaryFolder();
  for (const pair of pairs) await writeFiles(folder, { [`img/${pair}.jpg`]: '', [`chunk/${pair}.wav`]: '' });
  return folder;
}

const PAIRS = ['train/tuba/tuba01_500', 'train/double_bass/double_bass03_600', 'validation/oboe/oboe02_500'];

describe('findPairs', () => {
  it('pairs by split, instrument and stem; class ids are alphabetical over both splits', async () => {
    const folder = await layout(...PAIRS);
    const { classNames, splits } = await findPairs(folder);
    expect(classNames).toEqual(['double_bass', 'oboe', 'tuba']);
    expect(splits.train.map(({ id, classId }) => [id, classId])).toEqual([
      ['train/double_bass/double_bass03_600', 0],
      ['train/tuba/tuba01_500', 2],
    ]);
    expect(splits.validation).toEqual([
      {
        id: 'validation/oboe/oboe02_500',
        stem: 'oboe02_500',
        split: 'validation',
        instrument: 'oboe',
        classId: 1,
        imagePath: join(folder, 'img/validation/oboe/oboe02_500.jpg'),
        soundPath: join(folder, 'chunk/validation/oboe/oboe02_500.wav'),
        song: 2,
        timeMs: 500,
      },
    ]);
  });

  it('orders pairs by song and time, not by spelling', async () => {
    const stems = ['horn01_1000', 'horn01_500', 'horn00_2000', 'horn'];
    const folder = await layout(...PAIRS, ...stems.map((stem) => `train/horn/${stem}`));
    const horns = (await findPairs(folder)).splits.train.filter(({ instrument }) => instrument === 'horn');
    expect(horns.map(({ stem }) => stem)).toEqual(['horn00_2000', 'horn01_500', 'horn01_1000', 'horn']);
  });

  it("takes 'test' for the second split, and names that are given", async () => {
    const folder = await layout(...PAIRS);
    for (const part of ['img', 'chunk']) await rename(join(folder, part, 'validation'), join(folder, part, 'test'));
    expect((await findPairs(folder)).splits.validation[0].id).toBe('validation/oboe/oboe02_500');
    for (const part of ['img', 'chunk']) await rename(join(folder, part, 'test'), join(folder, part, 'held-out'));
    expect((await findPairs(folder, { splits: { validation: 'held-out' } })).splits.validation).toHaveLength(1);
  });

  it('passes over hidden and foreign files, follows links, and takes extensions in capitals', async () => {
    const folder = await layout(...PAIRS);
    await writeFiles(folder, {
      'img/train/tuba/._tuba01_500.jpg': '',
      'img/train/.DS_Store': '',
      'img/train/tuba/Thumbs.db': '',
    });
    await rename(join(folder, 'img/train/tuba/tuba01_500.jpg'), join(folder, 'img/train/tuba/tuba01_500.JPG'));
    await rename(join(folder, 'chunk/train/tuba'), join(folder, 'elsewhere'));
    await symlink(join(folder, 'elsewhere'), join(folder, 'chunk/train/tuba'));
    expect((await findPairs(folder)).splits.train).toHaveLength(2);
  });

  it('tells of files with other extensions, and leaves out halves and instruments that it may not know', async () => {
    const folder = await layout(...PAIRS, 'train/tuba/tuba01_600');
    await rm(join(folder, 'chunk/train/tuba/tuba01_600.wav'));
    await writeFiles(folder, { 'chunk/validation/flute/flute01_500.wav': '', 'img/train/tuba/tuba01_700.bmp': '' });
    const ignored: string[] = [];
    const options = { instruments: ['tuba', 'double_bass', 'flute'], onIgnored: (path: string) => ignored.push(path) };
    const found = await findPairs(folder, options);
    expect(found.classNames).toEqual(['double_bass', 'tuba']);
    expect(found.leftOut.map(({ pairId, path, problem }) => [pairId, path, problem])).toEqual([
      ['train/tuba/tuba01_600', join(folder, 'img/train/tuba/tuba01_600.jpg'), 'missing half'],
      ['validation/flute/flute01_500', join(folder, 'chunk/validation/flute/flute01_500.wav'), 'missing half'],
      ['validation/oboe/oboe02_500', join(folder, 'img/validation/oboe/oboe02_500.jpg'), 'unknown instrument'],
    ]);
    expect(ignored).toEqual([join(folder, 'img/train/tuba/tuba01_700.bmp')]);
  });
});

describe('findPairs: errors', () => {
  it('a folder that is missing', async () => {
    await expect(findPairs('/no/such/folder')).rejects.toThrow(
      'openDataset: folder must exist and be a folder, got /no/such/folder',
    );
  });

  it('an empty folder', async () => {
    const folder = await temporaryFolder();
    await expect(findPairs(folder)).rejects.toThrow(
      `openDataset: ${folder} must hold img/{train,validation}/<instrument>/*.jpg beside chunk/{train,validation}/<instrument>/*.wav, got no img/train`,
    );
  });

  it('a folder without its second split', async () => {
    const folder = await layout(PAIRS[0]);
    await expect(findPairs(folder)).rejects.toThrow('got no img/validation or img/test');
  });

  it('pictures without the folder of sounds', async () => {
    const folder = await layout(...PAIRS);
    await rm(join(folder, 'chunk/train'), { recursive: true });
    await expect(findPairs(folder)).rejects.toThrow(
      `openDataset: ${join(folder, 'img/train')} must lie beside ${join(folder, 'chunk/train')}`,
    );
  });

  it('two pictures of one stem', async () => {
    const folder = await layout(...PAIRS);
    await writeFiles(folder, { 'img/train/tuba/tuba01_500.png': '' });
    await expect(findPairs(folder)).rejects.toThrow('openDataset: a stem must name one file, got ');
  });
});
