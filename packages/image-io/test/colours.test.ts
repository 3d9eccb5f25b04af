// Colours against Pillow's and Little CMS' (test/fixtures/make-fixtures.py) and against 8-bit twins.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../src/decode-image';
import { tiffDirectory } from '../src/inspect/tiff-tags';
import type { Picture } from '../src/picture';
import { fixture } from './fixture';

const read = (bytes: Uint8Array) => decodeImage(bytes, { size: 'original' });

function largestDifference(ours: Picture, theirs: Picture): number {
  expect([ours.width, ours.height]).toEqual([theirs.width, theirs.height]);
  return ours.pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs.pixels[i]!)), 0);
}

describe('profiles of more than 8 bits', () => {
  it('a 16-bit PNG with an sRGB profile is its 8-bit twin', async () => {
    const wide = await read(fixture('rgb16-srgb-icc.png'));
    expect([...wide.pixels.subarray(0, 3)]).toEqual([255, 0, 0]);
    expect(largestDifference(wide, await read(fixture('rgb8-srgb-icc.png')))).toBeLessThanOrEqual(1);
  });

  it.each(['adobe', 'display-p3', 'linear', 'grey-gamma-1.8'])(
    'a 16-bit PNG with profile %s is converted as by Little CMS',
    async (name) => {
      const ours = await read(fixture(`profiles/${name}.png`));
      expect(largestDifference(ours, await read(fixture(`profiles/${name}-srgb.png`)))).toBeLessThanOrEqual(1);
    },
  );

  it.each(['adobe', 'grey-gamma-1.8'])('a 16-bit TIFF with profile %s too, and one with transparency', async (name) => {
    const png = sharp(fixture(`profiles/${name}.png`), { ignoreIcc: true }).keepIccProfile();
    const expected = await read(fixture(`profiles/${name}-srgb.png`));
    const space = name.startsWith('grey') ? 'grey16' : 'rgb16';
    expect(
      largestDifference(await read(await png.clone().toColourspace(space).tiff({ compression: 'lzw' }).toBuffer()), expected),
    ).toBeLessThanOrEqual(1);
    const opaque = await png.clone().toColourspace(space).ensureAlpha().tiff({ compression: 'lzw' }).toBuffer();
    expect(largestDifference(await read(opaque), expected)).toBeLessThanOrEqual(1);
  });

  it.each([10, 12] as const)('a %i-bit AVIF with a profile', async (bitdepth) => {
    const avif = await sharp(fixture('profiles/adobe.png'), { ignoreIcc: true })
      .keepIccProfile()
      .toColourspace('rgb16')
      .avif({ bitdepth, lossless: true, chromaSubsampling: '4:4:4' })
      .toBuffer();
    expect((await sharp(avif).metadata()).bitsPerSample).toBe(bitdepth);
    expect(largestDifference(await read(avif), await read(fixture('profiles/adobe-srgb.png')))).toBeLessThanOrEqual(2);
  });
});

describe('CMYK', () => {
  it('without a profile is what Pillow and browsers show', async () => {
    expect(largestDifference(await read(fixture('cmyk.jpg')), await read(fixture('cmyk-rgb.png')))).toBeLessThanOrEqual(1);
  });

  it('with a profile goes through it', async () => {
    const soft = sharp({ create: { width: 32, height: 32, channels: 3, background: { r: 180, g: 140, b: 120 } } });
    const jpeg = await soft.toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer();
    const { pixels } = await read(jpeg);
    [180, 140, 120].forEach((value, c) => expect(Math.abs(pixels[c]! - value)).toBeLessThanOrEqual(12));
  });
});

describe('coarse chroma', () => {
  it.each([
    ...['coarse-chroma', 'coarse-chroma-transposed', 'coarse-chroma-turned'],
    ...['coarse-chroma-profile', 'coarse-chroma-profile-limited'],
  ])('%s.avif is decoded as by libavif', async (name) => {
    expect(
      largestDifference(await read(fixture(`avif/${name}.avif`)), await read(fixture(`avif/${name}.png`))),
    ).toBeLessThanOrEqual(2);
  });
});

describe('ranges and frames', () => {
  it('grey AVIF of the limited range is spread over all levels', async () => {
    const limited = await read(fixture('ramp-400-limited.avif'));
    const full = await read(fixture('ramp-400-full.avif'));
    expect([limited.pixels[0], limited.pixels[127 * 3]]).toEqual([full.pixels[0], full.pixels[127 * 3]]);
    expect(largestDifference(limited, full)).toBeLessThanOrEqual(2);
  });

  it('and by the stream itself if no box declares it', async () => {
    const bytes = fixture('ramp-400-limited.avif');
    const box = Buffer.from(bytes).indexOf('colr');
    bytes.set(new TextEncoder().encode('free'), box);
    expect(largestDifference(await read(bytes), await read(fixture('ramp-400-full.avif')))).toBeLessThanOrEqual(2);
  });

  it("shows the background where a GIF's first frame does not reach", async () => {
    const { pixels } = await decodeImage(fixture('gif-small-frame.gif'), { size: 'original', background: [1, 2, 250] });
    const at = (x: number, y: number) => [...pixels.subarray((y * 64 + x) * 3, (y * 64 + x) * 3 + 3)];
    expect([at(0, 0), at(63, 15), at(0, 16), at(63, 47), at(0, 48)]).toEqual([
      [1, 2, 250],
      [1, 2, 250],
      [255, 0, 0],
      [255, 0, 0],
      [1, 2, 250],
    ]);
  });

  it('reads the first frame of an animated AVIF, its alpha too, with and without a still picture beside it', async () => {
    const animation = fixture('avif/sequence.avif');
    const expected = await read(fixture('avif/sequence.png'));
    expect(largestDifference(await read(animation), expected)).toBeLessThanOrEqual(1);
    animation.set(new TextEncoder().encode('free'), Buffer.from(animation).indexOf('meta'));
    expect(largestDifference(await read(animation), expected)).toBeLessThanOrEqual(1);
    const { width, height } = await read(fixture('anim.avif'));
    expect([width, height]).toEqual([320, 240]);
  });

  it('reads AVIF with alpha of the limited range', async () => {
    const expected = await read(fixture('avif/limited-alpha.png'));
    expect(largestDifference(await read(fixture('avif/limited-alpha.avif')), expected)).toBeLessThanOrEqual(1);
  });

  it('reports the true reason for an animation without a frame, and for HEIC in the same container', async () => {
    const animation = fixture('anim.avif');
    for (const box of ['meta', 'stsz', 'stsz']) {
      const at = Buffer.from(animation).indexOf(box);
      if (at >= 0) animation.set(new TextEncoder().encode('free'), at);
    }
    await expect(read(animation)).rejects.toThrow('got an animated AVIF whose first frame cannot be found');
    const heic = fixture('ramp-400-full.avif');
    heic.set(new TextEncoder().encode('hvcC'), Buffer.from(heic).indexOf('av1C'));
    await expect(read(heic)).rejects.toThrow('got a HEIC photograph; convert it to PNG');
  });

  it("does not apply PNG's gAMA", async () => {
    const { pixels } = await read(fixture('gama-1.0.png'));
    expect([...Array(127).keys()].map((x) => pixels[x * 3])).toEqual([...Array(127).keys()].map((x) => x * 2));
  });

  it('turns a WebP by its EXIF', async () => {
    const { width, height } = await read(fixture('orient6.webp'));
    expect([width, height]).toEqual([80, 160]);
  });
});

describe('TIFF', () => {
  const flat = (pixels: number[], channels: 1 | 3) =>
    sharp(Buffer.from(pixels), { raw: { width: pixels.length / channels, height: 1, channels } });

  it('8-bit CIE Lab: white, a mid grey of L 53.6, and sRGB red', async () => {
    const rgb = await flat([255, 0, 0, 137, 0, 0, 138, 81, 70], 3).tiff({ compression: 'none' }).toBuffer();
    const { pixels } = await read(asPhotometric(rgb, 8));
    const expected = [255, 255, 255, 128, 128, 128, 255, 0, 0];
    expected.forEach((value, i) => expect(Math.abs(pixels[i]! - value), `value ${i}`).toBeLessThanOrEqual(4));
  });

  it('does not change the bytes', async () => {
    const bytes = asPhotometric(await flat([255, 0, 0, 9, 9, 9], 3).tiff({ compression: 'none' }).toBuffer(), 8);
    const before = Buffer.from(bytes);
    await read(bytes);
    expect(Buffer.from(bytes).equals(before)).toBe(true);
  });

  it.each(['8-bit', '16-bit'])('%s colours in separate tiles', async (name) => {
    expect(largestDifference(await read(fixture(`planar/${name}.tif`)), await read(fixture(`planar/${name}.png`)))).toBe(0);
  });

  it.each(['together', 'planes', 'tiles'])('16-bit colours multiplied by alpha, %s, as Pillow reads them', async (name) => {
    const found = await read(fixture(`premultiplied/${name}.tif`));
    expect(largestDifference(found, await read(fixture('premultiplied/colours.png')))).toBeLessThanOrEqual(1);
  });

  it.each([
    ['signed-8', 'grey'],
    ['signed-16', 'grey'],
    ['signed-32', 'grey'],
    ['unsigned-32', 'grey'],
    ['grey-10', 'grey'],
    ['grey-12', 'grey'],
    ['grey-12-big-endian', 'grey'],
    ['grey-14', 'grey'],
    ['colours-12', 'colours'],
    ['extra-plane', 'grey'],
  ])('reads %s', async (name, expected) => {
    expect(
      largestDifference(await read(fixture(`tiff/${name}.tif`)), await read(fixture(`tiff/${expected}.png`))),
    ).toBeLessThanOrEqual(1);
  });

  it('reads the JPEG in an old-style JPEG TIFF, and says what is wrong with it', async () => {
    const tiff = fixture('tiff/old-jpeg.tif');
    expect(await read(tiff)).toEqual(await read(fixture('tiff/old-jpeg.jpg')));
    tiff.fill(0, 700, 990); // 8 bytes of header, 982 of JPEG
    await expect(read(tiff)).rejects.toThrow(/got: its data ends \d+ % of the way through a scan$/);
  });

  it('reads uncompressed strips that claim to be longer than the file, if their pixels are all there', async () => {
    const pixels = Array.from({ length: 60 }, (_, i) => i * 4);
    const tiff = new Uint8Array(await flat(pixels, 3).tiff({ compression: 'none' }).toBuffer());
    const warnings: string[] = [];
    const lying = withTag(tiff, 279, 60_000);
    const read = await decodeImage(lying, { size: 'original', onWarning: (warning) => warnings.push(warning) });
    expect([...read.pixels]).toEqual(pixels);
    expect(warnings).toEqual([
      'decodeImage: image was read in spite of strips that claim to be longer than their pixels, and than the file',
    ]);
    const short = withTag(lying, 273, tiff.length - 59);
    await expect(decodeImage(short)).rejects.toThrow('got: it ends before the end of 1 of its 1 strips or tiles');
  });

  it('warns of signed samples, and refuses them with strict', async () => {
    const warnings: string[] = [];
    await decodeImage(fixture('tiff/signed-8.tif'), { name: 'map.tif', onWarning: (warning) => warnings.push(warning) });
    expect(warnings).toEqual(['decodeImage: map.tif was read in spite of samples declared as signed']);
    await expect(decodeImage(fixture('tiff/signed-8.tif'), { strict: true })).rejects.toThrow('samples declared as signed');
  });

  it.each(['grey-12', 'extra-plane', 'signed-16', 'old-jpeg'])('refuses a truncated %s', async (name) => {
    const bytes = fixture(`tiff/${name}.tif`);
    const strips = Buffer.from(bytes).subarray(0, 60);
    await expect(read(strips)).rejects.toThrow(/must be a whole, undamaged picture|of a supported kind/);
  });

  it('refuses other kinds by name', async () => {
    const tiff = await flat([1, 2, 3], 3).tiff({ compression: 'lzw' }).toBuffer();
    const cases = [
      [withTag(tiff, 259, 6), 'a TIFF with old-style JPEG compression'],
      [withTag(tiff, 259, 34925), 'a TIFF with LZMA compression'],
      [withTag(tiff, 259, 4711), 'a TIFF with unknown (4711) compression'],
    ] as const;
    for (const [bytes, kind] of cases) await expect(decodeImage(bytes)).rejects.toThrow(`got ${kind}; convert it to PNG`);
  });

  it.each([-1, 65_536])('refuses 32-bit numbers that 16 bits have no room for, such as %i, by name', async (value) => {
    const tiff = new Uint8Array(fixture('tiff/signed-32.tif'));
    const view = new DataView(tiff.buffer);
    view.setInt32(stripOffsetOf(tiff), value, true);
    await expect(decodeImage(tiff)).rejects.toThrow('got a TIFF of signed 32-bit numbers, whose range it does not declare');
  });

  it.each([
    ['floats', 'float', 'a TIFF of 32-bit floats'],
    ['signed numbers of 32 bits', 'int', 'a TIFF of signed 32-bit numbers'],
  ] as const)('refuses %s by name', async (_, depth, kind) => {
    const tiff = Buffer.from(await flat([1, 2, 3], 1).toColourspace('b-w').tiff({ compression: 'none' }).toBuffer());
    const [format, bits] = depth === 'float' ? [3, 32] : [2, 32];
    const altered = withTag(withTag(tiff, 339, format), 258, bits);
    await expect(decodeImage(altered, { name: 'map.tif' })).rejects.toThrow(
      `decodeImage: map.tif must be a picture of a supported kind, got ${kind}`,
    );
  });
});

/** The offset of the first pixel of a little-endian TIFF with several strips. */
function stripOffsetOf(tiff: Uint8Array): number {
  return tiffDirectory(tiff).tags.get(273)![0]!;
}

const asPhotometric = (tiff: Uint8Array, value: number) => withTag(tiff, 262, value);

/** A copy of a little-endian TIFF with another value for a SHORT tag; a tag that it lacks replaces the planar configuration. */
function withTag(tiff: Uint8Array, tag: number, value: number): Uint8Array {
  const copy = new Uint8Array(tiff);
  const view = new DataView(copy.buffer);
  const directory = view.getUint32(4, true);
  const entries = Array.from({ length: view.getUint16(directory, true) }, (_, i) => directory + 2 + i * 12);
  const entry = entries.find((at) => view.getUint16(at, true) === tag) ?? entries.find((at) => view.getUint16(at, true) === 284);
  if (entry === undefined) throw new Error(`no tag ${tag}`);
  view.setUint16(entry, tag, true);
  view.setUint16(entry + 8, value, true);
  return copy;
}
