/** Reads big-endian bits, as FLAC stores them. Reading beyond the end gives zeros; `assertWithin` detects that. */
export interface BitReader {
  /** The position in bits; may be set. */
  position: number;
  /** An unsigned number of 0 to 32 bits. */
  bits(count: number): number;
  /** A two's complement number of 1 to 33 bits. */
  signed(count: number): number;
  /** Counts the 0 bits before the next 1 bit, which is consumed too. */
  zeros(): number;
  /** Throws if more was read than there is. */
  assertWithin(): void;
}

const SPARE_BYTES = 8;

export function createBitReader(source: Uint8Array): BitReader {
  const bytes = new Uint8Array(source.length + SPARE_BYTES); // reading typed arrays beyond their end is slow
  bytes.set(source);
  const end = 8 * source.length;
  let position = 0;

  /** The next 32 bits. */
  function next(): number {
    const at = position >>> 3;
    const shift = position & 7;
    const word = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    return shift === 0 ? word : (word << shift) | (bytes[at + 4]! >> (8 - shift));
  }
  function assertWithin(): void {
    if (position > end) throw new RangeError('the file ends within a frame');
  }
  function bits(count: number): number {
    if (count === 0) return 0;
    if (position >= end) assertMore();
    const value = next() >>> (32 - count);
    position += count;
    return value;
  }
  function assertMore(): void {
    position = end + 1;
    assertWithin();
  }
  return {
    get position() {
      return position;
    },
    set position(value) {
      position = value;
    },
    bits,
    signed(count) {
      if (count > 32) return bits(count - 32) * -(2 ** 32) + bits(32); // the 33rd bit of a side channel
      const value = bits(count);
      return value >= 2 ** (count - 1) ? value - 2 ** count : value;
    },
    zeros() {
      let count = 0;
      for (;;) {
        if (position >= end) assertMore();
        const leading = Math.clz32(next());
        count += leading;
        position += leading;
        if (leading < 32) break;
      }
      position++;
      return count;
    },
    assertWithin,
  };
}
