import { decodeImage } from '@cmcgan/image-io';
import { BrokenFileError } from '../check/broken-file';

/** Side of the square that frames are squashed to (the paper's section "Dataset"). */
export const FRAME_SIZE = 128;

/**
 * A picture file as pixels: Uint8Array [128, 128, 3], 0-255, the whole frame squashed.
 * @throws BrokenFileError that names the file if it is empty, truncated, damaged or no picture
 */
export async function decodeFrame(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  try {
    return (await decodeImage(bytes, { size: FRAME_SIZE, name })).pixels;
  } catch (cause) {
    const problem = bytes.length === 0 ? 'empty' : isCutOff(bytes) ? 'truncated' : 'unreadable';
    throw new BrokenFileError(problem, name, (cause as Error).message, { cause });
  }
}

/** Whether a JPEG lacks its end marker or a PNG its last chunk: such a file was not copied to its end. */
function isCutOff(bytes: Uint8Array): boolean {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return !endsWith(bytes, [0xff, 0xd9]);
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return !endsWith(bytes, [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
  return false;
}

/** Whether the bytes end so, apart from zeros that some programs append. */
function endsWith(bytes: Uint8Array, ending: readonly number[]): boolean {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return end >= ending.length && ending.every((byte, i) => bytes[end - ending.length + i] === byte);
}
