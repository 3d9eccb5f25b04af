import { decodeImage } from '@cmcgan/image-io';

/** Side of the square that frames are squashed to (the paper's section "Dataset"). */
export const FRAME_SIZE = 128;

/** A picture file as pixels: Uint8Array [128, 128, 3], 0-255, the whole frame squashed. Errors begin with what `name` says. */
export async function decodeFrame(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  return (await decodeImage(bytes, { size: FRAME_SIZE, name })).pixels;
}
