import { execFileSync } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../../../test/small-archive';
import { listSources } from './list-sources';
import { recordingName } from './recording-name';

describe('listSources', () => {
  const list = async (files: string[], looseFiles = false) => {
    const folder = await temporaryFolder();
    await writeFiles(folder, Object.fromEntries(files.map((file) => [file, ''])));
    const sources = await listSources(folder, { medium: 'sound', looseFiles });
    return sources.files.map(({ relativePath, className, split }) => [relativePath, className, split]);
  };

  it('takes the class from the first folder, however deep the file lies, and any name for a class', async () => {
    expect(await list(['çâté d’or/b/1.WAV', '42/x.wav', '.git/x.wav', '42/notes.txt', 'loose.wav'])).toEqual([
      ['42/x.wav', '42', undefined],
      ['çâté d’or/b/1.WAV', 'çâté d’or', undefined],
    ]);
  });

  it('treats a file outside of any folder as a class of its own, if asked to', async () => {
    expect(await list(['duet.wav', 'solo/1.wav'], true)).toEqual([
      ['duet.wav', 'duet', undefined],
      ['solo/1.wav', 'solo', undefined],
    ]);
  });

  it('keeps a split that folders make; a class may be called train all the same', async () => {
    expect(await list(['train/cat/1.wav', 'test/cat/2.wav'])).toEqual([
      ['test/cat/2.wav', 'cat', 'validation'],
      ['train/cat/1.wav', 'cat', 'train'],
    ]);
    expect(await list(['train/1.wav', 'bus/2.wav'])).toEqual([
      ['bus/2.wav', 'bus', undefined],
      ['train/1.wav', 'train', undefined],
    ]);
  });
});

describe('listSources: nothing is left out silently', () => {
  const listIn = async (folder: string, looseFiles = false) => {
    const { files, ignored } = await listSources(folder, { medium: 'sound', looseFiles });
    const told = ignored.map(({ path, reason, system }) => [path.slice(folder.length + 1), system ? 'system' : reason]);
    return { files: files.map(({ relativePath, split }) => [relativePath, split]), ignored: Object.fromEntries(told) as unknown };
  };

  it('names what is not used, with its reason', async () => {
    const folder = await temporaryFolder();
    const names = [
      'cat/1.flac',
      'cat/2.m4a',
      'cat/clip.mpg',
      'cat/3.jpg',
      'cat/notes.txt',
      'loose.wav',
      '.hidden/1.wav',
      '.DS_Store',
    ];
    await writeFiles(folder, Object.fromEntries(names.map((name) => [name, ''])));
    expect(await listIn(folder)).toEqual({
      files: [['cat/1.flac', undefined]],
      ignored: {
        'cat/2.m4a': '.m4a sounds cannot be read; convert them to wav or flac',
        'cat/clip.mpg': 'a video among sounds; prepare cuts videos into pairs',
        'cat/3.jpg': 'a picture among sounds',
        'cat/notes.txt': 'not a sound by its extension',
        'loose.wav': 'it is not in a class folder',
        '.hidden': 'hidden: its name begins with a dot',
        '.DS_Store': 'system',
      },
    });
  });

  it.each(['validation', 'Valid', 'val', 'dev', 'EVAL', 'test'])('takes %s as the validation split', async (name) => {
    const folder = await temporaryFolder();
    await writeFiles(folder, { 'Train/cat/1.wav': '', [`${name}/cat/2.wav`]: '', [`${name}/3.wav`]: '', 'other/cat/4.wav': '' });
    const { files, ignored } = await listIn(folder, true);
    expect(Object.fromEntries(files)).toEqual({ 'Train/cat/1.wav': 'train', [`${name}/cat/2.wav`]: 'validation' });
    expect(ignored).toEqual({
      [`${name}/3.wav`]: 'it is not in a class folder',
      'other/cat/4.wav': 'it lies beside the folders of the splits',
    });
  });

  it('brings names to NFC', async () => {
    const folder = await temporaryFolder();
    await writeFiles(folder, { [`${'flûte'.normalize('NFD')}/${'é'.normalize('NFD')}.wav`]: '' });
    const { files } = await listSources(folder, { medium: 'sound' });
    expect(files).toMatchObject([{ className: 'flûte', stem: 'é', place: 'é' }]);
  });

  it.skipIf(process.platform === 'win32')('follows links, but not in circles, and does not open pipes', async () => {
    const folder = await temporaryFolder();
    const elsewhere = await temporaryFolder();
    await writeFiles(elsewhere, { '1.wav': '' });
    await writeFiles(folder, { 'dog/1.wav': '' });
    await symlink(elsewhere, join(folder, 'cat'));
    await symlink(folder, join(folder, 'dog/home'));
    await symlink(join(folder, 'nowhere'), join(folder, 'dog/2.wav'));
    execFileSync('mkfifo', [join(folder, 'dog/3.wav')]);
    expect(await listIn(folder)).toEqual({
      files: [
        ['cat/1.wav', undefined],
        ['dog/1.wav', undefined],
      ],
      ignored: { 'dog/home': 'a link to a folder above it', 'dog/2.wav': 'a link to nothing', 'dog/3.wav': 'a named pipe' },
    });
  });
});

describe('recordingName', () => {
  it.each([
    ['horn01_500', undefined, 'c/horn01'],
    ['dog_1', undefined, 'c/dog_1'],
    ['dog_1', /^(.*)_\d+$/, 'c/dog'],
    ['whole', /^(.*)_\d+$/, 'c/whole'],
  ])('%s by %s is %s', (stem, pattern, name) => {
    expect(recordingName({ className: 'c', stem }, pattern)).toBe(name);
  });
});
