import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from './decode-image';
import type { DecodeImageOptions } from './decode-options';
import { encodeJpeg, encodePng } from './encode-image';
import type { Picture } from './picture';

/** Left half of one colour, right half of another. */
function halves(width: number, height: number, left: number[], right: number[]): Picture {
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const x = Math.floor(i / 3) % width;
    return (x < width / 2 ? left : right)[i % 3];
  });
  return { pixels, width, height };
}

const pixelAt = ({ pixels, width }: Picture, x: number, y: number) => [
  ...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

function expectColour(actual: number[], expected: number[], tolerance: number): void {
  actual.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(tolerance));
}

const rawPng = (width: number, channels: 1 | 2 | 3 | 4, values: number[]) =>
  sharp(Buffer.from(values), { raw: { width, height: values.length / width / channels, channels } });

const RED = [200, 40, 30];
const BLUE = [20, 60, 220];

describe('decodeImage: sizes', () => {
  it('squashes the whole frame to 128×128 by default', async () => {
    const picture = await decodeImage(await encodePng(halves(320, 180, RED, BLUE)));
    expect([picture.width, picture.height, picture.pixels.length]).toEqual([128, 128, 128 * 128 * 3]);
    expect(pixelAt(picture, 0, 64)).toEqual(RED);
    expect(pixelAt(picture, 127, 64)).toEqual(BLUE);
  });

  it("keeps the centre with fit 'crop'", async () => {
    const wide = halves(300, 100, RED, BLUE);
    for (let y = 0; y < 100; y++) wide.pixels.set([0, 255, 0], y * 300 * 3); // a green left edge, cropped away
    const picture = await decodeImage(await encodePng(wide), { size: 100, fit: 'crop' });
    expect([pixelAt(picture, 0, 50), pixelAt(picture, 99, 50)]).toEqual([RED, BLUE]);
  });

  it("returns the very pixels with size 'original'", async () => {
    const original = halves(7, 5, RED, BLUE);
    expect(await decodeImage(await encodePng(original), { size: 'original' })).toEqual(original);
  });

  it('accepts a width and a height', async () => {
    const picture = await decodeImage(await encodePng(halves(8, 8, RED, BLUE)), { size: { width: 20, height: 10 } });
    expect([picture.width, picture.height]).toEqual([20, 10]);
  });

  it('returns the same pixels for the same bytes', async () => {
    const bytes = await encodeJpeg(halves(640, 480, RED, BLUE));
    expect(await decodeImage(bytes)).toEqual(await decodeImage(bytes));
  });

  it('refuses a size that is not a whole number', async () => {
    const bytes = await encodePng(halves(4, 4, RED, BLUE));
    await expect(decodeImage(bytes, { size: 12.5 })).rejects.toThrow(
      'decodeImage: size must be whole numbers from 1 to 16384, got 12.5',
    );
  });
});

describe('decodeImage: kinds of picture', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const)('reads %s', async (format) => {
    const { pixels, width, height } = halves(64, 64, RED, BLUE);
    const bytes = await sharp(pixels, { raw: { width, height, channels: 3 } })
      .toFormat(format, { quality: 95 })
      .toBuffer();
    const picture = await decodeImage(bytes, { size: 64 });
    expectColour(pixelAt(picture, 8, 32), RED, 6);
    expectColour(pixelAt(picture, 56, 32), BLUE, 6);
  });

  it('reads the first frame of an animation', async () => {
    const frames = Buffer.from([...Array(16).fill(RED).flat(), ...Array(16).fill(BLUE).flat()]);
    const gif = await sharp(frames, { raw: { width: 4, height: 8, channels: 3, pageHeight: 4 } })
      .gif()
      .toBuffer();
    const picture = await decodeImage(gif, { size: 'original' });
    expect([picture.width, picture.height]).toEqual([4, 4]);
    expectColour(pixelAt(picture, 0, 0), RED, 4);
  });

  it('applies the EXIF orientation', async () => {
    const { pixels, width, height } = halves(40, 20, RED, BLUE);
    const turned = await sharp(pixels, { raw: { width, height, channels: 3 } })
      .withMetadata({ orientation: 6 }) // to be shown a quarter turn clockwise: the left half comes to the top
      .png()
      .toBuffer();
    const picture = await decodeImage(turned, { size: 'original' });
    expect([picture.width, picture.height]).toEqual([20, 40]);
    expect([pixelAt(picture, 10, 2), pixelAt(picture, 10, 37)]).toEqual([RED, BLUE]);
  });

  it('lays transparency over white, or over the given background', async () => {
    const bytes = await rawPng(3, 4, [9, 9, 9, 0, 100, 0, 0, 128, 1, 2, 3, 255]).png().toBuffer();
    const overWhite = await decodeImage(bytes, { size: 'original' });
    expect([pixelAt(overWhite, 0, 0), pixelAt(overWhite, 2, 0)]).toEqual([
      [255, 255, 255],
      [1, 2, 3],
    ]);
    const overBlue = await decodeImage(bytes, { size: 'original', background: [0, 0, 200] });
    expect(pixelAt(overBlue, 0, 0)).toEqual([0, 0, 200]);
    expectColour(pixelAt(overBlue, 1, 0), [50, 0, 100], 1);
  });

  it('turns grey, and grey with transparency, into three channels', async () => {
    const grey = await decodeImage(await rawPng(2, 1, [7, 200]).png().toBuffer(), { size: 'original' });
    expect([...grey.pixels]).toEqual([7, 7, 7, 200, 200, 200]);
    const bytes = await rawPng(2, 2, [100, 0, 100, 255]).png().toBuffer();
    const overRed = await decodeImage(bytes, { size: 'original', background: [255, 0, 0] });
    expect([...overRed.pixels]).toEqual([255, 0, 0, 100, 100, 100]);
  });

  it('scales 16 bits to 8, with transparency too', async () => {
    const bytes = await rawPng(2, 4, [10, 20, 30, 0, 10, 20, 30, 255]).toColourspace('rgb16').png().toBuffer();
    expect((await sharp(bytes).metadata()).depth).toBe('ushort');
    const picture = await decodeImage(bytes, { size: 'original', background: [255, 0, 0] });
    expect([...picture.pixels]).toEqual([255, 0, 0, 10, 20, 30]);
  });
});

describe('decodeImage: sources', () => {
  it('accepts bytes in every form', async () => {
    const bytes = await encodePng(halves(6, 4, RED, BLUE));
    const { buffer } = bytes.slice();
    const shared = new SharedArrayBuffer(bytes.length);
    new Uint8Array(shared).set(bytes);
    const inside = new Uint8Array([1, 2, 3, ...bytes, 9]).subarray(3, 3 + bytes.length);
    const sources = {
      Uint8Array: bytes,
      'a part of a larger one': inside,
      Buffer: Buffer.from(bytes),
      ArrayBuffer: buffer,
      SharedArrayBuffer: shared,
      DataView: new DataView(buffer),
      Blob: new Blob([bytes.slice()]),
      File: new File([bytes.slice()], 'cat.png'),
      Response: new Response(bytes.slice()),
    };
    for (const [name, source] of Object.entries(sources)) {
      expect(await decodeImage(source as Uint8Array, { size: 'original' }), name).toEqual(halves(6, 4, RED, BLUE));
    }
  });

  it.each([
    [
      'cat.jpg',
      "decodeImage: bytes must be a Uint8Array, an ArrayBuffer, a Buffer, a Blob, a File or a Response, got the string 'cat.jpg'",
    ],
    [undefined, 'got undefined'],
    [{ length: 3 }, 'got a value of type Object'],
    [new Response('gone', { status: 404 }), 'decodeImage: the response must be ok, got status 404'],
  ])('refuses %j', async (source, message) => {
    await expect(decodeImage(source as Uint8Array)).rejects.toThrow(message);
  });
});

describe('decodeImage: errors name the file', () => {
  const text = (value: string) => new TextEncoder().encode(value);

  it.each([
    ['an empty file', new Uint8Array(0), 'it is empty'],
    ['a text file', text('not a picture at all'), 'it looks like text'],
    ['a web page', text('<!DOCTYPE html><title>404'), 'it looks like an HTML page'],
    ['an SVG', text('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'it looks like an SVG drawing'],
    ['a sound', text('RIFF\x10\0\0\0WAVEfmt '), 'it looks like a WAV sound'],
    ['zeros', new Uint8Array(512), 'it begins with zeros'],
    ['noise', Uint8Array.of(1, 2, 3, 4, 5), 'it begins with 01 02 03 04'],
  ])('%s', async (_, bytes, reason) => {
    const start = 'decodeImage: a/b.jpg must be a JPEG, PNG, WebP, AVIF, GIF or TIFF picture, but ';
    await expect(decodeImage(bytes, { name: 'a/b.jpg' })).rejects.toThrow(start + reason);
  });

  it.each([
    ['jpg', encodeJpeg],
    ['png', encodePng],
  ])('a truncated %s, wherever it is cut', async (extension, encode) => {
    const noise = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 251);
    const whole = await encode({ pixels: noise, width: 64, height: 64 });
    for (const share of [0.02, 0.3, 0.9, 0.97]) {
      const cut = whole.subarray(0, Math.floor(whole.length * share));
      await expect(decodeImage(cut, { name: `cut.${extension}` })).rejects.toThrow(
        `decodeImage: cut.${extension} must be a whole, undamaged picture, got: `,
      );
    }
  });

  it('a decompression bomb, before it is unpacked', async () => {
    const bomb = await encodePng(halves(16, 16, RED, BLUE));
    new DataView(bomb.buffer).setUint32(16, 60000); // the width in IHDR
    new DataView(bomb.buffer).setUint32(20, 60000);
    new DataView(bomb.buffer).setUint32(29, crc32(bomb.subarray(12, 29)));
    await expect(decodeImage(bomb, { name: 'bomb.png' })).rejects.toThrow(
      'decodeImage: bomb.png must have at most 100000000 pixels, got 60000×60000 = 3600000000',
    );
  });

  it.each([
    [{ Size: 64 }, 'decodeImage: options must be known ones, got Size; did you mean size?'],
    [{ backgroud: [0, 0, 0] }, 'got backgroud; did you mean background?'],
    [{ on_warning: () => {} }, 'got on_warning; did you mean onWarning?'],
    [{ quality: 3 }, 'got quality; it takes size, fit, background, maxPixels, name, strict, onWarning'],
    [{ fit: 'cover' }, "decodeImage: fit must be 'squash' or 'crop', got cover"],
    [{ size: { width: 3, heigth: 4 } }, 'decodeImage: size: options must be known ones, got heigth; did you mean height?'],
    [{ strict: 'yes' }, 'decodeImage: strict must be true or false, got yes'],
    [{ onWarning: true }, 'decodeImage: onWarning must be a function, got true'],
  ])('%j is refused', async (options, message) => {
    const bytes = await encodePng(halves(2, 2, RED, BLUE));
    await expect(decodeImage(bytes, options as DecodeImageOptions)).rejects.toThrow(message);
  });

  it('more pixels than maxPixels', async () => {
    const bytes = await encodePng(halves(20, 10, RED, BLUE));
    await expect(decodeImage(bytes, { maxPixels: 199 })).rejects.toThrow('image must have at most 199 pixels, got 20×10 = 200');
    await expect(decodeImage(bytes, { maxPixels: 200 })).resolves.toBeDefined();
  });
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
