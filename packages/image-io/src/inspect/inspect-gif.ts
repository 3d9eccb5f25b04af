import { collectFindings, DamageFound, type Inspection } from './inspection';

/** The canvas of a GIF, and the part of it that its first frame covers. */
export interface GifFrame {
  canvas: { width: number; height: number };
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Checks a GIF up to the end of its first frame, the one that is decoded: its blocks, and that its codes yield every pixel. */
export function inspectGif(bytes: Uint8Array): Inspection {
  return collectFindings((warnings) => {
    const { frame, at } = findFirstFrame(bytes);
    const { canvas } = frame;
    if (frame.left + frame.width > canvas.width || frame.top + frame.height > canvas.height) {
      warnings.push('a first frame that reaches beyond the canvas');
    }
    const pixels = countPixels(bytes, at, frame.width * frame.height);
    if (pixels < frame.width * frame.height) {
      throw new DamageFound(`its first frame has only ${pixels} of ${frame.width * frame.height} pixels`);
    }
  });
}

/** Where a GIF's first frame lies on its canvas; undefined if the file ends before it. */
export function gifFirstFrame(bytes: Uint8Array): GifFrame | undefined {
  try {
    return findFirstFrame(bytes).frame;
  } catch {
    return undefined;
  }
}

/** `at` is where the frame's codes begin: the byte with their minimum width. */
function findFirstFrame(bytes: Uint8Array): { frame: GifFrame; at: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tableBytes = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const canvas = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  for (let at = 13 + tableBytes(view.getUint8(10)); ;) {
    const kind = view.getUint8(at);
    if (kind === 0x2c) {
      const [left, top, width, height] = [1, 3, 5, 7].map((offset) => view.getUint16(at + offset, true)) as [
        number,
        number,
        number,
        number,
      ];
      return { frame: { canvas, left, top, width, height }, at: at + 10 + tableBytes(view.getUint8(at + 9)) };
    }
    if (kind !== 0x21)
      throw new DamageFound(kind === 0x3b ? 'it has no frame' : `it has no block at byte ${at}, where one should begin`);
    for (at += 2; view.getUint8(at) > 0;) at += 1 + view.getUint8(at);
    at++;
  }
}

/** Follows LZW codes until they have yielded `wanted` pixels or end; only the lengths of strings are kept. */
function countPixels(bytes: Uint8Array, start: number, wanted: number): number {
  const leastWidth = bytes[start]!;
  if (!(leastWidth >= 1 && leastWidth <= 11)) throw new DamageFound(`its first frame claims codes of ${leastWidth} bits`);
  const codes = codeReader(bytes, start + 1);
  const [clear, end] = [1 << leastWidth, (1 << leastWidth) + 1];
  const lengths = new Uint32Array(4096).fill(1, 0, clear);
  let [next, width, previous, pixels] = [end + 1, leastWidth + 1, -1, 0];
  while (pixels < wanted) {
    const code = codes(width);
    if (code === undefined || code === end) break;
    if (code === clear) {
      [next, width, previous] = [end + 1, leastWidth + 1, -1];
      continue;
    }
    if (code > next || (code === next && previous < 0)) throw new DamageFound('its first frame contains an invalid code');
    if (previous >= 0 && next < 4096) {
      lengths[next++] = lengths[previous]! + 1;
      if (next === 1 << width && width < 12) width++;
    }
    pixels += lengths[code]!;
    previous = code;
  }
  return Math.min(pixels, wanted);
}

/** Reads codes of a given width from sub-blocks; undefined after the last one. */
function codeReader(bytes: Uint8Array, start: number): (width: number) => number | undefined {
  let [at, left, buffer, held] = [start, 0, 0, 0];
  return (width) => {
    while (held < width) {
      if (left === 0) {
        left = bytes[at++] ?? 0;
        if (left === 0) return undefined;
      }
      const byte = bytes[at++];
      if (byte === undefined) return undefined;
      buffer |= byte << held;
      held += 8;
      left--;
    }
    const code = buffer & ((1 << width) - 1);
    buffer >>>= width;
    held -= width;
    return code;
  };
}
