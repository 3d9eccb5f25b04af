const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});

/** The checksum of a PNG's chunk (ISO 3309), over its name and its data. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ byte) & 255]!;
  return (crc ^ 0xffffffff) >>> 0;
}

export interface PngChunk {
  name: string;
  /** Where its length field begins, and where the next chunk begins. */
  start: number;
  end: number;
  data: Uint8Array;
}

/** The chunks of a PNG up to IEND, or up to the first that is truncated, which `cut` then names. */
export function pngChunks(bytes: Uint8Array): { chunks: PngChunk[]; cut?: string } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  for (let at = 8; at + 8 <= bytes.length;) {
    const end = at + 12 + view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (end > bytes.length) return { chunks, cut: name };
    chunks.push({ name, start: at, end, data: bytes.subarray(at + 8, end - 4) });
    if (name === 'IEND') break;
    at = end;
  }
  return { chunks };
}
