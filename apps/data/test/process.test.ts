// Runs the built program as a process, so dist/cli.js must exist.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LMS_SAMPLE_RATE_HZ, writeWav } from '@cmcgan/audio-features';
import { encodePng } from '@cmcgan/image-io';
import { openDataset, readDatasetCard } from '@cmcgan/sub-urmp';
import { describe, expect, it, onTestFinished } from 'vitest';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** Pictures and sounds of two classes, four of each. */
async function pets(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'data-process-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [c, className] of ['cat', 'dog'].entries()) {
    for (const part of ['images', 'sounds']) await mkdir(join(folder, 'pets', part, className), { recursive: true });
    for (let i = 0; i < 4; i++) {
      const samples = Float32Array.from({ length: 30_000 }, (_, n) => 0.1 * Math.sin((n * (3 + c + i / 5)) / 50));
      const pixels = new Uint8Array(30 * 20 * 3).fill(40 * i + 100 * c);
      await writeFile(join(folder, `pets/sounds/${className}/${i}.wav`), writeWav({ samples, sampleRateHz: LMS_SAMPLE_RATE_HZ }));
      await writeFile(join(folder, `pets/images/${className}/${i}.png`), await encodePng({ pixels, width: 30, height: 20 }));
    }
  }
  return folder;
}

/** Runs the program and closes its output after the first piece, as `| head -1` does. */
function runUnheard(folder: string, args: string[]): Promise<number | null> {
  const child = spawn(process.execPath, [cli, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.once('data', () => {
    child.stdout.destroy();
    child.stderr.destroy();
  });
  return new Promise((resolve) => child.on('exit', resolve));
}

describe('data, with nobody reading its output any more', () => {
  it('prepares the whole set, checks it and stores the report, and writes the page', async () => {
    const folder = await pets();
    const set = join(folder, 'set');
    expect(await runUnheard(folder, ['prepare', 'pets', '--out', 'set'])).toBe(0);
    expect((await openDataset(set)).manifestHash).toBe((await readDatasetCard(set))?.manifestHash);
    expect(await readdir(folder)).toEqual(['pets', 'set']);

    expect(await runUnheard(folder, ['check', 'set'])).toBe(0);
    expect(JSON.parse(await readFile(join(set, 'dataset-check.json'), 'utf8'))).toMatchObject({ clean: true });

    expect(await runUnheard(folder, ['info', 'set'])).toBe(0);
    expect(await readFile(join(set, 'dataset.html'), 'utf8')).toMatch(/<\/html>\s*$/);
  });
});

describe.skipIf(process.platform === 'win32')('data prepare, when the file system takes no more', () => {
  it('names the file, the space and --out, and leaves nothing half made', async () => {
    const folder = await pets();
    // limits files to 20 KiB: a WAV file of half a second has 43
    const command = `ulimit -f 40; exec "${process.execPath}" "${cli}" prepare pets --out set`;
    const { status, stderr } = run(command, folder);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^data: prepare: .*\/set\/chunk\/train\/(cat|dog)\/\S+\.wav cannot be written: the file system does not allow larger files, [\d.]+ MB are free, about [\d.]+ MB more are needed for \d+ pairs; free some space, or choose another disk with --out\n$/,
    );
    expect(await readdir(folder)).toEqual(['pets']);
    expect(existsSync(join(folder, 'set.preparing'))).toBe(false);
  });
});

function run(command: string, cwd: string): { status: number; stderr: string } {
  try {
    execFileSync('sh', ['-c', command], { cwd, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
    return { status: 0, stderr: '' };
  } catch (error) {
    return error as { status: number; stderr: string };
  }
}

// Only Linux enforces the limit.
describe.skipIf(process.platform !== 'linux')('a limit on address space (ulimit -v; skipped except on Linux)', () => {
  it.each([
    ['prepare', ['prepare', 'pets', '--out', 'set']],
    ['check', ['check', 'pets']],
    ['info', ['info', 'pets']],
  ])('is the reason that %s gives, before it makes anything', async (_, args) => {
    const folder = await pets();
    const words = ['-c', 'ulimit -v 3000000 && exec "$@"', 'sh', process.execPath, cli, ...args];
    const { status, stderr } = spawnSync('sh', words, { cwd: folder, encoding: 'utf8' });
    expect(stderr).toMatch(/^data: address space is limited to 2\.9 GiB \(ulimit -v\), .*; raise the limit .*\n$/);
    expect(status).toBe(1);
    expect(await readdir(folder)).toEqual(['pets']);
  });
});

describe('data, without a command', () => {
  it('lists the commands and asks for one', () => {
    const { status, stderr } = spawnSync(process.execPath, [cli], { encoding: 'utf8' });
    expect(stderr).toMatch(/^Usage: data[^]* prepare [^]*\ndata: name one of the commands above\n$/);
    expect(status).toBe(2);
  });
});
