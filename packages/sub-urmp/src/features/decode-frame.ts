import { decodeImage, isTruncatedImage } from '@cmcgan/image-io';
import { BrokenFileError } from '../check/broken-file';
import { problemOf } from '../remediable-error';

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
    const problem = bytes.length === 0 ? 'empty' : isTruncatedImage(bytes) ? 'truncated' : 'unreadable';
    throw new BrokenFileError(problem, name, problemOf(cause), { cause });
  }
}
