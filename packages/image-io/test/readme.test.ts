import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it, onTestFinished, vi } from 'vitest';
import { decodeImage } from '../src/index';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
const examples = [...readme.matchAll(/^```ts\n([^]*?)^```/gm)].map(([, code]) => code);

/** Runs an example as written, in a temporary folder. */
async function run(code: string, files: Record<string, Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'image-io-readme-'));
  const home = process.cwd();
  onTestFinished(async () => {
    process.chdir(home);
    await rm(folder, { recursive: true });
  });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  await writeFile(join(folder, 'example.ts'), code);
  process.chdir(folder);
  await import(/* @vite-ignore */ join(folder, 'example.ts'));
  return folder;
}

it('has three examples, and the first has nothing to do with networks', () => {
  expect(examples).toHaveLength(3);
  expect(examples[0]).not.toMatch(/cmcgan(?!\/image-io)|lms|mel/i);
});

it('the contact sheet of cats', async () => {
  const picture = sharp({ create: { width: 60, height: 40, channels: 3, background: 'orange' } });
  const cats = {
    'tabby.jpg': await picture.jpeg().toBuffer(),
    'siamese.png': await picture.png().toBuffer(),
    'manx.webp': await picture.webp().toBuffer(),
  };
  const folder = await run(examples[0], cats);
  expect((await readdir(folder)).sort()).toEqual(['cats.png', 'example.ts', 'manx.webp', 'siamese.png', 'tabby.jpg']);
  const { width, height } = await decodeImage(await readFile(join(folder, 'cats.png')), { size: 'original' });
  expect(width).toBeGreaterThan(3 * 128);
  expect(height).toBeGreaterThan(128);
});

it('the file that bends the rules', async () => {
  const jpeg = await sharp({ create: { width: 60, height: 40, channels: 3, background: 'orange' } })
    .jpeg()
    .toBuffer();
  const stray = Buffer.concat([jpeg.subarray(0, 20), Buffer.alloc(4), jpeg.subarray(20)]);
  const said: string[] = [];
  for (const method of ['warn', 'error', 'log'] as const)
    vi.spyOn(console, method).mockImplementation((...parts) => void said.push(parts.join(' ')));
  onTestFinished(() => void vi.restoreAllMocks());
  await run(examples[1]!, { 'camera.jpg': stray });
  const promised = [...examples[1]!.matchAll(/^\/\/ (.*)$/gm)].map(([, text]) => text);
  expect(said.map((text) => text.replace(/^Error: /, ''))).toEqual([...promised, '128 128']);
});

it('the spectrogram with axes', async () => {
  const folder = await run(examples[2], {});
  const { width, height } = await decodeImage(await readFile(join(folder, 'note.png')), { size: 'original' });
  expect([width > 264 && width < 320, height > 256 && height < 290]).toEqual([true, true]);
  expect(await readFile(join(folder, 'note.svg'), 'utf8')).toMatch(/^<svg /);
});
