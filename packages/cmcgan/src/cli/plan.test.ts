import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/temporary-folder';
import { findInputs } from './find-inputs';
import { planOutputs } from './plan-outputs';
import { parsePattern } from './walk';

const folder = temporaryFolder('cmcgan-plan');
const inFolder = (...names: string[]) => join(folder, ...names);
const FILES = [
  'a.jpg',
  'b10.PNG',
  'b9.png',
  'notes.txt',
  'song.mp3',
  'old.wav',
  'raw',
  '.hidden.png',
  'deep/er/a.jpg',
  'deep/a.png',
  'deep/a.jpg',
];

beforeAll(() => {
  mkdirSync(inFolder('in/deep/er'), { recursive: true });
  for (const file of FILES) writeFileSync(inFolder('in', file), '');
});

const below = (paths: readonly string[]) => paths.map((path) => relative(inFolder('in'), path).replaceAll('\\', '/'));

async function plan(names: readonly string[], out?: string, force = false) {
  const { conversions, kept } = planOutputs(await findInputs(names.map((name) => inFolder(name))), { out, force });
  return { pairs: conversions.map(({ input, output }) => [...below([input.path]), output]), kept };
}

describe('findInputs', () => {
  it('finds the pictures and sounds of a folder and those below it, in order, and counts the other files', async () => {
    const { files, others, single } = await findInputs([inFolder('in')]);
    expect(below(files.map(({ path }) => path))).toEqual([
      ...['a.jpg', 'b9.png', 'b10.PNG', 'deep/a.jpg', 'deep/a.png', 'deep/er/a.jpg', 'old.wav', 'song.mp3'],
    ]);
    expect([others, single]).toEqual([2, false]);
  });

  it.each<[string, string[]]>([
    ['in/*.png', ['b9.png']],
    ['in/b?.png', ['b9.png']],
    ['in/*.{jpg,mp3}', ['a.jpg', 'song.mp3']],
    ['in/**/*.jpg', ['a.jpg', 'deep/a.jpg', 'deep/er/a.jpg']],
    ['in/*/a.*', ['deep/a.jpg', 'deep/a.png']],
    ['in/[ab]*.[jP]*', ['a.jpg', 'b10.PNG']],
  ])('finds what matches %s', async (pattern, expected) => {
    expect(below((await findInputs([inFolder(pattern)])).files.map(({ path }) => path))).toEqual(expected);
  });

  it('takes a file once that is named twice', async () => {
    expect((await findInputs([inFolder('in/a.jpg'), inFolder('in/*.jpg')])).files.length).toBe(1);
  });

  it('refuses what does not exist', async () => {
    await expect(findInputs([inFolder('none.jpg')])).rejects.toThrow(`${inFolder('none.jpg')} does not exist`);
    await expect(findInputs([inFolder('in/*.gif')])).rejects.toThrow(`no file matches ${inFolder('in/*.gif')}`);
  });
});

describe('parsePattern', () => {
  it('takes dots and brackets of a name literally', () => {
    const { root, matches, depth } = parsePattern('a/b+(1)/*.jpg');
    expect([root, depth, matches.test('x.jpg'), matches.test('xjpg'), matches.test('y/x.jpg')]).toEqual([
      'a/b+(1)',
      1,
      true,
      false,
      false,
    ]);
    expect(parsePattern('*/x').root).toBe('.');
    expect(parsePattern('/*/x').root).toBe('/');
  });
});

describe('planOutputs', () => {
  it('writes a single result beside its file, where --out names, or into a folder', async () => {
    expect((await plan(['in/a.jpg'])).pairs).toEqual([['a.jpg', inFolder('in', 'a.wav')]]);
    expect((await plan(['in/song.mp3'], 'x/y.jpeg')).pairs).toEqual([['song.mp3', 'x/y.jpeg']]);
    expect((await plan(['in/song.mp3'], 'x')).pairs).toEqual([['song.mp3', join('x', 'song.png')]]);
    expect((await plan(['in/raw'], 'x.png')).pairs).toEqual([['raw', 'x.png']]);
  });

  it('keeps the folders of many files, and the whole name of those that differ only in their ending', async () => {
    expect((await plan(['in/deep'], 'out')).pairs).toEqual([
      ['deep/a.jpg', join('out', 'a.jpg.wav')],
      ['deep/a.png', join('out', 'a.png.wav')],
      ['deep/er/a.jpg', join('out', 'er', 'a.wav')],
    ]);
  });

  it('leaves out the results of an earlier call in a folder within', async () => {
    expect((await plan(['in'], inFolder('in', 'deep'))).pairs.map(([input]) => input)).toEqual([
      'a.jpg',
      'b9.png',
      'b10.PNG',
      'old.wav',
      'song.mp3',
    ]);
  });

  it('keeps results that exist, unless --force is given', async () => {
    const out = inFolder('made');
    mkdirSync(out);
    writeFileSync(join(out, 'a.wav'), '');
    const several = await plan(['in/a.jpg', 'in/b9.png'], out);
    expect([several.kept, several.pairs.length]).toEqual([1, 1]);
    expect((await plan(['in/a.jpg', 'in/b9.png'], out, true)).pairs.length).toBe(2);
    await expect(plan(['in/a.jpg'], join(out, 'a.wav'))).rejects.toThrow(
      'a.wav exists; replace it with --force, or name another file with --out',
    );
  });

  it.each<[string[], string | undefined, string]>([
    [['in'], undefined, 'name the folder for the results with --out'],
    [['in'], 'x.wav', '--out x.wav must be a folder, since there are several files to read'],
    [
      ['in/raw'],
      undefined,
      'in/raw must be a picture or a sound, which the ending of its name does not tell; name the result with --out',
    ],
    [['in/a.jpg'], 'x.png', '--out x.png must be a file of .wav, since'],
    [['in/a.jpg'], 'x.mp3', 'in/a.jpg is a picture, or a folder (end it with /)'],
    [['in/song.mp3'], 'x.webp', '--out x.webp must be a file of .png, .jpg, .jpeg, since'],
    [['in/*.txt'], 'out', 'there must be a picture or a sound to read, got 1 files of other kinds'],
  ])('refuses %j to %s', async (names, out, message) => {
    await expect(plan(names, out)).rejects.toThrow(message);
  });
});
