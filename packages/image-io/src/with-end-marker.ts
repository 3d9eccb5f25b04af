import { imageFormat } from './image-format';

/** A JPEG with an end marker after its last byte, since decoders refuse one that lacks nothing else; a second one is ignored. Other formats are returned as they are. */
export function withEndMarker(bytes: Uint8Array): Uint8Array {
  if (imageFormat(bytes) !== 'jpeg') return bytes;
  const result = new Uint8Array(bytes.length + 2);
  result.set(bytes);
  result.set([0xff, 0xd9], bytes.length);
  return result;
}
