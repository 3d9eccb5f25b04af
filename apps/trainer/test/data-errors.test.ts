import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './cli-process';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('data-errors');
let data: string;

beforeAll(async () => {
  data = await simulateTinyData(root);
});

/** A copy of the data, and the path in it of the first picture or sound of the training violins. */
function copyOf(name: string, kind: 'img' | 'chunk'): { folder: string; file: string } {
  const folder = join(root, name);
  cpSync(data, folder, { recursive: true });
  const instrument = join(folder, kind, 'train', 'violin');
  return { folder, file: join(instrument, readdirSync(instrument)[0]) };
}

async function errorOf(folder: string, words: readonly string[] = []): Promise<string> {
  const { exitCode, stderr } = await runCli(['--preset', 'quick', '--data', folder, '--out', join(`${folder}-run`), ...words]);
  expect(stderr.trimEnd().split('\n'), stderr).toHaveLength(1);
  expect(stderr).toMatch(/^trainer: /);
  expect(exitCode).toBe(1);
  return stderr;
}

describe('data that cannot be trained on is one clear line', () => {
  it('a folder that is not there', async () => {
    expect(await errorOf(join(root, 'nowhere'))).toContain(join(root, 'nowhere'));
  });

  it('an empty folder', async () => {
    mkdirSync(join(root, 'empty'));
    expect(await errorOf(join(root, 'empty'))).toContain(join(root, 'empty'));
  });

  it('a sound whose picture is missing', async () => {
    const { folder, file } = copyOf('no-picture', 'img');
    rmSync(file);
    expect(await errorOf(folder)).toContain(file.split('/').at(-1)!.replace('.jpg', ''));
  });

  it('a picture whose sound is missing', async () => {
    const { folder, file } = copyOf('no-sound', 'chunk');
    rmSync(file);
    expect(await errorOf(folder)).toContain(file.split('/').at(-1)!.replace('.wav', ''));
  });

  it('a text file named .wav', async () => {
    const { folder, file } = copyOf('text', 'chunk');
    writeFileSync(file, 'la la la');
    expect(await errorOf(folder)).toContain(file);
  });

  it('a truncated jpg', async () => {
    const { folder, file } = copyOf('truncated', 'img');
    truncateSync(file, Math.floor(readFileSync(file).length / 2));
    expect(await errorOf(folder)).toContain(file);
  });

  it('fewer pairs than a batch', async () => {
    expect(await errorOf(data, ['--batch-size', '64'])).toContain('13 training pairs, too few for one update of --batch-size 64');
  });
});
