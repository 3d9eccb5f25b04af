// Tests the example's page in headless Chromium, as built by Vite and as served by its development server.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logMelSpectrum, readWav, writeWav } from '@cmcgan/audio-features';
import { encodePng } from '@cmcgan/image-io';
import type { Cmcgan } from '@cmcgan/model';
import { saveModel } from '@cmcgan/model/node';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ROOT } from '../commands/run-command';
import { hasChromium, launchChromium } from '../extras/chromium';
import {
  createGivenModel,
  createUntrainedModel,
  expectedOf,
  GIVEN_PICTURE,
  GIVEN_WAVEFORM,
  largestDifference,
  meanDifference,
} from './expected';

const example = join(ROOT, 'examples', 'vite');
const present = hasChromium('examples/vite');
const out = mkdtempSync(join(tmpdir(), 'vite-'));
afterAll(() => rmSync(out, { recursive: true }));

/** Runs a Vite command; resolves to the URL that it serves, or to undefined if it exits. */
function vite(...words: string[]): Promise<string | undefined> {
  const child = spawn(process.execPath, ['node_modules/vite/bin/vite.js', ...words], {
    cwd: example,
    env: { ...process.env, NO_COLOR: '1' },
  });
  onTestFinished(() => void child.kill());
  let written = '';
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      written += chunk.toString();
      const [address] = /http:\/\/localhost:\d+\//.exec(written) ?? [];
      if (address) resolve(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', (code) => (code === 0 ? resolve(undefined) : reject(new Error(written))));
  });
}

/** Sets the file of one of the page's inputs; resolves to the page's status when it is done. */
async function giveFile(page: Page, id: string, { name, bytes }: { name: string; bytes: Uint8Array }): Promise<string> {
  await page.locator(`#${id}`).setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
  const status = page.getByRole('status').filter({ hasText: `From ${name}` });
  await status.waitFor();
  return (await status.textContent())!;
}

/** In the page: the RGB pixels of its canvas. */
const PIXELS = `[...picture.getContext('2d').getImageData(0, 0, 128, 128).data].filter((_, i) => i % 4 < 3)`;
/** In the page: the bytes of its player's sound. */
const PLAYED = `fetch(player.src).then((response) => response.arrayBuffer()).then((bytes) => [...new Uint8Array(bytes)])`;

it('runs the lines that the README of tfjs-kernels gives for Vite', () => {
  const readme = readFileSync(join(ROOT, 'packages', 'tfjs-kernels', 'README.md'), 'utf8');
  const [, fence] = /```js\n(import binary from [\s\S]*?)```/.exec(readme)!;
  const worker = readFileSync(join(example, 'worker.js'), 'utf8');
  const lines = fence.split('\n').filter((line) => line !== '');
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) expect(worker).toContain(line);
});

describe.skipIf(!present)('examples/vite', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function openPage(address: string | undefined): Promise<Page> {
    const page = await browser.newPage();
    page.setDefaultTimeout(100_000); // a busy machine is slow to start threads
    await page.goto(address!);
    return page;
  }

  async function expectRight(page: Page, model: Cmcgan): Promise<void> {
    const { pixels, levelsDb } = await expectedOf(model);
    const said = await giveFile(page, 'sound', {
      name: 'given.wav',
      bytes: writeWav({ samples: GIVEN_WAVEFORM, sampleRateHz: 44_100 }),
    });
    const threads = await page.evaluate('crossOriginIsolated ? navigator.hardwareConcurrency : 0');
    expect(said).toBe(`From given.wav, on ${String(threads)} threads`);
    expect(Math.max(...pixels) - Math.min(...pixels)).toBeGreaterThan(100);
    expect(largestDifference((await page.evaluate(PIXELS)) as number[], pixels)).toBeLessThanOrEqual(1);

    await giveFile(page, 'image', { name: 'given.png', bytes: await encodePng(GIVEN_PICTURE) });
    const { samples } = readWav(Uint8Array.from((await page.evaluate(PLAYED)) as number[]));
    expect(meanDifference(logMelSpectrum(samples[0]).data, levelsDb)).toBeLessThan(0.1); // dB
  }

  it('built, with a trained model: generates on threads the same as the cpu backend', async () => {
    const model = createGivenModel();
    await vite('build', '--outDir', out, '--emptyOutDir');
    await saveModel(model, join(out, 'model')); // where the files in public/model end up
    const page = await openPage(await vite('preview', '--outDir', out, '--port', '0'));
    await expectRight(page, model);
  });

  it('in development, without a model: the same with random weights; reports a file that is not a sound', async () => {
    const page = await openPage(await vite('--port', '0', '--force'));
    await expectRight(page, createUntrainedModel());
    await page.locator('#sound').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no sound') });
    await page.getByRole('status').filter({ hasText: 'decodeAudio: notes.txt' }).waitFor();
  });
});
