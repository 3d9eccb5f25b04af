// What counts as damage and what as a warning, and that each names its own file.
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeImage } from '../src/decode-image';
import { inspectImage } from '../src/inspect/inspect-image';
import { isTruncatedImage } from '../src/is-truncated-image';
import { fixture, inserted, scanOf } from './fixture';

const base = fixture('base.jpg');
const { start, end } = scanOf(base);
const concat = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** The same picture as different encoders write it. */
const KINDS = {
  baseline: () => sharp(base).jpeg().toBuffer(),
  'optimised tables': () => sharp(base).jpeg({ optimiseCoding: true }).toBuffer(),
  progressive: () => sharp(base).jpeg({ progressive: true }).toBuffer(),
  'full colour resolution': () => sharp(base).jpeg({ chromaSubsampling: '4:4:4', quality: 97 }).toBuffer(),
  grey: () => sharp(base).toColourspace('b-w').jpeg().toBuffer(),
  mozjpeg: () => sharp(base).jpeg({ mozjpeg: true }).toBuffer(),
};
const files = new Map<string, Uint8Array>();
beforeAll(async () => {
  for (const [name, make] of Object.entries(KINDS)) files.set(name, new Uint8Array(await make()));
});

/** Warnings of a picture that is read. */
async function warningsOf(bytes: Uint8Array): Promise<string[]> {
  const warnings: string[] = [];
  const picture = await decodeImage(bytes, { name: 'it', size: 'original', onWarning: (message) => warnings.push(message) });
  expect([picture.width, picture.height]).toEqual([320, 240]);
  return warnings;
}

describe('whole JPEGs', () => {
  it.each(Object.keys(KINDS))('%s: nothing is found', async (name) => {
    expect(await inspectImage(files.get(name)!)).toEqual({ warnings: [] });
    await expect(decodeImage(files.get(name)!, { strict: true })).resolves.toBeDefined();
  });
});

describe('what every browser ignores', () => {
  const sos = base.slice();
  sos.set([0, 0, 0], start - 3); // as some Samsung phones write them
  const cases: [string, Uint8Array, string][] = [
    ['wrong scan parameters', sos, 'scan parameters that a sequential JPEG does not have'],
    ['stray bytes between segments', inserted(base, 20, [0, 0, 0, 0]), '4 stray bytes before marker 0xdb'],
    ['stray bytes before the end marker', inserted(base, end, [1, 2, 3]), '3 stray bytes after a scan'],
    ['padding before the end marker', inserted(base, end, new Uint8Array(500)), '500 stray bytes after a scan'],
    ['no end marker', base.slice(0, end), 'no end marker'],
  ];

  it.each(cases)('%s: read, reported, and refused when strict', async (_, bytes, warning) => {
    expect(await warningsOf(bytes)).toEqual([`decodeImage: it was read in spite of ${warning}`]);
    const plain = await decodeImage(base, { size: 'original' });
    expect((await decodeImage(bytes, { size: 'original' })).pixels).toEqual(plain.pixels);
    await expect(decodeImage(bytes, { name: 'it', strict: true })).rejects.toThrow(
      `decodeImage: it must follow its format to the letter, got ${warning}; omit strict`,
    );
  });

  it('bytes after the end cause no warning: a trailer, a film', async () => {
    const film = concat(base, new TextEncoder().encode('\0\0\0\x20ftypisom'), new Uint8Array(3000).fill(7));
    for (const bytes of [concat(base, new TextEncoder().encode('SEFH\x01\x02')), film]) {
      expect(await warningsOf(bytes)).toEqual([]);
      expect(isTruncatedImage(bytes)).toBe(false);
      await expect(decodeImage(bytes, { strict: true })).resolves.toBeDefined();
    }
  });

  it('a wrong checksum of a PNG comment, and no IEND', async () => {
    const png = new Uint8Array(await sharp(base).png().toBuffer());
    const comment = Uint8Array.of(0, 0, 0, 4, 0x74, 0x45, 0x58, 0x74, 0x61, 0, 0x62, 0x63, 1, 2, 3, 4);
    expect(await warningsOf(inserted(png, 33, comment))).toEqual([
      'decodeImage: it was read in spite of a wrong checksum of chunk tEXt',
    ]);
    expect(await warningsOf(png.slice(0, -12))).toEqual(['decodeImage: it was read in spite of no end chunk']);
  });
});

describe('damage', () => {
  it.each(Object.keys(KINDS))('the second half of a JPEG zeroed: %s', async (name) => {
    const whole = files.get(name)!;
    for (const share of [0.3, 0.5, 0.9]) {
      for (const kept of [0, 2]) {
        const bytes = whole.slice().fill(0, Math.floor(whole.length * share), whole.length - kept);
        await expect(decodeImage(bytes, { name: 'half.jpg' }), `${share}, ${kept}`).rejects.toThrow(
          /^decodeImage: half\.jpg must be a whole, undamaged picture, got: /,
        );
      }
    }
  });

  it.each(Object.keys(KINDS))('a JPEG cut anywhere but in its end marker: %s', async (name) => {
    const whole = files.get(name)!;
    for (const share of [0.01, 0.1, 0.5, 0.8, 0.99]) {
      const cut = whole.slice(0, Math.floor((whole.length - 30) * share));
      await expect(decodeImage(cut, { name: 'cut.jpg' }), String(share)).rejects.toThrow(
        /^decodeImage: cut\.jpg must be a whole, /,
      );
      expect(isTruncatedImage(cut)).toBe(true);
    }
  });

  it('a stretch of a PNG zeroed names its chunk', async () => {
    const png = new Uint8Array(await sharp(base).png().toBuffer());
    const bytes = png.slice().fill(0, 20_000, 20_100);
    await expect(decodeImage(bytes)).rejects.toThrow('got: the checksum of its chunk IDAT at byte ');
  });

  it.each([
    ['webp', /ends in the middle of its chunk VP8|of the \d+ bytes/],
    ['gif', /its first frame has only \d+ of 76800 pixels|ends/],
    ['avif', /it ends in the middle of its box mdat/],
    ['tiff', /ends/],
  ] as const)('a %s cut in two', async (format, reason) => {
    const whole = await sharp(base).toFormat(format).toBuffer();
    await expect(decodeImage(whole.subarray(0, whole.length >> 1))).rejects.toThrow(reason);
  });
});

it('an animated AVIF that lacks its end is refused, though its first frame is there', async () => {
  const cut = fixture('avif/sequence.avif').slice(0, -4);
  await expect(decodeImage(cut)).rejects.toThrow('got: it ends in the middle of its box mdat');
  await expect(decodeImage(cut, { onWarning: () => {} })).rejects.toThrow('got: it ends in the middle of its box mdat');
});

describe('many at once', () => {
  it("each error is its own file's, and good files are read", async () => {
    const webp = await sharp(base).webp().toBuffer();
    const png = await sharp(base).png().toBuffer();
    const tiff = await sharp(base).tiff({ compression: 'lzw' }).toBuffer();
    const gif = await sharp(base).gif().toBuffer();
    const garbled = Buffer.from(webp).fill(0xa5, 20, 200);
    const bad: Record<string, Uint8Array> = {
      cut: base.subarray(0, base.length >> 1),
      png: png.subarray(0, 9000),
      webp: webp.subarray(0, 3000),
      garbled,
      tiff: Buffer.from(tiff).fill(0xff, 5000, 9000),
      gif: Buffer.from(gif).fill(0, 1200),
    };
    const reasonOf = (name: string) => decodeImage(bad[name]!, { name }).then(String, (error: Error) => error.message);
    const alone: Record<string, string> = {};
    for (const name of Object.keys(bad)) alone[name] = await reasonOf(name);
    for (let round = 0; round < 12; round++) {
      const all = await Promise.all([
        ...Object.keys(bad).map(async (name) => expect(await reasonOf(name)).toBe(alone[name])),
        ...[base, webp, gif].map((bytes) => decodeImage(bytes)),
      ]);
      expect(all.at(-1)).toMatchObject({ width: 128, height: 128 });
    }
    expect(Object.values(alone).every((reason) => reason.startsWith('decodeImage: '))).toBe(true);
    expect(new Set(Object.values(alone).map((reason) => reason.replace(/^.*got: /, ''))).size).toBe(Object.keys(bad).length);
  });
});
