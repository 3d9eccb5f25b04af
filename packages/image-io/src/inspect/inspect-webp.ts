import { collectFindings, DamageFound, printable, type Inspection } from './inspection';

export interface WebpChunk {
  name: string;
  data: Uint8Array;
}

/** Checks that a WebP's chunks are complete. Bytes after the size that its header claims are ignored. */
export function inspectWebp(bytes: Uint8Array): Inspection {
  return collectFindings((warnings) => {
    const claimed = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(4, true) + 8;
    const { chunks, cut } = webpChunks(bytes);
    const pixels = chunks.some(({ name }) => ['VP8 ', 'VP8L', 'ANMF'].includes(name));
    if (!pixels)
      throw new DamageFound(cut ? `it ends in the middle of its chunk ${printable(cut.trim())}` : 'it holds no pixels');
    if (claimed > bytes.length) warnings.push(`${bytes.length} of the ${claimed} bytes that its header claims`);
  });
}

/** The complete chunks of a WebP; `cut` names the first that is truncated. */
export function webpChunks(bytes: Uint8Array): { chunks: WebpChunk[]; cut?: string } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = Math.min(bytes.length, view.getUint32(4, true) + 8);
  const chunks: WebpChunk[] = [];
  for (let at = 12; at + 8 <= end;) {
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    if (at + 8 + size > bytes.length) return { chunks, cut: name };
    chunks.push({ name, data: bytes.subarray(at + 8, at + 8 + size) });
    at += 8 + size + (size % 2);
  }
  return { chunks };
}

/** The EXIF orientation of a WebP, 1 to 8; 1 if it has none. */
export function webpOrientation(bytes: Uint8Array): number {
  const exif = webpChunks(bytes).chunks.find(({ name }) => name === 'EXIF')?.data;
  return exif ? exifOrientation(exif) : 1;
}

/** The orientation in a block of EXIF, with or without the 'Exif\0\0' that some writers put before it. */
export function exifOrientation(exif: Uint8Array): number {
  const start = String.fromCharCode(...exif.subarray(0, 4)) === 'Exif' ? 6 : 0;
  const view = new DataView(exif.buffer, exif.byteOffset + start, exif.byteLength - start);
  try {
    const little = view.getUint16(0) === 0x4949;
    const directory = view.getUint32(4, little);
    for (let i = 0; i < view.getUint16(directory, little); i++) {
      const at = directory + 2 + i * 12;
      const value = view.getUint16(at + 8, little);
      if (view.getUint16(at, little) === 0x0112) return value >= 1 && value <= 8 ? value : 1;
    }
  } catch {
    // truncated: as if there were none
  }
  return 1;
}
