import { bytesInMemory } from './image-source';
import { walkJpeg } from './inspect/inspect-jpeg';
import { pngChunks } from './inspect/png-chunks';

/**
 * Whether a JPEG lacks its end marker or a PNG its last chunk: such a file was not copied completely. Bytes after the end, such as phones
 * append, are ignored. False for other formats.
 * @throws TypeError unless the bytes are in memory: await a Blob's or a Response's `arrayBuffer()`
 */
export function isTruncatedImage(source: Uint8Array | ArrayBuffer | ArrayBufferView): boolean {
  const bytes = bytesInMemory('isTruncatedImage', source);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return !walkJpeg(bytes).hasEndMarker;
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return pngChunks(bytes).chunks.at(-1)?.name !== 'IEND';
  return false;
}
