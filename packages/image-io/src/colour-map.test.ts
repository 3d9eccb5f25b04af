import { describe, expect, it } from 'vitest';
import { COLOUR_MAP } from './colour-map';
import type { Rgb } from './picture';

/** CIE L* of an sRGB colour, 0-100. */
function lightness(colour: Rgb): number {
  const [r, g, b] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return luminance > 216 / 24389 ? 116 * Math.cbrt(luminance) - 16 : (luminance * 24389) / 27;
}

describe('COLOUR_MAP', () => {
  const steps = COLOUR_MAP.map(lightness);

  it('goes from black to nearly white', () => {
    expect(COLOUR_MAP).toHaveLength(256);
    expect(steps[0]).toBeLessThan(2);
    expect(steps[255]).toBeGreaterThan(95);
  });

  it('rises evenly in lightness', () => {
    for (let level = 0; level < 256; level++) expect(Math.abs(steps[level] - (level / 255) * steps[255])).toBeLessThan(6);
    for (let level = 1; level < 256; level++) expect(steps[level]).toBeGreaterThan(steps[level - 1]);
    for (let level = 8; level < 256; level++) expect(steps[level] - steps[level - 8]).toBeGreaterThan(1.5); // 3.1 if perfectly even
  });
});
