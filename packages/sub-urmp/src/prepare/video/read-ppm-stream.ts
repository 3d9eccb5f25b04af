import type { Picture } from '@cmcgan/image-io';

const HEADER = /^P6\s+(\d+)\s+(\d+)\s+255\s/;
const LONGEST_HEADER = 64;

/** Splits a stream of binary PPM pictures (P6, 8 bits) into pictures, one at a time. `check` may throw to reject a picture's size. */
export async function* readPpmStream(
  stream: AsyncIterable<Uint8Array>,
  check: (size: { width: number; height: number }) => void = () => {},
): AsyncGenerator<Picture> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  let header: { start: number; width: number; height: number } | undefined;
  for await (const piece of stream) {
    waiting.push(piece);
    length += piece.length;
    for (;;) {
      if (!header) {
        if (length < LONGEST_HEADER) break; // every picture of more than 16 pixels is longer
        const joined = Buffer.concat(waiting);
        waiting = [joined];
        header = parseHeader(joined);
        check(header);
      }
      const { start, width, height } = header;
      const end = start + width * height * 3;
      if (length < end) break;
      const joined = Buffer.concat(waiting);
      yield { pixels: new Uint8Array(joined.subarray(start, end)), width, height };
      waiting = [joined.subarray(end)];
      length -= end;
      header = undefined;
    }
  }
  if (length > 0) throw new Error(`readPpmStream: stream must end with a whole picture, got ${length} bytes more`);
}

function parseHeader(bytes: Buffer) {
  const match = HEADER.exec(bytes.toString('latin1', 0, LONGEST_HEADER));
  if (!match) throw new Error('readPpmStream: stream must hold P6 pictures, got something else');
  return { start: match[0].length, width: Number(match[1]), height: Number(match[2]) };
}
