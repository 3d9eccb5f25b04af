import { lettersAt } from '../compressed-format';
import { crc32 } from '../checksums';

/** A page of an Ogg file, as far as its packets go. */
export interface OggPage {
  /** The packets that end on it. */
  packets: Uint8Array[];
  /** Samples of each channel up to the end of those packets; undefined where none ends on it. */
  endPosition: number | undefined;
}

/** The first logical stream of an Ogg file. */
export interface OggStream {
  pages: OggPage[];
  /** What is wrong with it: a broken page, or no last one. */
  damage: string | undefined;
}

const HEADER_BYTES = 27;
const CHECKSUM_AT = 22;
const [CONTINUES, FIRST, LAST] = [1, 2, 4];
const NO_POSITION = 0xffff_ffff_ffff_ffffn;

/** Reads the packets of the first logical stream (RFC 3533), page by page, as far as pages are whole and follow each other. */
export function readPackets(bytes: Uint8Array): OggStream {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pages: OggPage[] = [];
  const stream = (damage?: string) => ({ pages, damage });
  let serial: number | undefined;
  let begun: Uint8Array[] = []; // pieces of a packet that goes on on the next page
  for (let at = 0, next: number; ; at = next) {
    const label = `page ${pages.length}`;
    if (at + HEADER_BYTES > bytes.length || !lettersAt(bytes, at, 'OggS')) return stream('no last page (truncated?)');
    const flags = bytes[at + 5]!;
    const segments = bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + bytes[at + 26]!);
    const body = at + HEADER_BYTES + segments.length;
    next = segments.reduce((sum, size) => sum + size, body);
    if (next > bytes.length) return stream('no last page (truncated?)');
    if (pageChecksum(bytes, at, next) !== view.getUint32(at + CHECKSUM_AT, true))
      return stream(`${label}: its checksum is wrong`);
    serial ??= view.getUint32(at + 14, true);
    if (view.getUint32(at + 14, true) !== serial) {
      if ((flags & FIRST) === 0) continue; // of a stream beside it
      if (pages.length > 1) return stream('a second stream behind the first');
      continue;
    }
    if (view.getUint32(at + 18, true) !== pages.length) return stream(`${label} is missing`);
    if ((flags & CONTINUES) === 0) begun = [];
    const { packets, rest } = cutPackets(bytes.subarray(body, next), segments, begun);
    begun = rest;
    const position = view.getBigUint64(at + 6, true);
    pages.push({ packets, endPosition: position === NO_POSITION ? undefined : Number(position) });
    if ((flags & LAST) !== 0) return stream();
  }
}

/** Packets end with a segment of less than 255 bytes. */
function cutPackets(body: Uint8Array, segments: Uint8Array, begun: Uint8Array[]) {
  const packets: Uint8Array[] = [];
  let rest = begun;
  let start = 0;
  let end = 0;
  for (const size of segments) {
    end += size;
    if (size === 255) continue;
    packets.push(join([...rest, body.subarray(start, end)]));
    rest = [];
    start = end;
  }
  return { packets, rest: start < end ? [...rest, body.subarray(start, end)] : rest };
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const joined = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** The checksum counts as zero in itself. */
function pageChecksum(bytes: Uint8Array, start: number, end: number): number {
  const page = bytes.slice(start, end);
  page.fill(0, CHECKSUM_AT, CHECKSUM_AT + 4);
  return crc32(page, 0, page.length);
}
