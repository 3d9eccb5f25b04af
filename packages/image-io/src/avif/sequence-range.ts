/** Reads bits, the most significant first. */
class Bits {
  private at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  take(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.at++) value = value * 2 + (((this.bytes[this.at >> 3] ?? 0) >> (7 - (this.at & 7))) & 1);
    return value;
  }
}

/**
 * The payload of the sequence header among an AV1 stream's first units (AV1 bitstream specification, section 5.3); undefined if there
 * is none.
 */
function sequenceHeader(stream: Uint8Array): Uint8Array | undefined {
  for (let at = 0; at < stream.length;) {
    const header = stream[at++]!;
    if (header & 4) at++; // extension
    let size = stream.length - at;
    if (header & 2) {
      size = 0;
      for (let shift = 0; shift < 35; shift += 7) {
        const byte = stream[at++] ?? 0;
        size += (byte & 127) * 2 ** shift;
        if (byte < 128) break;
      }
    }
    if (((header >> 3) & 15) === 1) return stream.subarray(at, at + size);
    at += size;
  }
  return undefined;
}

/** How an AV1 stream codes its colours, by its sequence header (section 5.5). */
export interface SequenceColours {
  monochrome: boolean;
  /** The matrix number (ITU-T H.273, table 4); 2 if unspecified. */
  matrix: number;
  fullRange: boolean;
}

/** How an AV1 stream codes its colours; undefined if it does not begin with a header that can be parsed. */
export function sequenceColours(stream: Uint8Array): SequenceColours | undefined {
  const payload = sequenceHeader(stream);
  if (!payload) return undefined;
  const bits = new Bits(payload);
  const profile = bits.take(3);
  bits.take(1); // still_picture
  const reduced = bits.take(1) === 1;
  if (reduced) bits.take(5);
  else if (!skipOperatingPoints(bits)) return undefined;
  const [widthBits, heightBits] = [bits.take(4) + 1, bits.take(4) + 1];
  bits.take(widthBits);
  bits.take(heightBits);
  if (!reduced && bits.take(1)) bits.take(7); // frame ids
  bits.take(3); // 128×128 superblocks, filter_intra, intra_edge_filter
  if (!reduced) skipInterTools(bits);
  bits.take(3); // superres, cdef, restoration
  const highBitDepth = bits.take(1) === 1;
  if (profile === 2 && highBitDepth) bits.take(1);
  const monochrome = profile !== 1 && bits.take(1) === 1;
  const [primaries, transfer, matrix] = bits.take(1) ? [bits.take(8), bits.take(8), bits.take(8)] : [2, 2, 2];
  const plainRgb = !monochrome && primaries === 1 && transfer === 13 && matrix === 0;
  return { monochrome, matrix, fullRange: plainRgb || bits.take(1) === 1 };
}

/** Skips the operating points; false if there is decoder timing, which still pictures never have. */
function skipOperatingPoints(bits: Bits): boolean {
  if (bits.take(1)) return false; // timing_info
  const delays = bits.take(1) === 1;
  for (let left = bits.take(5) + 1; left > 0; left--) {
    bits.take(12);
    if (bits.take(5) > 7) bits.take(1);
    if (delays && bits.take(1)) bits.take(4);
  }
  return true;
}

function skipInterTools(bits: Bits): void {
  bits.take(4); // interintra, masked, warped motion, dual filter
  const orderHint = bits.take(1) === 1;
  if (orderHint) bits.take(2); // joint compound, reference motion vectors
  const screenContent = bits.take(1) === 1 ? 2 : bits.take(1);
  if (screenContent > 0 && bits.take(1) === 0) bits.take(1); // integer motion vectors
  if (orderHint) bits.take(3);
}
