import { imageFormat } from '../image-format';
import { pngChunks } from '../inspect/png-chunks';
import { webpOrientation } from '../inspect/inspect-webp';
import { withEndMarker } from '../with-end-marker';

/** PNG chunks by which browsers convert colours, but Node and Pillow do not. */
const COLOUR_CHUNKS = new Set(['gAMA', 'cHRM', 'cICP', 'sRGB', 'mDCV', 'cLLI']);

export interface Prepared {
  bytes: Uint8Array;
  /** The EXIF orientation, 1 to 8, if it is applied here rather than by the browser; else 1. */
  orientation: number;
}

/**
 * Removes what browsers treat differently from each other or from Node before the browser decodes: PNG's gAMA and its like (an embedded
 * profile stays), and the orientation of a WebP, which is applied here. A JPEG gets an end marker, which Chromium insists on.
 */
export function prepareBytes(bytes: Uint8Array): Prepared {
  const format = imageFormat(bytes);
  if (format === 'png') return { bytes: withoutColourChunks(bytes), orientation: 1 };
  if (format === 'webp') return { bytes: withoutExif(bytes), orientation: webpOrientation(bytes) };
  return { bytes: withEndMarker(bytes), orientation: 1 };
}

function withoutColourChunks(bytes: Uint8Array): Uint8Array {
  const { chunks } = pngChunks(bytes);
  if (!chunks.some(({ name }) => COLOUR_CHUNKS.has(name))) return bytes;
  const kept = [{ start: 0, end: 8 }, ...chunks.filter(({ name }) => !COLOUR_CHUNKS.has(name))];
  const result = new Uint8Array(kept.reduce((sum, { start, end }) => sum + end - start, 0));
  let at = 0;
  for (const { start, end } of kept) {
    result.set(bytes.subarray(start, end), at);
    at += end - start;
  }
  return result;
}

const EXIF_FLAG = 8;

/** The same file with its EXIF chunk renamed, so that it is ignored. */
function withoutExif(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const nameAt = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (nameAt(12) !== 'VP8X') return bytes;
  const result = bytes.slice();
  result[20]! &= ~EXIF_FLAG;
  for (let at = 12; at + 8 <= bytes.length; at += 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) % 2)) {
    if (nameAt(at) === 'EXIF') result.set([0x4a, 0x55, 0x4e, 0x4b], at); // JUNK
  }
  return result;
}
