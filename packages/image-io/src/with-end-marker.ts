import { imageFormat } from './image-format';

/**
 * Appends an end marker to a JPEG, since decoders refuse files that lack only that; a second one is ignored. Other formats are unchanged.
 */
export function withEndMarker(bytes: Uint8Array): Uint8Array {
  if (imageFormat(bytes) !== 'jpeg') return bytes;
  const result = new Uint8Array(bytes.length + 2);
  result.set(bytes);
  result.set([0xff, 0xd9], bytes.length);
  return result;
}
