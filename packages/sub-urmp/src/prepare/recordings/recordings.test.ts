import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../../../test/small-archive';
import { createRandom } from '../../random';
import { listSources } from './list-sources';
import { recordingName } from './recording-name';
import { splitEnd } from './split-end';
import { sideKey, splitRecordings } from './split-recordings';

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

describe('splitRecordings', () => {
  const items = (className: string, count: number, split?: 'train' | 'validation') =>
    Array.from({ length: count }, (_, i) => ({ className, recording: `${className}/${i}`, split }));
  const split = (all: ReturnType<typeof items>, validationShare = 0.2, seed = 1) => {
    const sides = splitRecordings(all, { validationShare, random: createRandom(seed) });
    return all.map((item) => sides.get(sideKey(item)));
  };

  it('keeps a share of each class, one at least and never all', () => {
    const count = (sides: unknown[]) => sides.filter((side) => side === 'validation').length;
    expect([10, 2, 3, 100].map((n) => count(split(items('a', n))))).toEqual([2, 1, 1, 20]);
    expect(count(split(items('a', 3), 0.99))).toBe(2);
  });

  it('depends on the seed and on nothing else: not on other classes, not on the order', () => {
    const alone = split(items('b', 10));
    expect(split([...items('a', 5), ...items('b', 10)]).slice(5)).toEqual(alone);
    expect(split(items('b', 10).reverse()).reverse()).toEqual(alone);
    expect(Array.from({ length: 20 }, (_, seed) => split(items('b', 10), 0.2, seed).join())).not.toEqual(
      Array(20).fill(alone.join()),
    );
  });

  it('keeps files of one recording together, and a lone recording for its end', () => {
    const twice = [...items('a', 4), ...items('a', 4)];
    const sides = split(twice);
    expect(sides.slice(0, 4)).toEqual(sides.slice(4));
    expect(split(items('a', 1))).toEqual(['end']);
  });

  it('leaves what is on a side there', () => {
    expect(split([...items('a', 2, 'validation'), ...items('a', 3, 'train')])).toEqual([
      ...['validation', 'validation'],
      ...['train', 'train', 'train'],
    ]);
  });
});

describe('splitEnd', () => {
  it('keeps the end, and half a second between the sides', () => {
    const times = Array.from({ length: 20 }, (_, i) => 250 + i * 100);
    const sides = splitEnd(times, { validationShare: 0.2, windowMs: 500 });
    expect(sides.slice(16)).toEqual(Array(4).fill('validation'));
    expect(sides.slice(12, 16)).toEqual(Array(4).fill(undefined));
    expect(sides.slice(0, 12)).toEqual(Array(12).fill('train'));
  });
});
