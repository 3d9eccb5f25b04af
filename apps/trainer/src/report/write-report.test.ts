import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../../../test/extras/chromium';
import { storeJudgment, storeTinyRun } from '../../test/store-tiny-run';
import { temporaryFolder } from '../../../../test/temporary-folder';
import { writeReport } from './write-report';

const folder = join(temporaryFolder('report'), 'a run');
const writtenAt = new Date('2026-01-02T04:00:00Z');
let html: string;

beforeAll(async () => {
  await storeTinyRun(folder);
  html = readFileSync(await writeReport(folder, { writtenAt }), 'utf8');
});

describe('report.html', () => {
  it('leaves nothing temporary beside it', () => {
    expect(readdirSync(folder).sort()).toEqual(['config.json', 'log.jsonl', 'report.html', 'samples']);
  });

  it('says how far the run is', () => {
    expect(html).toContain('<dt>steps</dt><dd>6 of 12</dd>');
    expect(html).toContain('<dt>epoch</dt><dd>2 of 4</dd>');
  });

  it('shows differences from the paper with their reasons, and what was set by hand', () => {
    expect(html).toMatch(/>batchSize<\/th><td class="changed">16<td>64<td>more updates per pair seen/);
    expect(html).toMatch(/>step\.lambda<\/th><td class="changed">3<td>1<td><em>set by hand<\/em>/);
  });

  it('shows text as text', () => expect(html).toContain('/data/&lt;pairs &amp; more&gt;'));

  it('names nothing that would have to be fetched', () => {
    const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.filter((address) => !/^(data:|#)/.test(address))).toEqual([]);
  });

  it('of a run without an epoch yet is a page too', async () => {
    const early = join(folder, '..', 'early');
    await storeTinyRun(early);
    for (const name of ['samples', 'log.jsonl']) rmSync(join(early, name), { recursive: true });
    const page = readFileSync(await writeReport(early, { writtenAt }), 'utf8');
    expect(page).toContain('No step has been taken yet');
    expect(page).toContain('<dt>steps</dt><dd>0 of 12</dd>');
  });

  it('is refused where there is no run', async () => {
    await expect(writeReport(join(folder, 'samples'), { writtenAt })).rejects.toThrow(
      /is not a run folder: it has no config\.json$/,
    );
  });
});

/** Runs in the page: the WCAG contrast between text and background, for each kind of element. */
function contrasts(): Record<string, number> {
  const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour: string) => {
    const [r = 0, g = 0, b = 0] = channels(colour).map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element: Element | null): string => {
    if (element === null) return 'rgb(255, 255, 255)';
    const { backgroundColor } = getComputedStyle(element);
    return channels(backgroundColor)[3] === 0 ? behind(element.parentElement) : backgroundColor;
  };
  const found: Record<string, number> = {};
  for (const element of document.querySelectorAll('main *:not(script):not(svg *):not(.press)')) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim() !== '')) continue;
    const [text, back] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
    const ratio = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
    const name = `${element.tagName} ${element.className}`.trim();
    found[name] = Math.min(found[name] ?? Infinity, ratio);
  }
  return found;
}

const present = hasChromium('the report');

describe.skipIf(!present)('report.html in Chromium', () => {
  const [problems, requests]: [string[], string[]] = [[], []];
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium(['--autoplay-policy=no-user-gesture-required']);
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(join(folder, 'report.html')).href);
  });
  afterAll(() => browser?.close());

  const shownGrid = () => page.locator('#pictures-from-sounds img:not([hidden])').getAttribute('data-label');

  it("moves through the epochs with a direction's slider", async () => {
    expect(await shownGrid()).toBe('epoch 2');
    const slider = page.locator('#pictures-from-sounds input[type=range]');
    await slider.press('ArrowLeft');
    expect(await shownGrid()).toBe('epoch 1');
    expect(await page.locator('#pictures-from-sounds output').textContent()).toBe('epoch 1');
    expect(await page.locator('#sounds-from-pictures img:not([hidden])').getAttribute('data-label')).toBe('epoch 2');
  });

  it('plays sounds of half a second, the true one first', async () => {
    const labels = await page.locator('.sound figcaption').allTextContents();
    const pair = ['true sound', 'V→V→A', 'V→A'];
    expect(labels).toEqual([...pair, ...pair, 'true sound', 'epoch 1', 'epoch 2']);
    const audio = page.locator('.sound audio').nth(1);
    await expect.poll(() => audio.evaluate((element: HTMLAudioElement) => element.duration)).toBeCloseTo(0.5, 3);
    await page.locator('.sound button').nth(1).click();
    await expect
      .poll(() => audio.evaluate((element: HTMLAudioElement) => element.currentTime), { timeout: 20_000 })
      .toBeGreaterThan(0);
  });

  it('draws every chart and shows the values under the pointer', async () => {
    expect(await page.locator('.chart .curve-1').count()).toBeGreaterThanOrEqual(6);
    await page.locator('#smoothing').fill('0');
    const chart = page.locator('.chart').first();
    await chart.scrollIntoViewIfNeeded();
    const box = (await chart.locator('svg').boundingBox())!;
    await page.mouse.move(box.x + 60, box.y + 50);
    expect(await chart.locator('.at').textContent()).toBe('step 1');
    expect(await chart.locator('.value').allTextContents()).toEqual(['2.7', '1.4', '1.3']);
  });

  it('turns logarithmic where asked to', async () => {
    const chart = page.locator('.chart', { hasText: 'adversarial' });
    const path = () => chart.locator('path.raw').getAttribute('d');
    const linear = await path();
    await chart.locator('input[type=checkbox]').click();
    expect(await path()).not.toBe(linear);
  });

  it('fits a narrow screen', async () => {
    await page.setViewportSize({ width: 360, height: 700 });
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    await expect.poll(width).toBeLessThanOrEqual(360);
    await page.setViewportSize({ width: 1200, height: 900 });
  });

  it('has headings in order, a text for every picture, and a name for every control', async () => {
    const levels = await page.locator('h1,h2,h3,h4').evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [at, level] of levels.entries()) if (at > 0) expect(level - levels[at - 1]!).toBeLessThanOrEqual(1);
    expect(await page.locator('img:not([alt])').count()).toBe(0);
    const unnamed = await page
      .locator('input, button, [tabindex]')
      .evaluateAll((all) => all.filter((each) => !each.getAttribute('aria-label') && !each.closest('label')).length);
    expect(unnamed).toBe(0);
  });

  it.each(['light', 'dark'] as const)('has text that stands out from what is behind it: %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const ratios = await page.evaluate(contrasts);
    expect(Object.entries(ratios).filter(([, ratio]) => ratio < 4.5)).toEqual([]); // WCAG 2.2, 1.4.3
    expect(Object.keys(ratios).length).toBeGreaterThan(4);
    await page.emulateMedia({ colorScheme: null });
  });

  it('asks the network for nothing and says nothing on the console', () => {
    expect(problems).toEqual([]);
    expect(requests.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
  });
});

describe.skipIf(!present)('report.html of many instruments in Chromium', () => {
  const names = Array.from({ length: 30 }, (_, index) => `instrument_${index}`);
  const many = join(folder, '..', 'many');
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    await storeTinyRun(many, names);
    await storeJudgment(many);
    await writeReport(many, { writtenAt });
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    await page.goto(pathToFileURL(join(many, 'report.html')).href);
  });
  afterAll(() => browser?.close());

  const left = (selector: string, nth = 0) =>
    page
      .locator(selector)
      .nth(nth)
      .evaluate((element) => element.getBoundingClientRect().left);

  it('scrolls each block sideways, not the page, and its lines keep their labels', async () => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const block = page.locator('.grids .wide').first();
    const before = [await left('.beside'), await left('.above', 5)];
    await block.focus();
    for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowRight');
    await expect.poll(() => block.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(100);
    expect(await left('.beside')).toBe(before[0]);
    expect(await left('.above', 5)).toBeLessThan(before[1]!);
    await block.evaluate((element) => (element.scrollLeft = 0));
  });

  it('has each name above its column, each label beside its line, in letters that can be read', async () => {
    const boxes = await page.evaluate(() => {
      const cells = document.querySelector('.cells')!;
      const of = (selector: string) => [...cells.querySelectorAll(selector)].map((each) => each.getBoundingClientRect());
      const [drawn, above, beside] = [of('.drawn')[0]!, of('.above'), of('.beside')];
      const cell = { width: drawn.width / above.length, height: drawn.height / beside.length };
      return {
        cell: cell.width,
        columns: above.map(({ left }, at) => left - (drawn.left + at * cell.width)),
        lines: beside.map(({ top }, at) => top - (drawn.top + at * cell.height)),
        letters: [...cells.querySelectorAll('span')].map((each) => parseFloat(getComputedStyle(each).fontSize)),
      };
    });
    expect(boxes.cell).toBeGreaterThanOrEqual(64);
    for (const offset of [...boxes.columns, ...boxes.lines]) expect(Math.abs(offset)).toBeLessThan(1);
    expect(Math.min(...boxes.letters)).toBeGreaterThanOrEqual(12);
  });

  it("shows the judge's scores as they are: not smoothed, nor on a logarithmic axis", async () => {
    const chart = page.locator('.chart', { hasText: 'Recognised by the judge' });
    expect(await chart.locator('.value').allTextContents()).toEqual(['0.4', '0.4']);
    expect(await chart.locator('input[type=checkbox]').isChecked()).toBe(false);
  });

  it('moves all blocks of a direction through the epochs', async () => {
    const shown = () =>
      page
        .locator('#pictures-from-sounds img:not([hidden])')
        .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).dataset.label));
    expect(await shown()).toEqual(['epoch 2', 'epoch 2', 'epoch 2']);
    const slider = page.locator('#pictures-from-sounds input[type=range]');
    await slider.press('ArrowLeft');
    expect(await shown()).toEqual(['epoch 1', 'epoch 1', 'epoch 1']);
    expect(await slider.getAttribute('aria-valuetext')).toBe('epoch 1');
  });
});
