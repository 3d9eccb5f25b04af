import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../../../test/small-archive';
import { listSources } from './list-sources';
import { recordingName } from './recording-name';

describe('listSources', () => {
  const list = async (files: string[], looseFiles = false) => {
    const folder = await temporaryFolder();
    await writeFiles(folder, Object.fromEntries(files.map((file) => [file, ''])));
    const sources = await listSources(folder, { extensions: ['.wav'], looseFiles });
    return sources.map(({ relativePath, className, split }) => [relativePath, className, split]);
  };

  it('takes the class from the first folder, however deep the file lies, and any name for a class', async () => {
    expect(await list(['çâté d’or/b/1.WAV', '42/x.wav', '.git/x.wav', '42/notes.txt', 'loose.wav'])).toEqual([
      ['42/x.wav', '42', undefined],
      ['çâté d’or/b/1.WAV', 'çâté d’or', undefined],
    ]);
  });

  it('takes a file in no folder for a class of its own, if told so', async () => {
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
