import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeWav } from '@cmcgan/audio-features';
import { encodePng } from '@cmcgan/image-io';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../../test/extras/chromium';
import { createProgram } from '../src/commands/program';
import { createProgress } from '@cmcgan/command-line';
import { assembleKit, type KeyedItem } from '../src/vote/make-kit';
import { votePage } from '../src/vote/vote-page';
import { temporaryFolder } from '../../../test/temporary-folder';

const root = temporaryFolder('vote');
const models = ['runs-of-ours', 'theirs-that-is'];

async function makeItems(): Promise<KeyedItem[]> {
  const png = await encodePng({ pixels: new Uint8Array(4 * 4 * 3).fill(200), width: 4, height: 4 });
  const image = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  const wav = `data:audio/wav;base64,${Buffer.from(writeWav({ samples: new Float32Array(441), sampleRateHz: 44_100 })).toString('base64')}`;
  return models.flatMap((model, m) =>
    (['image', 'sound'] as const).flatMap((modality, k) =>
      ['horn', 'double_bass', 'flute'].map((instrument, i) => {
        const id = `${m}${k}${i}`;
        return { id, model, modality, pair: `p${i}`, instrument, image, wav, spectrogram: image };
      }),
    ),
  );
}

/** Runs the evaluator's command line; resolves to exit code and output. */
async function run(...words: string[]) {
  let printed = '';
  const progress = createProgress({ write: (text) => (printed += text) }, () => 0);
  const exitCode = await createProgram({ folder: root, progress, version: '0' }).run(words);
  return { exitCode, printed };
}

describe.skipIf(!hasChromium('the page of the vote'))('the page of the vote, from a disk', () => {
  let browser: Browser;
  let items: KeyedItem[];
  const address = pathToFileURL(join(root, 'kit/page/index.html')).href;

  beforeAll(async () => {
    items = await makeItems();
    const kit = assembleKit(items, models, 5);
    mkdirSync(join(root, 'kit/page'), { recursive: true });
    writeFileSync(join(root, 'kit/page/index.html'), votePage(kit.key.kit, kit.items));
    writeFileSync(join(root, 'kit/key.json'), JSON.stringify(kit.key));
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** Opens the page as the named voter, in a separate browser context. */
  async function begin(voter: string): Promise<Page> {
    const page = await (await browser.newContext({ acceptDownloads: true })).newPage();
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.goto(address);
    await page.fill('#voter', voter);
    await page.click('#begin button');
    return page;
  }

  /** Answers all samples with `answer` and saves; resolves to the order in which they were shown and the file's path. */
  async function voteAll(voter: string, answer: (id: string) => string) {
    const page = await begin(voter);
    const order: string[] = [];
    for (let i = 0; i < items.length; i++) {
      const id = await page.evaluate('order[at].id');
      order.push(String(id));
      await page.click(`#answers [data-answer=${answer(String(id))}]`);
    }
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save')]);
    const path = join(root, download.suggestedFilename());
    await download.saveAs(path);
    await page.context().close();
    return { order, path };
  }

  it('does not reveal which model made a sample', () => {
    const html = readFileSync(join(root, 'kit/page/index.html'), 'utf8');
    for (const model of models) expect(html).not.toContain(model);
  });

  it('goes from votes in the page to the four rates of each model', async () => {
    const ofOurs = (id: string) => id.startsWith('0');
    const first = await voteAll('Ann Bee', (id) => (ofOurs(id) ? 'satisfactory' : 'acceptable'));
    const second = await voteAll('bob', (id) => (ofOurs(id) ? 'acceptable' : 'unacceptable'));
    expect(first.path).toMatch(/votes-Ann-Bee\.json$/);
    expect([...first.order].sort()).toEqual(items.map(({ id }) => id).sort());
    expect(first.order).not.toEqual(second.order); // each voter has a different order
    writeFileSync(join(root, 'broken.json'), '{');
    const { exitCode, printed } = await run('vote', 'tally', 'kit', first.path, second.path, 'broken.json', 'missing.json');
    expect(exitCode).toBe(0);
    expect(printed).toContain('left out broken.json: it is not a file of votes: it is not JSON');
    expect(printed).toContain('left out missing.json: it is not a file of votes: it cannot be read (ENOENT)');
    expect(printed).toMatch(/runs-of-ours +I-AST +50\.0 % \[9\.5, 90\.5\] 1\/2/);
    expect(printed).toMatch(/theirs-that-is +S-AAT +50\.0 %/);
    const { tally } = JSON.parse(readFileSync(join(root, 'kit/tally.json'), 'utf8'));
    expect(tally['runs-of-ours']['I-AAT'].voters).toMatchObject({ correct: 2, n: 2 });
    expect(tally['theirs-that-is']['I-AST'].answers).toMatchObject({ correct: 0, n: 6 });
  });

  it('gives the same voter the same order, resumes after a reload, and goes back', async () => {
    const page = await begin('carl');
    const first = await page.evaluate('order.map(({ id }) => id).join()');
    await page.keyboard.press('2');
    await page.keyboard.press('3');
    expect(await page.textContent('#count')).toBe(`3 / ${items.length}`);
    await page.reload();
    await page.fill('#voter', 'carl');
    await page.click('#begin button');
    expect(await page.evaluate('order.map(({ id }) => id).join()')).toBe(first);
    expect(await page.textContent('#count')).toBe(`3 / ${items.length}`);
    await page.click('#back');
    expect(await page.getAttribute('[data-answer=satisfactory]', 'aria-pressed')).toBe('true');
    await page.context().close();
  });

  it('asks about pictures made from sounds, and about sounds made from pictures', async () => {
    const page = await begin('erna');
    const asked: Record<string, number> = {};
    for (let i = 0; i < items.length; i++) {
      const modality = String(await page.evaluate('order[at].modality'));
      const [given, made] = await Promise.all(['#given .play', '#made .play'].map((player) => page.locator(player).count()));
      expect([given, made]).toEqual(modality === 'image' ? [1, 0] : [0, 1]);
      expect(await page.locator('#given img, #made img').count()).toBe(2);
      const question = (await page.textContent('#question'))!;
      expect(question).toBe(modality === 'image' ? 'How good is this picture?' : 'How good is this sound?');
      asked[question] = (asked[question] ?? 0) + 1;
      await page.keyboard.press('1');
    }
    expect(Object.values(asked)).toEqual([items.length / 2, items.length / 2]);
    await page.context().close();
  });

  it('plays sounds', async () => {
    const page = await begin('dora');
    await page.evaluate('window.played = 0; sound.play = () => { window.played++; return Promise.resolve(); }');
    await page.click('.play');
    await page.keyboard.press(' ');
    expect(await page.evaluate('window.played')).toBe(2);
    expect(await page.evaluate('sound.src.slice(0, 15)')).toBe('data:audio/wav;');
    await page.context().close();
  });

  it('makes no network request', async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(address);
    expect(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    await page.close();
  });
});

describe('vote', () => {
  it('says what is missing, in one line', async () => {
    await expect(run('vote', 'make', '--run', 'a')).rejects.toThrow('name the models to compare');
    await expect(run('vote', 'tally', 'nowhere', 'votes.json')).rejects.toThrow(/nowhere is not a kit/);
  });
});
