import { XYZ_TO_SRGB, type IccTransform } from './icc-profile';

const STEPS = 65535;

/** Linear light, in 65536 steps, as sRGB's levels 0-255 (IEC 61966-2-1). */
const ENCODED = Uint8Array.from({ length: STEPS + 1 }, (_, i) => {
  const linear = i / STEPS;
  return Math.round(255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055));
});

/** Linear light as an sRGB level, 0-255, clipped. */
export function encodeSrgb(linear: number): number {
  return ENCODED[Math.round(Math.min(Math.max(linear, 0), 1) * STEPS)]!;
}

/**
 * Converts 16-bit values from a profile to sRGB.
 * @param values [pixels, channels + alpha]
 * @param from the profile, and whether an alpha channel follows the colours
 * @returns [pixels, 3 + alpha], 0-255
 */
export function profileToSrgb(
  values: Uint16Array,
  { transform, hasAlpha }: { transform: IccTransform; hasAlpha: boolean },
): Uint8Array {
  const { channels, curves, matrix } = transform;
  const [stepIn, stepOut] = [channels + Number(hasAlpha), 3 + Number(hasAlpha)];
  const count = values.length / stepIn;
  const out = new Uint8Array(count * stepOut);
  for (let i = 0; i < count; i++) {
    for (let row = 0; row < 3; row++) {
      let linear = 0;
      for (let c = 0; c < channels; c++) linear += matrix[row * channels + c]! * curves[c]![values[i * stepIn + c]!]!;
      out[i * stepOut + row] = encodeSrgb(linear);
    }
    if (hasAlpha) out[i * stepOut + 3] = Math.round(values[i * stepIn + channels]! / 257);
  }
  return out;
}

/** Converts CMYK without a profile to RGB, [pixels, 4] → [pixels, 3], 0-255: (1 - ink)·(1 - black). */
export function cmykToRgb(values: Uint8Array): Uint8Array {
  const out = new Uint8Array((values.length / 4) * 3);
  for (let i = 0; i < values.length / 4; i++) {
    const paper = 255 - values[i * 4 + 3]!;
    for (let c = 0; c < 3; c++) out[i * 3 + c] = Math.round(((255 - values[i * 4 + c]!) * paper) / 255);
  }
  return out;
}

/** D50, the white point of Lab in a TIFF. */
const WHITE = [0.9642, 1, 0.8249] as const;

/** Converts the 8-bit CIE Lab of a TIFF (L 0-255 for 0-100, a and b signed) to sRGB, [pixels, 3] → [pixels, 3]. */
export function labToRgb(values: Uint8Array): Uint8Array {
  const out = new Uint8Array(values.length);
  const signed = (value: number) => (value > 127 ? value - 256 : value);
  const cube = (t: number) => (t > 6 / 29 ? t ** 3 : 3 * (6 / 29) ** 2 * (t - 4 / 29));
  for (let i = 0; i < values.length; i += 3) {
    const fy = ((values[i]! / 255) * 100 + 16) / 116;
    const xyz = [fy + signed(values[i + 1]!) / 500, fy, fy - signed(values[i + 2]!) / 200].map((t, c) => cube(t) * WHITE[c]!);
    for (let c = 0; c < 3; c++) out[i + c] = encodeSrgb(xyz.reduce((sum, value, j) => sum + XYZ_TO_SRGB[c * 3 + j]! * value, 0));
  }
  return out;
}
