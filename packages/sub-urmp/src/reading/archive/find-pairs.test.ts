import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdir, symlink, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../../../test/small-archive';
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

  it('reports files with other extensions, and leaves out halves and unknown instruments', async () => {
    const folder = await layout(...PAIRS, 'train/tuba/tuba01_600');
    await rm(join(folder, 'chunk/train/tuba/tuba01_600.wav'));
    await writeFiles(folder, { 'chunk/validation/flute/flute01_500.wav': '', 'img/train/tuba/tuba01_700.bmp': '' });
    const found = await findPairs(folder, { instruments: ['tuba', 'double_bass', 'flute'] });
    expect(found.classNames).toEqual(['double_bass', 'tuba']);
    expect(found.leftOut.map(({ pairId, path, problem }) => [pairId, path, problem])).toEqual([
      ['train/tuba/tuba01_600', join(folder, 'img/train/tuba/tuba01_600.jpg'), 'missing half'],
      ['validation/flute/flute01_500', join(folder, 'chunk/validation/flute/flute01_500.wav'), 'missing half'],
      ['validation/oboe/oboe02_500', join(folder, 'img/validation/oboe/oboe02_500.jpg'), 'unknown instrument'],
    ]);
    expect(found.ignored).toEqual([
      {
        path: join(folder, 'img/train/tuba/tuba01_700.bmp'),
        files: 1,
        reason: '.bmp pictures cannot be read; convert them to png or jpg',
        system: false,
      },
    ]);
  });
});

describe('findPairs: nothing is left out silently', () => {
  const relativeTo = (folder: string, { ignored }: Awaited<ReturnType<typeof findPairs>>) =>
    ignored.filter(({ system }) => !system).map(({ path, files, reason }) => [path.slice(folder.length + 1), files, reason]);

  it('reads pictures and sounds of all formats', async () => {
    const folder = await layout(...PAIRS);
    const [pictures, sounds] = [
      ['jpeg', 'JFIF', 'png', 'webp', 'avif', 'gif', 'tif', 'tiff'],
      ['flac', 'MP3', 'ogg', 'oga', 'opus', 'wave', 'AIFF', 'aif'],
    ];
    for (const [i, extension] of pictures.entries()) {
      await writeFiles(folder, { [`img/train/oboe/x${i}.${extension}`]: '', [`chunk/train/oboe/x${i}.${sounds[i]}`]: '' });
    }
    const { splits, ignored } = await findPairs(folder);
    expect(splits.train.filter(({ instrument }) => instrument === 'oboe')).toHaveLength(8);
    expect(ignored).toEqual([]);
  });

  it('names every file that is not used, with its reason', async () => {
    const folder = await layout(...PAIRS);
    await writeFiles(folder, {
      'origin.csv': '',
      'extra/a/1.jpg': '',
      'extra/2.jpg': '',
      'img/loose.jpg': '',
      'img/train/loose.jpg': '',
      'img/train/tuba/more/tuba01_600.jpg': '',
      'img/train/tuba/clip.ts': '',
      'img/train/tuba/tuba01_500.wav': '',
      'img/train/tuba/notes.txt': '',
      'img/train/tuba/.tuba01_600.jpg': '',
      'img/test/oboe/oboe03_500.jpg': '',
      'img/test/oboe/oboe03_600.jpg': '',
      'chunk/holdout/oboe/oboe03_500.wav': '',
      'chunk/train/tuba/tuba01_500.m4a': '',
    });
    const unknown =
      'not the name of a split: those are train, training, validation, valid, val, dev, eval, evaluation, test, testing';
    const taken = 'validation is used for the validation split; move these files there, or rename the folder they are to replace';
    expect(relativeTo(folder, await findPairs(folder))).toEqual([
      ['extra', 2, 'it lies beside img and chunk'],
      ['origin.csv', 1, 'it lies beside img and chunk'],
      ['img/loose.jpg', 1, 'it is not in a class folder'],
      ['img/test', 2, taken],
      ['chunk/holdout', 1, unknown],
      ['img/train/loose.jpg', 1, 'it is not in a class folder'],
      ['img/train/tuba/.tuba01_600.jpg', 1, 'hidden: its name begins with a dot'],
      ['img/train/tuba/clip.ts', 1, 'a video among pictures; prepare cuts videos into pairs'],
      ['img/train/tuba/more', 1, 'a folder inside a class folder; move its files up'],
      ['img/train/tuba/notes.txt', 1, 'not a picture by its extension'],
      ['img/train/tuba/tuba01_500.wav', 1, 'a sound among pictures'],
      ['chunk/train/tuba/tuba01_500.m4a', 1, '.m4a sounds cannot be read; convert them to wav or flac'],
    ]);
  });

  it('counts system files and its own files as system files', async () => {
    const folder = await layout(...PAIRS);
    const names = ['.DS_Store', 'img/Thumbs.db', 'img/train/desktop.ini', 'img/train/tuba/._tuba01_500.jpg', '__MACOSX/img/._x'];
    await writeFiles(
      folder,
      Object.fromEntries([...names, 'dataset-card.json', '.cmcgan-cache/features/x'].map((name) => [name, ''])),
    );
    const { ignored, leftOut, splits } = await findPairs(folder);
    expect(ignored).toHaveLength(7);
    expect(ignored.every(({ system }) => system)).toBe(true);
    expect([leftOut.length, splits.train.length]).toEqual([0, 2]);
  });

  it.each([
    ['val', 'val'],
    ['Valid', 'valid'],
    ['dev', 'DEV'],
    ['eval', 'eval'],
    ['Test', 'test'],
    ['val', 'validation'],
  ])('takes img/%s and chunk/%s as the validation split', async (images, sounds) => {
    const folder = await layout(PAIRS[0], PAIRS[1]);
    await writeFiles(folder, { [`img/${images}/oboe/o1.jpg`]: '', [`chunk/${sounds}/oboe/o1.wav`]: '' });
    await rename(join(folder, 'img/train'), join(folder, 'img/Train'));
    const { splits } = await findPairs(folder);
    expect(splits.train).toHaveLength(2);
    expect(splits.validation.map(({ id }) => id)).toEqual(['validation/oboe/o1']);
  });

  it('compares names in NFC: classes and stems of a zip made on a Mac', async () => {
    const folder = await layout(...PAIRS);
    const [composed, decomposed] = ['flûte', 'flûte'.normalize('NFD')];
    await writeFiles(folder, {
      [`img/train/${decomposed}/${decomposed}01_500.jpg`]: '',
      [`chunk/train/${composed}/${composed}01_500.wav`]: '',
      [`img/validation/${composed}/é.jpg`]: '',
      [`chunk/validation/${composed}/${'é'.normalize('NFD')}.wav`]: '',
    });
    const { classNames, splits, leftOut } = await findPairs(folder, { instruments: ['tuba', 'double_bass', 'oboe', decomposed] });
    expect(leftOut).toEqual([]);
    expect(classNames).toEqual(['double_bass', composed, 'oboe', 'tuba']);
    expect(splits.validation.map(({ id }) => id)).toEqual([`validation/${composed}/é`, 'validation/oboe/oboe02_500']);
  });

  it('reports two files with the same name, and continues with the rest', async () => {
    const folder = await layout(...PAIRS);
    await writeFiles(folder, { 'img/train/tuba/tuba01_500.png': '', [`chunk/train/tuba/tuba01_500.flac`]: '' });
    const { leftOut, splits } = await findPairs(folder);
    expect(leftOut.map(({ problem, path }) => [problem, path.slice(folder.length + 1)])).toEqual([
      ['duplicate name', 'img/train/tuba/tuba01_500.jpg'],
      ['duplicate name', 'img/train/tuba/tuba01_500.png'],
      ['duplicate name', 'chunk/train/tuba/tuba01_500.flac'],
      ['duplicate name', 'chunk/train/tuba/tuba01_500.wav'],
    ]);
    expect(leftOut[0].message).toBe(
      `openDataset: ${join(folder, 'img/train/tuba/tuba01_500.jpg')} must be the only file with its name, got ${join(folder, 'img/train/tuba/tuba01_500.png')} too`,
    );
    expect(splits.train.map(({ stem }) => stem)).toEqual(['double_bass03_600']);
  });

  it.skipIf(process.platform === 'win32')('reports pipes, sockets, and links to nowhere and to themselves', async () => {
    const folder = await layout(...PAIRS, 'train/tuba/a', 'train/tuba/b', 'train/tuba/c', 'train/tuba/d', 'train/tuba/e');
    const at = (stem: string) => join(folder, `img/train/tuba/${stem}.jpg`);
    for (const stem of ['a', 'b', 'c', 'd', 'e']) await rm(at(stem));
    execFileSync('mkfifo', [at('a')]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(at('b'), resolve));
    await symlink(join(folder, 'nowhere'), at('c'));
    await symlink(at('d'), at('d'));
    await mkdir(at('e'));
    const { leftOut } = await findPairs(folder);
    server.close();
    expect(leftOut.map(({ pairId, message }) => [pairId.slice(-1), message.split(', got ')[1]])).toEqual([
      ['a', 'a named pipe'],
      ['b', 'a socket'],
      ['c', 'a link to nothing'],
      ['d', 'a link that leads back to itself'],
      ['e', 'a folder'],
    ]);
  });

  it('reports a class that has only pictures or only sounds', async () => {
    const folder = await layout(...PAIRS);
    await writeFiles(folder, { 'img/train/kazoo/k1.jpg': '', 'chunk/train/tuba/tuba01_900.wav': '' });
    const { leftOut } = await findPairs(folder);
    expect(leftOut.map(({ message }) => message.split(' must ')[1])).toEqual([
      'have a sound of the same name, got no sound of kazoo at all',
      'have a picture of the same name, got none',
    ]);
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
});
