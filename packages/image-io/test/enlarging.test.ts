// Enlarging against Pillow's BICUBIC (test/fixtures/make-fixtures.py).
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../src/decode-image';
import { encodePng } from '../src/encode-image';
import type { Picture } from '../src/picture';
import { fixture } from './fixture';

/** The picture with left and right swapped. */
function mirrored({ pixels, width, height }: Picture): Picture {
  const out = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      out.set(pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3), (y * width + width - 1 - x) * 3);
  }
  return { pixels: out, width, height };
}

/** A white square in the middle of black, and in a corner some grey so that mirroring shows. */
function square(side: number): Picture {
  const pixels = new Uint8Array(side * side * 3);
  const [from, to] = [Math.floor(side / 2 - side / 8), Math.ceil(side / 2 + side / 8)];
  for (let y = from; y < to; y++) pixels.fill(255, (y * side + from) * 3, (y * side + to) * 3);
  return { pixels, width: side, height: side };
}

describe('a picture with a side below the requested size', () => {
  it.each(['smooth-100x60', 'smooth-64x300', 'noise-31x47', 'noise-60x140', 'noise-150x90'])(
    '%s is enlarged as by Pillow',
    async (name) => {
      const ours = await decodeImage(fixture(`enlarged/${name}.png`));
      const theirs = await decodeImage(fixture(`enlarged/${name}-bicubic.png`), { size: 'original' });
      const largest = ours.pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs.pixels[i]!)), 0);
      expect(largest).toBeLessThanOrEqual(1);
    },
  );

  it.each([5, 32, 64, 99, 127])('%i×%i: a mirrored picture gives the mirrored result', async (side) => {
    const noise = { width: side, height: side, pixels: Uint8Array.from({ length: side * side * 3 }, (_, i) => (i * 7919) % 251) };
    for (const fit of ['squash', 'crop'] as const) {
      const after = mirrored(await decodeImage(await encodePng(noise), { fit }));
      const before = await decodeImage(await encodePng(mirrored(noise)), { fit });
      expect(Buffer.compare(Buffer.from(after.pixels), Buffer.from(before.pixels))).toBe(0);
    }
  });

  it.each([4, 32, 64, 100, 126])('%i×%i: a centred square stays centred', async (side) => {
    const { pixels } = await decodeImage(await encodePng(square(side)));
    let [sum, across, down] = [0, 0, 0];
    for (let i = 0; i < 128 * 128; i++) {
      sum += pixels[i * 3]!;
      across += pixels[i * 3]! * ((i % 128) + 0.5);
      down += pixels[i * 3]! * (Math.floor(i / 128) + 0.5);
    }
    expect([across / sum, down / sum]).toEqual([expect.closeTo(64, 6), expect.closeTo(64, 6)]);
  });
});
