import { crc32 } from '../checksums';
import { lettersAt } from '../magic';

/** A page as stored in an Ogg file (RFC 3533). */
export interface RawPage {
  serial: number;
  sequence: number;
  /** Whether its first packet began on the page before. */
  continues: boolean;
  /** Whether it is the first or last page of a logical stream. */
  first: boolean;
  last: boolean;
  /** Samples per channel up to the end of its packets, as most codecs count; undefined if none ends on it. */
  position: number | undefined;
  segments: Uint8Array;
  body: Uint8Array;
}

const HEADER_BYTES = 27;
const CHECKSUM_AT = 22;
const [CONTINUES, FIRST, LAST] = [1, 2, 4];
const NO_POSITION = 0xffff_ffff_ffff_ffffn;

/** The pages of a file; 'checksum' for a page whose checksum is wrong, `undefined` for other bytes between pages. */
export function* readPages(bytes: Uint8Array): Generator<RawPage | 'checksum' | undefined> {
  for (let at = 0; at < bytes.length;) {
    const end = pageEnd(bytes, at);
    if (end !== undefined && pageChecksum(bytes, at, end) === checksumField(bytes, at)) {
      yield readPage(bytes, at, end);
      at = end;
      continue;
    }
    yield end === undefined ? undefined : 'checksum';
    at = nextCapture(bytes, at + 1);
  }
}

/** Where the page at `at` ends; undefined if there is no whole page. */
function pageEnd(bytes: Uint8Array, at: number): number | undefined {
  if (at + HEADER_BYTES > bytes.length || !lettersAt(bytes, at, 'OggS')) return undefined;
  const segments = bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + bytes[at + 26]!);
  const end = segments.reduce((sum, size) => sum + size, at + HEADER_BYTES + bytes[at + 26]!);
  return end > bytes.length ? undefined : end;
}

function readPage(bytes: Uint8Array, at: number, end: number): RawPage {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at);
  const flags = view.getUint8(5);
  const body = at + HEADER_BYTES + view.getUint8(26);
  const position = view.getBigUint64(6, true);
  return {
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    continues: (flags & CONTINUES) !== 0,
    first: (flags & FIRST) !== 0,
    last: (flags & LAST) !== 0,
    position: position === NO_POSITION ? undefined : Number(position),
    segments: bytes.subarray(at + HEADER_BYTES, body),
    body: bytes.subarray(body, end),
  };
}

/** Where the next capture pattern begins; the end if there is none. */
function nextCapture(bytes: Uint8Array, from: number): number {
  for (let at = from; ;) {
    at = bytes.indexOf(0x4f, at);
    if (at < 0) return bytes.length;
    if (lettersAt(bytes, at, 'OggS')) return at;
    at++;
  }
}

const checksumField = (bytes: Uint8Array, at: number) =>
  new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(CHECKSUM_AT, true);

/** The checksum of a page, computed with its own field as zero. */
function pageChecksum(bytes: Uint8Array, start: number, end: number): number {
  const page = bytes.slice(start, end);
  page.fill(0, CHECKSUM_AT, CHECKSUM_AT + 4);
  return crc32(page, 0, page.length);
}
