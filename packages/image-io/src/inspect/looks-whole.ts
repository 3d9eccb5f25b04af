import { imageFormat } from '../image-format';
import { inspectAvif } from './inspect-avif';
import { walkJpeg } from './inspect-jpeg';

/** A run of zeros that only a JPEG of a single colour contains. */
const ZEROS = 64;

/**
 * A quick check for damage that decoders may silently ignore: a JPEG without its end marker or with a run of zeros in its data, a PNG
 * without its last chunk, an AVIF without its end (its first frame may be complete). A file that fails may still be whole: the inspection
 * decides.
 */
export function looksWhole(bytes: Uint8Array): boolean {
  const format = imageFormat(bytes);
  if (format === 'jpeg') {
    const { scans, hasEndMarker } = walkJpeg(bytes);
    return hasEndMarker && !scans.some(hasZeros);
  }
  if (format === 'png') return endsWith(bytes, [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
  if (format === 'avif') return inspectAvif(bytes).damage === undefined;
  return true;
}

function endsWith(bytes: Uint8Array, ending: readonly number[]): boolean {
  return bytes.length >= ending.length && ending.every((byte, i) => bytes[bytes.length - ending.length + i] === byte);
}

/** Whether there is a run of `ZEROS` zeros; looks at every 64th byte until one is zero. */
function hasZeros(bytes: Uint8Array): boolean {
  for (let at = ZEROS - 1; at < bytes.length; at += ZEROS) {
    if (bytes[at] !== 0) continue;
    let [first, last] = [at, at];
    while (first > 0 && bytes[first - 1] === 0) first--;
    while (last + 1 < bytes.length && bytes[last + 1] === 0) last++;
    if (last - first + 1 >= ZEROS) return true;
    at = last;
  }
  return false;
}
