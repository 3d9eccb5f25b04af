import { collectFindings, DamageFound, printable, type Inspection } from './inspection';
import { crc32, pngChunks, type PngChunk } from './png-chunks';

/**
 * Checks a PNG's chunks and their checksums, and that its compressed rows are complete. A wrong checksum of an ancillary chunk and a
 * missing IEND are warnings; bytes after IEND are ignored.
 */
export async function inspectPng(bytes: Uint8Array): Promise<Inspection> {
  const structure = collectFindings((warnings) => assertChunks(bytes, warnings));
  if (structure.damage) return structure;
  const { chunks } = pngChunks(bytes);
  const damage = await damageOfRows(chunks);
  return { ...structure, ...(damage && { damage }) };
}

function assertChunks(bytes: Uint8Array, warnings: string[]): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { chunks, cut } = pngChunks(bytes);
  for (const { name, start, end } of chunks) {
    if (!/^[A-Za-z]{4}$/.test(name)) throw new DamageFound(`it has no chunk at byte ${start}, where one should begin`);
    if (crc32(bytes.subarray(start + 4, end - 4)) === view.getUint32(end - 4)) continue;
    if (/^[A-Z]/.test(name)) throw new DamageFound(`the checksum of its chunk ${name} at byte ${start} is wrong`);
    warnings.push(`a wrong checksum of chunk ${name}`);
  }
  if (chunks[0]?.name !== 'IHDR') throw new DamageFound('it does not begin with a header');
  if (!chunks.some(({ name }) => name === 'IDAT')) throw new DamageFound('it ends before its pixels');
  if (cut === 'IDAT') throw new DamageFound('it ends in the middle of its pixels');
  if (chunks.at(-1)?.name !== 'IEND')
    warnings.push(cut ? `it ends in the middle of its chunk ${printable(cut)}` : 'no end chunk');
}

/** Decompresses the rows and counts their bytes; nothing is kept. */
async function damageOfRows(chunks: readonly PngChunk[]): Promise<string | undefined> {
  const parts = chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data.slice());
  const unpacked = new Blob(parts).stream().pipeThrough(new DecompressionStream('deflate'));
  const expected = rowBytes(chunks[0]!.data);
  let held = 0;
  try {
    for (const reader = unpacked.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      held += value.length;
      if (held > expected) return await reader.cancel().then(() => undefined); // more than needed: ignored
    }
  } catch {
    if (held < expected) return `its compressed pixels end or are corrupt after ${held} of ${expected} bytes`;
  }
  return held < expected ? `its pixels have only ${held} of ${expected} bytes` : undefined;
}

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Adam7: where each pass begins, and its steps, in columns and rows. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Bytes in all rows of a picture, including a filter byte each. */
function rowBytes(header: Uint8Array): number {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const bitsPerPixel = header[8]! * (CHANNELS[header[9]!] ?? 1);
  const passBytes = (columns: number, rows: number) => (columns === 0 ? 0 : rows * (1 + Math.ceil((columns * bitsPerPixel) / 8)));
  if (header[12] !== 1) return passBytes(width, height);
  return PASSES.reduce(
    (sum, [x, y, dx, dy]) => sum + passBytes(Math.ceil((width - x) / dx), Math.max(0, Math.ceil((height - y) / dy))),
    0,
  );
}
