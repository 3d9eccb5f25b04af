import { decodeImage, isTruncatedImage } from '@cmcgan/image-io';
import { BrokenFileError } from '../check/broken-file';
import { problemOf } from '../remediable-error';

/** Side of the square that frames are squashed to (the paper's section "Dataset"). */
export const FRAME_SIZE = 128;

/** Called with how a picture departs from its format: `was read in spite of …`, to be appended to the file's name. */
export type OnDeparture = (sentence: string) => void;

/**
 * Decodes a picture file: Uint8Array [128, 128, 3], 0-255, the whole frame squashed. With `onDeparture`, its structure is examined too,
 * which takes about half as long again.
 * @throws BrokenFileError that names the file if it is empty, truncated, damaged or not a picture
 */
export async function decodeFrame(bytes: Uint8Array, name: string, onDeparture?: OnDeparture): Promise<Uint8Array> {
  const onWarning = onDeparture && ((message: string) => onDeparture(message.slice(message.indexOf(name) + name.length + 1)));
  try {
    return (await decodeImage(bytes, { size: FRAME_SIZE, name, onWarning })).pixels;
  } catch (cause) {
    const problem = bytes.length === 0 ? 'empty' : isTruncatedImage(bytes) ? 'truncated' : 'unreadable';
    throw new BrokenFileError(problem, name, problemOf(cause), { cause });
  }
}
