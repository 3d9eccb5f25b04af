// Also runs the tests of everything that does not need sharp in headless Chromium, bundled as in a page.
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { bundledFiles, runInChromium } from '../../../../test/browser/run-in-chromium';
import { hasChromium } from '../../../../test/extras/chromium';
import { decodeImage as decodeOnNode } from '../../src/decode-image';
import { fixture, inserted, scanOf } from '../fixture';

const TESTS = [
  'accents',
  'colour-map',
  'contact-sheet',
  'draw-text',
  'glyphs',
  'image-range',
  'lms-to-pixels',
  'lms-with-axes',
  'known-options',
  'resample',
  'resize-picture',
];

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

async function pictures(): Promise<Record<string, Buffer>> {
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
  const base = fixture('base.jpg');
  const { start, end } = scanOf(base);
  const sos = base.slice();
  sos.set([0, 0, 0], start - 3);
  const shared = [
    ...['anim.avif', 'gama-1.0.png', 'gif-small-frame.gif', 'orient6.webp', 'ramp-400-full.avif', 'ramp-400-limited.avif'],
    ...['avif/sequence.avif', 'avif/sequence.png', 'avif/limited-alpha.avif', 'avif/limited-alpha.png'],
    ...['rgb16-srgb-icc.png', 'rgb8-srgb-icc.png', 'cmyk.jpg', 'cmyk-rgb.png'],
    ...['enlarged/smooth-100x60.png', 'enlarged/smooth-100x60-bicubic.png', 'profiles/adobe.png', 'profiles/adobe-srgb.png'],
  ];
  return {
    ...Object.fromEntries(shared.map((name) => [name, Buffer.from(fixture(name))])),
    'base.jpg': Buffer.from(base),
    'samsung-sos.jpg': Buffer.from(sos),
    'cctv-extraneous.jpg': Buffer.from(inserted(base, 20, [0, 0, 0, 0])),
    'no-end.jpg': Buffer.from(base.slice(0, end)),
    'half.jpg': Buffer.from(base.slice().fill(0, base.length >> 1)),
    'cut.jpg': Buffer.from(base.slice(0, base.length >> 1)),
    'phone-trailer.jpg': Buffer.concat([base, Buffer.from('SEFH\x01\x02')]),
    'motion-photo.jpg': Buffer.concat([base, Buffer.from('\0\0\0\x20ftypisom'), Buffer.alloc(3000, 7)]),
    'reduced.bin': Buffer.from((await decodeOnNode(base)).pixels),
    'oriented.webp': await sharp(png).withMetadata({ orientation: 6 }).webp({ lossless: true }).toBuffer(),
    'oriented-5.webp': await sharp(png).withMetadata({ orientation: 5 }).webp({ lossless: true }).toBuffer(),
    'oriented-5.bin': Buffer.from(
      (
        await decodeOnNode(await sharp(png).withMetadata({ orientation: 5 }).webp({ lossless: true }).toBuffer(), {
          size: 'original',
        })
      ).pixels,
    ),
    'turned.png': await sharp(png).withMetadata({ orientation: 6 }).png().toBuffer(),
    'picture.tif': await sharp(png).tiff().toBuffer(),
    'halves.png': png,
    'halves.jpg': await sharp(png).jpeg({ quality: 95 }).toBuffer(),
    'halves.webp': await sharp(png).webp({ quality: 95 }).toBuffer(),
    'halves.gif': await sharp(png).gif().toBuffer(),
    'turned.jpg': await sharp(png).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    'clear.png': await sharp({ create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      .png()
      .toBuffer(),
  };
}

const present = hasChromium('image-io');
const tests = [...TESTS.map((name) => here(`../../src/${name}.test.ts`)), here('decode-image.page.ts')];
const results = present ? await runInChromium({ tests, files: await pictures() }) : [];

describe.skipIf(!present)('in Chromium', () => {
  it('ran every test file', () => {
    expect(results.length).toBeGreaterThan(50);
  });

  for (const { name, error } of results)
    it(name, () => {
      if (error) throw new Error(error);
    });
});

it('the browser entry imports neither sharp nor Node', async () => {
  const files = await bundledFiles(here('../../src/browser.ts'));
  expect(files.filter((path) => path.includes('node_modules'))).toEqual([]);
});
