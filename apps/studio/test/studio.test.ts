// Tests the built page in headless Chromium: what it shows, plays and saves, compared with what cmcgan computes in Node.
import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWav, writeWav } from '@cmcgan/audio-features';
import { decodeImage, encodePng } from '@cmcgan/image-io';
import { setBackend } from '@tensorflow/tfjs-core';
import { source as axeSource } from 'axe-core';
import { load, type Model } from 'cmcgan';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../../test/extras/chromium';
import { levelsOf } from '../../../test/sound-levels';
import { temporaryFolder } from '../../../test/temporary-folder';
import { GIVEN_PICTURE, RISING_TONE, saveGivenModel, saveGivenNetwork } from './given-model';
import { servePlainly, startStudio } from './start-studio';

const present = hasChromium('the studio');
const folder = temporaryFolder('studio');
const inFolder = (...names: string[]) => join(folder, ...names);

const wav = writeWav({ samples: RISING_TONE, sampleRateHz: 44_100 });
const file = (name: string, bytes: Uint8Array) => ({ name, mimeType: '', buffer: Buffer.from(bytes) });

const FAKE_DEVICES = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** In dB: the search for phases makes rounding errors of a spectrum audible to a few single bands, but not more. */
const meanLevelDifference = (a: Float32Array, b: Float32Array) => {
  const [levels, others] = [levelsOf(a), levelsOf(b)];
  return levels.reduce((sum, value, i) => sum + Math.abs(value - others[i]), 0) / levels.length;
};
const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

/** The bytes that the `src` of a part of the page leads to. */
const bytesOf = async (page: Page, selector: string) =>
  Uint8Array.from(
    await page
      .locator(selector)
      .evaluate(async ({ src }: HTMLImageElement) => [...new Uint8Array(await (await fetch(src)).arrayBuffer())]),
  );
const pixelsOf = async (page: Page, selector: string) => (await decodeImage(await bytesOf(page, selector))).pixels;

describe.skipIf(!present)('the studio in Chromium', () => {
  let browser: Browser;
  let server: { address: string; stop(): unknown };
  let model: Model;
  let png: Uint8Array;

  beforeAll(async () => {
    await setBackend('cpu');
    await saveGivenModel(inFolder('model'));
    await saveGivenNetwork(inFolder('own'), 8);
    [model, png] = [await load(inFolder('model')), await encodePng(GIVEN_PICTURE)];
    server = await startStudio(inFolder('model'));
    browser = await launchChromium(FAKE_DEVICES);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    model?.dispose();
  });

  /** Opens the page in a profile of its own, and waits until the model is loaded. */
  async function open(address = server.address, options: object = {}): Promise<Page> {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options }); // drawing animations without a GPU takes a core;
    const page = await context.newPage();
    page.setDefaultTimeout(100_000); // a busy machine is slow to start threads
    await page.goto(address);
    await page.locator('.backend.ready').waitFor();
    return page;
  }

  const choose = (page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]) =>
    page.getByLabel('A picture or a sound', { exact: true }).setInputFiles(files);

  it('makes both sounds of a picture as cmcgan does, on all cores', async () => {
    const page = await open();
    const cores = Number(await page.evaluate('navigator.hardwareConcurrency'));
    expect(await page.locator('.backend').textContent()).toBe(cores === 1 ? 'One thread' : `${cores} threads`);
    await choose(page, file('given.png', png));
    for (const output of ['pathEnd', 'direct'] as const) {
      await page.locator(`.result.${output} audio`).waitFor({ state: 'attached' });
      const { samples, sampleRateHz } = readWav(await bytesOf(page, `.result.${output} audio`));
      const expected = await model.pictureToSound(GIVEN_PICTURE, { seconds: 2, output });
      expect([samples[0].length, sampleRateHz]).toEqual([88_200, 44_100]);
      expect(meanLevelDifference(samples[0], expected.samples)).toBeLessThan(0.1);
    }
    await page.getByLabel('0.5 s').check();
    const length = async () => readWav(await bytesOf(page, '.result.direct audio')).samples[0].length;
    await expect.poll(length, { timeout: 60_000 }).toBe(22_050);
    await page.context().close();
  });

  it('makes both pictures of a sound as cmcgan does, others for another z, and saves them', async () => {
    const page = await open();
    await choose(page, file('given.wav', wav));
    for (const seed of [1, 2]) {
      for (const output of ['pathEnd', 'direct'] as const) {
        const expected = await model.soundToPicture(wav, { seed, output });
        await expect
          .poll(async () => largestDifference(await pixelsOf(page, `.result.${output} .picture`), expected.pixels), {
            timeout: 60_000,
          })
          .toBeLessThanOrEqual(2);
      }
      if (seed === 1) await page.getByRole('button', { name: 'Imagine another' }).click();
    }
    const saving = page.waitForEvent('download');
    await page.locator('.result.pathEnd').getByRole('link', { name: 'Save' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe('given.png');
    expect(await decodeImage(readFileSync(await saved.path()))).toMatchObject({ width: 128, height: 128 });
    await page.context().close();
  });

  it('shows what the classifier makes of the sound, and of both when its picture is added', async () => {
    const page = await open();
    await choose(page, file('given.wav', wav));
    const cells = (name: string) => page.getByRole('row', { name }).getByRole('cell');
    await page.getByRole('columnheader', { name: 'The sound alone' }).waitFor();
    expect(await page.getByRole('columnheader').allTextContents()).toEqual(['The sound alone']);
    await page.getByLabel('Its picture').setInputFiles([file('given.png', png)]);
    await page.getByRole('columnheader', { name: 'Both together' }).waitFor();
    const opinions = [{ sound: wav }, { picture: png }, { picture: png, sound: wav }];
    const expected = await Promise.all(opinions.map(async (given) => (await model.classify(given)).probabilities));
    for (const name of ['flute', 'horn', 'tuba']) {
      const shown = (await cells(name).allTextContents()).map((text) => Number(text.replace(/[^\d]/g, '')));
      shown.forEach((percent, i) => expect(Math.abs(percent - 100 * expected[i][name])).toBeLessThanOrEqual(1));
    }
    await page.context().close();
  });

  it('records the microphone and takes a picture with the camera', async () => {
    const page = await open(server.address, { permissions: ['microphone', 'camera'] });
    await page.getByRole('button', { name: 'Record a sound' }).click();
    await page.getByText(/[12]\.\d s$/).waitFor(); // a second has been recorded
    await page.getByRole('button', { name: 'Stop and see it' }).click();
    await page.locator('.result.pathEnd .picture').waitFor();
    expect(await page.locator('.given .name').textContent()).toBe('Your recording');
    const { samples } = readWav(await bytesOf(page, '.given audio')); // Chromium's fake device beeps once a second
    expect(samples[0].length).toBeGreaterThan(44_100);
    expect(samples[0].reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeGreaterThan(0.05);

    await page.getByRole('button', { name: 'Take a picture' }).click();
    await page.getByRole('button', { name: 'Take it', exact: true }).click();
    await page.locator('.result.pathEnd audio').waitFor({ state: 'attached' });
    const [red, green, blue] = await pixelsOf(page, '.given .picture'); // the fake device's picture is green
    expect(green).toBeGreaterThan(2 * Math.max(red, blue));
    await page.context().close();
  });

  it("takes one's own model when its two files are dropped, and one by its address", async () => {
    const page = await open();
    await choose(page, file('given.wav', wav));
    const own = await load(inFolder('own'));
    const expected = (await own.soundToPicture(wav)).pixels;
    own.dispose();
    const dropped = ['config.json', 'model.safetensors'].map((name) => [name, readFileSync(inFolder('own', name), 'base64')]);
    await page.evaluate((files) => {
      const data = new DataTransfer();
      for (const [name, base64] of files) data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    }, dropped);
    await page.getByRole('button', { name: 'Your model' }).waitFor();
    const difference = async (to: Uint8Array) => largestDifference(await pixelsOf(page, '.result.pathEnd .picture'), to);
    await expect.poll(() => difference(expected), { timeout: 60_000 }).toBeLessThanOrEqual(2);

    await page.getByRole('button', { name: 'Change the model' }).click();
    await page.getByLabel('Or the address of a folder').fill('model');
    await page.getByRole('button', { name: 'Load', exact: true }).click();
    const before = (await model.soundToPicture(wav)).pixels;
    await expect.poll(() => difference(before), { timeout: 60_000 }).toBeLessThanOrEqual(2);
    await page.context().close();
  });

  it.each<[string, () => { name: string; mimeType: string; buffer: Buffer }, string]>([
    ['a damaged picture', () => file('half.png', png.subarray(0, 300)), 'half.png must be a whole, undamaged picture'],
    ['a text', () => file('notes.txt', Buffer.from('no sound')), 'notes.txt must be a picture or a sound'],
    ['silence', () => file('silent.wav', writeWav({ samples: new Float32Array(9000), sampleRateHz: 44_100 })), 'must be audible'],
    ['half a model', () => file('config.json', Buffer.from('{}')), 'a model is config.json and model.safetensors, both at once'],
  ])('says what is wrong with %s', async (_, broken, message) => {
    const page = await open();
    await choose(page, broken());
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain(message);
    await choose(page, file('given.wav', wav)); // it goes on from there
    await page.locator('.result.direct .picture').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.context().close();
  });

  it('works offline once it is loaded, below any path, with threads although the server sends no headers', async () => {
    const plain = await servePlainly('/some/path/', inFolder('model'));
    const page = await open(`${plain.address}?model=model`);
    expect(await page.evaluate('crossOriginIsolated')).toBe(true);
    await page.reload();
    await page.locator('.backend.ready').waitFor();
    plain.stop();
    await page.reload();
    await page.locator('.backend.ready').waitFor();
    await page.getByRole('button', { name: 'Sound of a cello' }).click();
    await page.locator('.result.direct .picture').waitFor();
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('has no fault that axe finds, in %s colours and on a phone', async (colorScheme) => {
    const page = await open(server.address, { colorScheme, viewport: { width: 390, height: 844 } });
    await page.evaluate(axeSource);
    const faults = async () =>
      (await page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`))',
      )) as string[];
    const isWide = () => page.evaluate('document.documentElement.scrollWidth > innerWidth');
    expect(await faults()).toEqual([]);
    for (const name of ['Picture of a violin', 'Sound of a tuba']) {
      await page.getByRole('button', { name }).click();
      await page.locator('.stage[aria-busy=true]').waitFor();
      await page.locator('.stage[aria-busy=false]').waitFor();
      expect(await page.getByRole('columnheader').allTextContents()).toContain('Both together');
      expect([await faults(), await isWide()]).toEqual([[], false]);
    }
    for (const name of ['Take a picture', 'Record a sound', 'Change the model']) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('dialog').waitFor();
      expect(await faults()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await page.context().close();
  });
});
