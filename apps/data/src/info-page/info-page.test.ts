import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeDataset, openDataset, type DatasetCard } from '@cmcgan/sub-urmp';
import { simulateDataset } from '@cmcgan/sub-urmp/simulator';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../../../test/extras/chromium';
import { drawPairs } from './draw-pairs';
import { infoPage } from './info-page';

const root = mkdtempSync(join(tmpdir(), 'cmcgan-info-page-'));
const file = join(root, 'page.html');
let card: DatasetCard;
let html: string;

beforeAll(async () => {
  await simulateDataset(join(root, 'set'), { seed: 1, pairsPerClass: 1, validationPairsPerClass: 1 });
  const dataset = await openDataset(join(root, 'set'));
  card = describeDataset(dataset);
  html = infoPage(card, await drawPairs(dataset, { pairsPerClass: 1, seed: 1 }));
  writeFileSync(file, html);
});
afterAll(() => rmSync(root, { recursive: true }));

describe('the page of a data set', () => {
  it('leads from each class in the table to its pairs', () => {
    const links = [...html.matchAll(/<a href="#([^"]*)">(.*?)<\/a>/g)];
    expect(links).toHaveLength(13);
    for (const [, id, name] of links) expect(html).toMatch(new RegExp(`<section id="${id}"><h3>${name}</h3>`));
  });

  it('has pitches and seconds as text beside each spectrogram', () => {
    expect(html.match(/<span class="hz"[^>]*>1 kHz<\/span>/g)).toHaveLength(13);
    expect(html.match(/<span class="at"[^>]*>0\.5<\/span>/g)).toHaveLength(13);
  });

  it('says how a set was made in words, not by the names of options', () => {
    const options = {
      ...{ pairBy: 'category', stepMs: 100, imageSize: 'original', validationShare: 0.25, seed: 7 },
      silence: { belowLoudestDb: 40, belowFullScaleDb: -70 },
    };
    const preparation = { from: 'images and sounds' as const, folders: ['a', 'b'], options, sources: [], leftOut: [] };
    const page = infoPage({ ...card, preparation }, []);
    expect(page).toContain(
      '0 files (each sound with pictures of its class; a half second every 100 ms; pictures in their original size; 25 % of the recordings to ' +
        'validate on; left out as silent: 40 dB below the loudest half second of the recording, or 70 dB below full scale; seed 7)',
    );
    for (const name of Object.keys({ ...options, ...options.silence }))
      if (name !== 'seed' && name !== 'silence') expect(page).not.toContain(name);
  });

  it('says which classes a split lacks, and counts one file in the singular', () => {
    const none = { pairs: 0, songs: 0, seconds: 0 };
    const classes = { ...card.classes, violin: { ...card.classes.violin, validation: none } };
    const page = infoPage({ ...card, classes, unused: [{ file: 'x.txt', reason: 'not a picture' }] }, []);
    expect(page).toContain('<li>violin has no pair to validate on');
    expect(page).toContain('1 file of the set is not used');
  });

  it('loads nothing from elsewhere', () => {
    const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address!);
    expect(addresses.filter((address) => !/^(data:|#)/.test(address))).toEqual([]);
  });
});

describe.skipIf(!hasChromium('the page of a data set'))('the page of a data set in Chromium', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    await page.goto(pathToFileURL(file).href);
  });
  afterAll(() => browser?.close());

  it('fits a phone: only the table scrolls sideways', async () => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  it('has headings in order, and a text for every picture and player', async () => {
    const levels = await page.locator('h1,h2,h3').evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [at, level] of levels.entries()) if (at > 0) expect(level - levels[at - 1]!).toBeLessThanOrEqual(1);
    expect(await page.locator('img:not([alt]), audio:not([aria-label])').count()).toBe(0);
  });

  it('is dark if the system is', async () => {
    const brightness = () => page.evaluate(() => Number(/\d+/.exec(getComputedStyle(document.body).backgroundColor)![0]));
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await brightness()).toBeGreaterThan(200);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await brightness()).toBeLessThan(60);
  });
});
