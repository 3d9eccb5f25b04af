/** Checksum of the bytes from `start` to before `end`. */
export type Checksum = (bytes: Uint8Array, start: number, end: number) => number;

/** A table-driven cyclic redundancy check: most significant bit first, initial value 0, not reflected. */
function createChecksum(bitCount: 8 | 16 | 32, polynomial: number): Checksum {
  const shift = 32 - bitCount; // the checksum lies in the upper bits
  const table = Int32Array.from({ length: 256 }, (_, byte) => {
    let value = byte << 24;
    for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value < 0 ? polynomial << shift : 0);
    return value;
  });
  return (bytes, start, end) => {
    let value = 0;
    for (let i = start; i < end; i++) value = (value << 8) ^ table[(value >>> 24) ^ bytes[i]!]!;
    return value >>> shift;
  };
}

/** The CRC of a FLAC frame's header: x⁸ + x² + x + 1. */
export const crc8 = createChecksum(8, 0x07);

/** The CRC of a FLAC frame: x¹⁶ + x¹⁵ + x² + 1. */
export const crc16 = createChecksum(16, 0x8005);

/** The CRC of an Ogg page: Ethernet's polynomial. */
export const crc32 = createChecksum(32, 0x04c11db7);
