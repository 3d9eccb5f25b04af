import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeWav } from '@cmcgan/audio-features';
import { encodePng } from '@cmcgan/image-io';
import { expect, it, onTestFinished, vi } from 'vitest';
import { noisyJpeg, temporaryFolder, toneWav, writeFiles } from './small-archive';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
const examples = [...readme.matchAll(/^```ts\n([^]*?)^```/gm)].map(([, code]) => code);

/** Runs an example unchanged in a folder; returns what it printed and what its comments say it prints. */
async function run(code: string, folder: string) {
  const home = process.cwd();
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => {
    log.mockRestore();
    process.chdir(home);
  });
  await writeFile(join(folder, 'example.ts'), code);
  process.chdir(folder);
  await import(/* @vite-ignore */ join(folder, 'example.ts'));
  const { inspect } = await import('node:util');
  const printed = log.mock.calls.map((values) =>
    values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' '),
  );
  const promised = [...code.matchAll(/^console\.log\(.*\); \/\/ (.*)/gm)].map(([, text]) => text);
  return { printed, promised };
}

/** Writes 16 training pairs of each bird, from two songs, and 4 validation pairs from another song. */
async function birds(folder: string): Promise<void> {
  let seed = 1;
  for (const name of ['wren', 'robin', 'blackbird']) {
    for (let i = 0; i < 20; i++, seed++) {
      const path = `${i < 16 ? 'train' : 'validation'}/${name}/${name}0${1 + Math.floor(i / 8)}_${500 + 100 * (i % 8)}`;
      await writeFiles(folder, { [`birds/img/${path}.jpg`]: await noisyJpeg(seed), [`birds/chunk/${path}.wav`]: toneWav(seed) });
    }
  }
}

it('opens with an example that has nothing to do with the paper', () => {
  expect(examples).toHaveLength(4);
  expect(examples[0].replace('@cmcgan/sub-urmp', '')).not.toMatch(/cmcgan|urmp|instrument/i);
});

it('the batches of birds', async () => {
  const folder = await temporaryFolder();
  await birds(folder);
  const { printed, promised } = await run(examples[0], folder);
  expect(printed).toEqual(promised);
});

it('what is wrong with the birds', async () => {
  const folder = await temporaryFolder();
  await birds(folder);
  const { printed, promised } = await run(examples[1], folder);
  expect(printed.slice(20)).toEqual(promised);
  for (const line of printed.slice(0, 20)) expect(line).toMatch(/^unknown instrument birds.*blackbird/);
});

it('the pets', async () => {
  const folder = await temporaryFolder();
  for (const [c, className] of ['cat', 'dog'].entries()) {
    for (let i = 0; i < 3; i++) {
      const tone = Float32Array.from({ length: 44_100 }, (_, n) => 0.1 * Math.sin((n * (3 + c + i / 5)) / 50));
      const pixels = new Uint8Array(40 * 30 * 3).fill(40 * i + 100 * c);
      const files = {
        [`pets/images/${className}/${i}.png`]: await encodePng({ pixels, width: 40, height: 30 }),
        [`pets/sounds/${className}/${i}.wav`]: writeWav({ samples: tone, sampleRateHz: 44_100 }),
      };
      for (const [name, bytes] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), bytes);
      }
    }
  }
  const { printed, promised } = await run(examples[2], folder);
  expect(printed).toEqual(promised);
});

it('the simulated musicians', async () => {
  const folder = await temporaryFolder();
  await run(examples[3], folder);
  const { openDataset } = await import('../src/index');
  expect((await openDataset(join(folder, 'musicians'))).splits.train).toHaveLength(13 * 20);
});
