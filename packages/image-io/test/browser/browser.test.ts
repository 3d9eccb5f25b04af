// Runs the tests of everything but sharp's part in headless Chromium too, bundled as a page would have them.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { PageResult } from './vitest-in-page';

const TESTS = [
  'colour-map',
  'contact-sheet',
  'draw-text',
  'glyphs',
  'image-range',
  'lms-to-pixels',
  'lms-with-axes',
  'resize-picture',
];

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
if (!present)
  console.warn(`Skipped: ${executablePath} is missing (CHROMIUM names another), so image-io is not tested in a browser.`);

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

async function bundle(): Promise<string> {
  const imports = [...TESTS.map((name) => here(`../../src/${name}.test.ts`)), here('decode-image.page.ts')];
  const { outputFiles } = await build({
    stdin: {
      contents: `${imports.map((path) => `import ${JSON.stringify(path)};`).join('\n')}\nexport { runAll } from 'vitest';`,
      resolveDir: here('.'),
    },
    alias: { vitest: here('vitest-in-page.ts') },
    define: { 'process.env.NODE_ENV': '"test"' },
    ignoreAnnotations: true, // "sideEffects": false would drop the tests
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'page',
    platform: 'browser',
  });
  return outputFiles[0].text;
}

async function pictures(): Promise<Record<string, string>> {
  const half = (background: { r: number; g: number; b: number }) =>
    sharp({ create: { width: 40, height: 40, channels: 3, background } })
      .png()
      .toBuffer();
  const [red, blue] = [await half({ r: 200, g: 40, b: 30 }), await half({ r: 20, g: 60, b: 210 })];
  const halves = sharp({ create: { width: 80, height: 40, channels: 3, background: 'black' } }).composite([
    { input: red, left: 0, top: 0 },
    { input: blue, left: 40, top: 0 },
  ]);
  const png = await halves.png().toBuffer();
  const made = {
    'halves.png': png,
    'halves.jpg': await sharp(png).jpeg({ quality: 95 }).toBuffer(),
    'halves.webp': await sharp(png).webp({ quality: 95 }).toBuffer(),
    'halves.gif': await sharp(png).gif().toBuffer(),
    'turned.jpg': await sharp(png).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    'clear.png': await sharp({ create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      .png()
      .toBuffer(),
  };
  return Object.fromEntries(Object.entries(made).map(([name, bytes]) => [name, bytes.toString('base64')]));
}

async function runInPage(): Promise<PageResult[]> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: `globalThis.FILES = ${JSON.stringify(await pictures())};` });
    await page.addScriptTag({ content: await bundle() });
    return (await page.evaluate('page.runAll()')) as PageResult[];
  } finally {
    await browser.close();
  }
}

const results = present ? await runInPage() : [];

describe.skipIf(!present)('in Chromium', () => {
  it('every file of tests was there', () => {
    expect(results.length).toBeGreaterThan(50);
  });

  it.each(results)('$name', ({ error }) => {
    if (error) throw new Error(error);
  });
});

it('the browser entry holds neither sharp nor Node', async () => {
  const { metafile } = await build({
    entryPoints: [here('../../src/browser.ts')],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser', // a Node module would be an error
  });
  expect(Object.keys(metafile.inputs).filter((path) => path.includes('node_modules'))).toEqual([]);
});
