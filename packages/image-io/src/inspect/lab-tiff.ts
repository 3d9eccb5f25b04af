import { imageFormat } from '../image-format';
import { TIFF_TAGS, tiffDirectory } from './tiff-tags';

const LAB = 8;
const RGB = 2;

/** Whether a TIFF holds 8-bit CIE Lab. */
export function isLabTiff(bytes: Uint8Array): boolean {
  if (imageFormat(bytes) !== 'tiff') return false;
  try {
    const { tags } = tiffDirectory(bytes);
    return tags.get(TIFF_TAGS.photometric)?.[0] === LAB && tags.get(TIFF_TAGS.bitsPerSample)?.[0] === 8;
  } catch {
    return false;
  }
}

/** A copy of a TIFF whose first directory declares its three samples as RGB. */
export function asRgbTiff(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const { little, places } = tiffDirectory(bytes);
  new DataView(copy.buffer).setUint16(places.get(TIFF_TAGS.photometric)!, RGB, little);
  return copy;
}
