import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../../test/browser/files-in-page';
import { decodeImage, encodeJpeg, encodePng } from '../../src/browser';
import type { Picture } from '../../src/picture';

const colourAt = ({ pixels, width }: Picture, x: number, y: number) => [
  ...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];
const near = (colour: number[], expected: number[], tolerance: number) =>
  colour.forEach((value, i) => {
    if (Math.abs(value - expected[i]) > tolerance) throw new Error(`colour must be about ${expected}, got ${colour}`);
  });

const RED = [200, 40, 30];
const BLUE = [20, 60, 210];

describe('decodeImage in a browser', () => {
  // 80×40, the left half red, the right half blue
  it.each(['halves.png', 'halves.jpg', 'halves.webp', 'halves.gif'])('%s squashed to 128×128', async (name: unknown) => {
    const picture = await decodeImage(bytesOf(name as string));
    expect([picture.width, picture.height, picture.pixels.length]).toEqual([128, 128, 128 * 128 * 3]);
    near(colourAt(picture, 20, 64), RED, 6);
    near(colourAt(picture, 108, 64), BLUE, 6);
  });

  it('keeps the middle when cropped, and every pixel at its original size', async () => {
    const cropped = await decodeImage(bytesOf('halves.png'), { size: { width: 10, height: 20 }, fit: 'crop' });
    expect([colourAt(cropped, 0, 10), colourAt(cropped, 9, 10)]).toEqual([RED, BLUE]);
    const original = await decodeImage(bytesOf('halves.png'), { size: 'original' });
    expect([original.width, original.height, colourAt(original, 39, 0), colourAt(original, 40, 39)]).toEqual([80, 40, RED, BLUE]);
  });

  it('turns a photograph upright', async () => {
    const { width, height } = await decodeImage(bytesOf('turned.jpg'), { size: 'original' });
    expect([width, height]).toEqual([40, 80]);
  });

  it('lays transparency over the background', async () => {
    const clear = bytesOf('clear.png');
    expect(colourAt(await decodeImage(clear), 5, 5)).toEqual([255, 255, 255]);
    expect(colourAt(await decodeImage(clear, { background: [1, 2, 3] }), 5, 5)).toEqual([1, 2, 3]);
  });

  it('refuses what is not a picture, truncated or too large, by name', async () => {
    const options = { name: 'cat.png' };
    await expect(decodeImage(new TextEncoder().encode('hello there'), options)).rejects.toThrow(
      'decodeImage: cat.png must be a JPEG',
    );
    await expect(decodeImage(bytesOf('halves.png').slice(0, -9), options)).rejects.toThrow(
      'decodeImage: cat.png must be a whole, undamaged picture',
    );
    await expect(decodeImage(bytesOf('halves.png').fill(0, 40, 80), options)).rejects.toThrow(
      'decodeImage: cat.png must be a whole, undamaged picture',
    );
    await expect(decodeImage(bytesOf('halves.jpg'), { ...options, maxPixels: 3199 })).rejects.toThrow(
      'decodeImage: cat.png must have at most 3199 pixels, got 80×40 = 3200',
    );
  });
});

const differences = (ours: Picture, theirs: Uint8Array) => ours.pixels.map((value, i) => Math.abs(value - theirs[i]!));
const largest = (levels: Uint8Array) => levels.reduce((most, value) => Math.max(most, value), 0);
const original = (name: string) => decodeImage(bytesOf(name), { size: 'original' });

describe('decodeImage in a browser as on Node', () => {
  it.each(['samsung-sos.jpg', 'cctv-extraneous.jpg', 'no-end.jpg'])(
    '%s is read with a warning, and refused when strict',
    async (name: unknown) => {
      const warnings: string[] = [];
      const read = await decodeImage(bytesOf(name as string), {
        size: 'original',
        onWarning: (message) => warnings.push(message),
      });
      expect(largest(differences(read, (await original('base.jpg')).pixels))).toBe(0);
      expect(warnings).toHaveLength(1);
      await expect(decodeImage(bytesOf(name as string), { strict: true })).rejects.toThrow(
        'must follow its format to the letter',
      );
    },
  );

  it.each(['phone-trailer.jpg', 'motion-photo.jpg'])('%s is read without a warning', async (name: unknown) => {
    const warnings: string[] = [];
    await decodeImage(bytesOf(name as string), { strict: true, onWarning: (message) => warnings.push(message) });
    expect(warnings).toEqual([]);
  });

  it.each(['half.jpg', 'cut.jpg'])('%s is damage', async (name: unknown) => {
    await expect(decodeImage(bytesOf(name as string))).rejects.toThrow(
      'decodeImage: image must be a whole, undamaged picture, got: its data ',
    );
  });

  it('turns a WebP and a PNG by their EXIF', async () => {
    const { width, height } = await original('orient6.webp');
    expect([width, height]).toEqual([80, 160]);
    for (const name of ['oriented.webp', 'turned.png']) {
      const turned = await original(name);
      expect([turned.width, turned.height]).toEqual([40, 80]);
      expect([colourAt(turned, 20, 2), colourAt(turned, 20, 77)]).toEqual([RED, BLUE]);
    }
    expect(largest(differences(await original('oriented-5.webp'), bytesOf('oriented-5.bin')))).toBe(0);
  });

  it("does not apply PNG's gAMA, but a profile", async () => {
    const { pixels } = await original('gama-1.0.png');
    expect([...Array(127).keys()].map((x) => pixels[x * 3])).toEqual([...Array(127).keys()].map((x) => x * 2));
    expect(largest(differences(await original('rgb16-srgb-icc.png'), (await original('rgb8-srgb-icc.png')).pixels))).toBe(0);
    expect(
      largest(differences(await original('profiles/adobe.png'), (await original('profiles/adobe-srgb.png')).pixels)) <= 2,
    ).toBe(true);
  });

  it("shows the background where a GIF's first frame does not reach", async () => {
    const picture = await decodeImage(bytesOf('gif-small-frame.gif'), { size: 'original', background: [1, 2, 250] });
    expect([colourAt(picture, 0, 0), colourAt(picture, 0, 16), colourAt(picture, 63, 63)]).toEqual([
      [1, 2, 250],
      [255, 0, 0],
      [1, 2, 250],
    ]);
  });

  it('spreads grey AVIF of the limited range, and reads the first frame of an animation', async () => {
    expect(
      largest(differences(await original('ramp-400-limited.avif'), (await original('ramp-400-full.avif')).pixels)) <= 2,
    ).toBe(true);
    const { width, height } = await original('anim.avif');
    expect([width, height]).toEqual([320, 240]);
  });

  it.each(['sequence', 'limited-alpha'])('shows avif/%s.avif as libavif does', async (name) => {
    const levels = differences(await original(`avif/${name}.avif`), (await original(`avif/${name}.png`)).pixels);
    expect([name, largest(levels) <= 2 ? 'within 2' : largest(levels)]).toEqual([name, 'within 2']);
  });

  it('shows CMYK without a profile as Node does', async () => {
    expect(largest(differences(await original('cmyk.jpg'), (await original('cmyk-rgb.png')).pixels)) <= 3).toBe(true);
  });

  it('enlarges as Pillow does, and reduces as Node does within a few levels', async () => {
    const enlarged = await decodeImage(bytesOf('enlarged/smooth-100x60.png'));
    expect(largest(differences(enlarged, (await original('enlarged/smooth-100x60-bicubic.png')).pixels)) <= 1).toBe(true);
    const levels = differences(await decodeImage(bytesOf('base.jpg')), bytesOf('reduced.bin'));
    expect(levels.reduce((sum, value) => sum + value, 0) / levels.length < 1.5).toBe(true);
    expect(largest(levels) <= 8).toBe(true);
  });

  it('refuses a TIFF by name, and unknown options', async () => {
    await expect(decodeImage(bytesOf('picture.tif'), { name: 'scan.tif' })).rejects.toThrow(
      'decodeImage: scan.tif must be a picture of a supported kind, got a TIFF, which browsers do not read',
    );
    await expect(decodeImage(bytesOf('base.jpg'), { onWarn() {} } as object)).rejects.toThrow(
      'got onWarn; did you mean onWarning?',
    );
  });

  it('accepts a Blob, a File, an ArrayBuffer and a Response', async () => {
    const bytes = bytesOf('halves.png');
    const { pixels } = await decodeImage(bytes);
    for (const source of [
      new Blob([bytes]),
      new File([bytes], 'x.png'),
      bytes.slice().buffer as ArrayBuffer,
      new Response(bytes),
    ]) {
      expect(largest(differences(await decodeImage(source), pixels))).toBe(0);
    }
  });
});

describe('encoding in a browser', () => {
  const noise = { pixels: Uint8Array.from({ length: 20 * 10 * 3 }, (_, i) => (i * 97) % 251), width: 20, height: 10 };

  it('PNG keeps every value', async () => {
    const again = await decodeImage(await encodePng(noise), { size: 'original' });
    expect([...again.pixels]).toEqual([...noise.pixels]);
  });

  it('JPEG keeps the colour of a plain picture', async () => {
    const plain = { pixels: Uint8Array.from({ length: 300 }, (_, i) => RED[i % 3]), width: 10, height: 10 };
    near(colourAt(await decodeImage(await encodeJpeg(plain, { quality: 95 })), 64, 64), RED, 4);
    await expect(encodeJpeg(plain, { quality: 0 })).rejects.toThrow(
      'encodeJpeg: quality must be an integer from 1 to 100, got 0',
    );
  });
});
