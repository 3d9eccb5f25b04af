// Tests the package in headless Chromium, built into a page by Vite.
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { logMelSpectrum, readWav, writeWav } from '@cmcgan/audio-features';
import { createClassifier } from '@cmcgan/classifier';
import { saveClassifier } from '@cmcgan/classifier/node';
import { decodeImage, encodePng } from '@cmcgan/image-io';
import { saveModel } from '@cmcgan/model/node';
import { setBackend } from '@tensorflow/tfjs-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../../test/extras/chromium';
import { temporaryFolder } from '../../../test/temporary-folder';
import { load, type Model } from '../src/index';
import { createGivenNetwork, GIVEN_PICTURE, GIVEN_RANGE, provenanceOf, risingTone } from './given';
import { buildPage, serve } from './serve-page.mjs';

const present = hasChromium('cmcgan');
const project = temporaryFolder('cmcgan-page');

/** In dB: the search for phases makes rounding errors of a spectrum audible to a few single bands, but not more. */
const meanLevelDifference = (a: Float32Array, b: Float32Array) => {
  const [levels, others] = [logMelSpectrum(a).data, logMelSpectrum(b).data];
  return levels.reduce((sum, value, i) => sum + Math.abs(value - others[i]), 0) / levels.length;
};
const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const dataUrl = (bytes: Uint8Array) => `data:application/octet-stream;base64,${base64(bytes)}`;

/** In the page: the elements of an array, which survive the way out. */
const listed = (expression: string) => `Array.from(${expression})`;

describe.skipIf(!present)('cmcgan in Chromium', () => {
  let browser: Browser;
  let server: { address: string; close(): void };
  let page: Page;
  let model: Model;
  let wav: Uint8Array;

  beforeAll(async () => {
    await setBackend('cpu');
    const dist = await buildPage(project);
    await saveModel(createGivenNetwork(), join(dist, 'model'));
    const classifier = createClassifier({ modality: 'VA', classNames: ['flute', 'horn'], width: 1 / 32, seed: 5 });
    await saveClassifier({ classifier, provenance: provenanceOf(GIVEN_RANGE) }, join(dist, 'model', 'classifier'));
    model = await load(join(dist, 'model'));
    wav = writeWav({ samples: risingTone(22_050), sampleRateHz: 44_100 });
    server = await serve(dist);
    browser = await launchChromium();
    page = await open('isolated/');
  });
  afterAll(async () => {
    server?.close();
    await browser?.close();
  });

  async function open(path: string): Promise<Page> {
    const opened = await browser.newPage();
    opened.setDefaultTimeout(100_000);
    await opened.goto(`${server.address}/${path}`);
    await opened.evaluate("(async () => { globalThis.model = await load('model'); })()");
    return opened;
  }
  const evaluate = <T>(expression: string, where = page) => where.evaluate(`(async () => ${expression})()`) as Promise<T>;

  it('computes on threads where the page may share memory, else on one', async () => {
    const threads = await page.evaluate('navigator.hardwareConcurrency');
    expect(await page.evaluate('model.backend')).toBe(`wasm, ${String(threads)} thread${threads === 1 ? '' : 's'}`);
    const plain = await open('');
    expect(await plain.evaluate('model.backend')).toBe('wasm, 1 thread');
    expect(await evaluate<number>(`(await model.soundToPicture('${dataUrl(wav)}')).width`, plain)).toBe(128);
    await plain.close();
  });

  it("makes the sound that Node makes from a canvas's pixels and from a file", async () => {
    const expected = await model.pictureToSound(GIVEN_PICTURE, { seconds: 1 });
    const rgba = Array.from({ length: 40 * 30 * 4 }, (_, i) =>
      i % 4 === 3 ? 255 : GIVEN_PICTURE.pixels[3 * Math.floor(i / 4) + (i % 4)],
    );
    const imageData = `new ImageData(Uint8ClampedArray.from(${JSON.stringify(rgba)}), 40, 30)`;
    const png = `await (await fetch('${dataUrl(await encodePng(GIVEN_PICTURE))}')).blob()`;
    for (const input of [imageData, png, `new File([${png}], 'given.png')`]) {
      const bytes = await evaluate<number[]>(listed(`(await model.pictureToSound(${input}, { seconds: 1 })).wav()`));
      const { samples } = readWav(Uint8Array.from(bytes));
      expect(samples[0].length).toBe(44_100);
      expect(meanLevelDifference(samples[0], expected.samples)).toBeLessThan(0.1);
    }
  });

  it('makes the picture that Node makes from a file and from an AudioBuffer', async () => {
    const expected = await model.soundToPicture(wav);
    const buffer = `await new OfflineAudioContext(1, 22050, 44100).decodeAudioData(await (await fetch('${dataUrl(wav)}')).arrayBuffer())`;
    for (const input of [`'${dataUrl(wav)}'`, buffer]) {
      const png = await evaluate<number[]>(listed(`await (await model.soundToPicture(${input})).png()`));
      const { pixels } = await decodeImage(Uint8Array.from(png));
      expect(largestDifference(pixels, expected.pixels)).toBeLessThanOrEqual(2);
    }
  });

  it('classifies with the classifier beside the model', async () => {
    const expected = await model.classify({ sound: wav });
    const [className, probability, generated] = await evaluate<[string, number, string]>(
      `{ const c = await model.classify({ sound: '${dataUrl(wav)}' }); return [c.className, c.probabilities[c.className], c.generated]; }`,
    );
    expect([className, generated]).toEqual([expected.className, 'picture']);
    expect(probability).toBeCloseTo(expected.probabilities[className], 2);
  });

  it('loads the released weights, which no page has to serve', async () => {
    const expected = await (await load()).classify({ picture: GIVEN_PICTURE });
    const png = `await (await fetch('${dataUrl(await encodePng(GIVEN_PICTURE))}')).blob()`;
    const [className, probability, generated] = await evaluate<[string, number, string]>(
      `{ const c = await (await load()).classify({ picture: ${png} }); return [c.className, c.probabilities[c.className], c.generated]; }`,
    );
    expect([className, generated]).toEqual([expected.className, 'sound']);
    expect(probability).toBeCloseTo(expected.probabilities[className], 2);
  });

  it.each([
    ["load('nowhere')", '/isolated/nowhere/config.json must exist, but the server answers with status 404'],
    ["model.pictureToSound(new Blob(['x']))", 'pictureToSound: the picture must be a JPEG, PNG'],
    ["model.pictureToSound('none.png')", '/isolated/none.png must exist, but the server answers with status 404'],
    [
      'model.soundToPicture({ samples: new Float32Array([NaN]), sampleRateHz: 44100 })',
      'the sound must hold finite samples, got NaN',
    ],
  ])('%s is refused in a sentence', async (expression, message) => {
    expect(await evaluate<string>(`await ${expression}.then(() => 'accepted', (error) => error.message)`)).toContain(message);
  });
});
