import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isTruncatedImage } from './is-truncated-image';

const picture = () => sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } });

describe('isTruncatedImage', () => {
  it.each([
    ['JPEG', () => picture().jpeg().toBuffer()],
    ['PNG', () => picture().png().toBuffer()],
  ])('%s: false when whole, also with zeros after it; true when any of its end is missing', async (_, make) => {
    const whole = await make();
    expect(isTruncatedImage(whole)).toBe(false);
    expect(isTruncatedImage(Buffer.concat([whole, new Uint8Array(9)]))).toBe(false);
    expect(isTruncatedImage(new Uint8Array(whole).buffer)).toBe(false);
    for (const missing of [1, 8, whole.length - 2])
      expect(isTruncatedImage(whole.subarray(0, whole.length - missing))).toBe(true);
  });

  it('refuses sources that are not in memory, with a remedy', () => {
    expect(() => isTruncatedImage(new Blob([]) as unknown as Uint8Array)).toThrow('a Blob; await its arrayBuffer() first');
  });

  it('is false for other formats', async () => {
    expect(isTruncatedImage((await picture().gif().toBuffer()).subarray(0, 20))).toBe(false);
    expect(isTruncatedImage(new Uint8Array())).toBe(false);
  });
});
