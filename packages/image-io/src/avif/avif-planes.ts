import { avifColours, primaryProperties } from './avif-properties';

/** The shares of red and blue in luma, by matrix number (ITU-T H.273, table 4). An unspecified matrix is taken as BT.601, as in libavif. */
const LUMA_SHARES: Readonly<Record<number, readonly [red: number, blue: number]>> = {
  1: [0.2126, 0.0722],
  2: [0.299, 0.114],
  5: [0.299, 0.114],
  6: [0.299, 0.114],
  9: [0.2627, 0.0593],
};

/** Whether an AVIF's chroma is subsampled in a way that can be interpolated here. */
export function hasCoarseChroma(bytes: Uint8Array): boolean {
  const colours = avifColours(bytes);
  return colours?.colr !== undefined && !colours.monochrome && colours.subsampled[0] && colours.matrix in LUMA_SHARES;
}

/**
 * A copy that declares its planes to be green, blue and red, so that libheif returns them unconverted. Its rotation and mirroring are
 * removed; they are applied after the chroma is interpolated.
 */
export function asPlanes(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const { colr } = avifColours(bytes)!;
  copy.set([0x6e, 0x63, 0x6c, 0x78, 0, 2, 0, 2, 0, 0, 0x80], colr); // nclx, matrix 0, full range
  for (const { kind, at, start } of primaryProperties(bytes)) {
    if (kind !== 'irot' && kind !== 'imir') continue;
    copy.set([0x69, 0x72, 0x6f, 0x74], at + 4); // irot
    copy[start] = 0;
  }
  return copy;
}

/** 16-bit values, [height, width, channels]. */
export interface WideValues {
  data: Uint16Array;
  width: number;
  height: number;
  channels: number;
}

/**
 * Converts planes as libheif returns them after `asPlanes` (Cr, Y and Cb in place of red, green and blue, each chroma sample repeated for
 * every pixel it covers, and alpha) to upright RGB. Chroma is interpolated linearly between its samples, as libavif and browsers do, where
 * libheif repeats it.
 */
export function planesToRgb(values: WideValues, bytes: Uint8Array): WideValues {
  const { matrix, fullRange, subsampled } = avifColours(bytes)!;
  const [red, blue] = LUMA_SHARES[matrix]!;
  const { data, width, height, channels } = values;
  const out = new Uint16Array(data);
  const crs = smoothPlane(values, { channel: 0, subsampled });
  const cbs = smoothPlane(values, { channel: 2, subsampled });
  const [black, lumaScale, chromaScale] = fullRange ? [0, 1, 1] : [16 * 257, 255 / 219, 255 / 224];
  for (let i = 0, at = 0; i < width * height; i++, at += channels) {
    const luma = (data[at + 1]! - black) * lumaScale;
    const r = luma + 2 * (1 - red) * (crs[i]! - GREY) * chromaScale;
    const b = luma + 2 * (1 - blue) * (cbs[i]! - GREY) * chromaScale;
    out[at] = to16Bits(r);
    out[at + 1] = to16Bits((luma - red * r - blue * b) / (1 - red - blue));
    out[at + 2] = to16Bits(b);
  }
  return turned({ data: out, width, height, channels }, bytes);
}

/** The chroma value of grey. */
const GREY = 128 * 257;

const to16Bits = (value: number) => (value <= 0 ? 0 : value >= 65535 ? 65535 : Math.round(value));

/**
 * One channel with its subsampled values interpolated linearly: a pixel takes 3/4 of its own sample and 1/4 of the nearer neighbour's,
 * across and down. Rounded to 8-bit levels, and the last column taken alone, as in libyuv.
 */
function smoothPlane(
  { data, width, height, channels }: WideValues,
  plane: { channel: number; subsampled: readonly [boolean, boolean] },
): Uint16Array {
  const { channel, subsampled } = plane;
  const out = new Uint16Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const otherY = subsampled[1] ? clampTo(y % 2 === 0 ? y - 1 : y + 1, height) : y;
    const [row, otherRow] = [y * width, otherY * width];
    for (let x = 0; x < width; x++, i++) {
      const otherX = !subsampled[0] || x === width - 1 ? x : Math.max(x % 2 === 0 ? x - 1 : x + 1, 0);
      const own = 9 * data[(row + x) * channels + channel]! + 3 * data[(row + otherX) * channels + channel]!;
      const others = 3 * data[(otherRow + x) * channels + channel]! + data[(otherRow + otherX) * channels + channel]!;
      out[i] = Math.floor((own + others) / (16 * 257) + 0.5) * 257;
    }
  }
  return out;
}

const clampTo = (at: number, length: number) => Math.min(Math.max(at, 0), length - 1);

/** Rotates and mirrors as the file's `irot` (quarter turns, anticlockwise) and `imir` specify, in their order. */
function turned(values: WideValues, bytes: Uint8Array): WideValues {
  let result = values;
  for (const { kind, start } of primaryProperties(bytes)) {
    const field = bytes[start]! & 3;
    if (kind === 'irot')
      for (let quarter = 0; quarter < field; quarter++) result = moved(result, true, (x, y, w) => [w - 1 - y, x]);
    if (kind === 'imir') result = moved(result, false, (x, y, w, h) => (field & 1 ? [w - 1 - x, y] : [x, h - 1 - y]));
  }
  return result;
}

/** Takes each pixel from the place that `from` returns, given the sizes of the old picture. */
function moved(
  { data, width, height, channels }: WideValues,
  swaps: boolean,
  from: (x: number, y: number, width: number, height: number) => [number, number],
): WideValues {
  const [newWidth, newHeight] = swaps ? [height, width] : [width, height];
  const out = new Uint16Array(data.length);
  for (let y = 0; y < newHeight; y++) {
    for (let x = 0; x < newWidth; x++) {
      const [oldX, oldY] = from(x, y, width, height);
      const at = (oldY * width + oldX) * channels;
      for (let c = 0; c < channels; c++) out[(y * newWidth + x) * channels + c] = data[at + c]!;
    }
  }
  return { data: out, width: newWidth, height: newHeight, channels };
}
