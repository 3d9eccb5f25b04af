import { codecOf, type OggCodec } from './codec-names';
import { readPages, type RawPage } from './read-pages';

/** The packets of a page of a logical stream. */
export interface OggPage {
  /** The packets that end on it. */
  packets: Uint8Array[];
  /** Samples per channel up to the end of those packets; undefined if none ends on it. */
  endPosition: number | undefined;
}

/** One logical stream. */
export interface OggStream {
  codec: OggCodec;
  pages: OggPage[];
  /** What is wrong with it: a broken page, or no last one. `pages` holds those before. */
  damage: string | undefined;
}

/** The streams that are interleaved with each other. A file is a chain of such links, usually just one. */
export type OggLink = OggStream[];

interface OpenStream {
  serial: number;
  sequence: number;
  pages: OggPage[];
  /** Pieces of a packet that continues on the next page. */
  begun: Uint8Array[];
  ended: boolean;
  damage: string | undefined;
}

/** Reads the packets of all logical streams (RFC 3533), page by page, each as far as its pages are whole and consecutive. */
export function readOgg(bytes: Uint8Array): OggLink[] {
  const links: OpenStream[][] = [];
  let link: OpenStream[] = [];
  let sounding = false; // whether the link has had a page that does not begin a stream
  for (const page of readPages(bytes)) {
    if (page === undefined || page === 'checksum') {
      if (page === 'checksum') markDamage(link);
      continue;
    }
    if (page.first) {
      if (links.length === 0 || sounding || link.some(({ serial }) => serial === page.serial)) {
        link = [];
        links.push(link);
        sounding = false;
      }
      link.push({ serial: page.serial, sequence: page.sequence, pages: [], begun: [], ended: false, damage: undefined });
    } else sounding = true;
    const stream = link.find(({ serial }) => serial === page.serial);
    if (stream && !stream.ended && stream.damage === undefined) addPage(stream, page);
  }
  return links.map((streams) => streams.map(closeStream));
}

/** Marks the stream of a broken page as damaged if only one is open; otherwise its next page reveals the gap. */
function markDamage(link: OpenStream[]): void {
  const open = link.filter(({ ended, damage }) => !ended && damage === undefined);
  if (open.length === 1) open[0]!.damage = `page ${open[0]!.pages.length}: its checksum is wrong`;
}

function addPage(stream: OpenStream, page: RawPage): void {
  if (page.sequence !== stream.sequence) {
    stream.damage = `page ${stream.pages.length} is missing`;
    return;
  }
  if (!page.continues) stream.begun = [];
  const { packets, rest } = cutPackets(page, stream.begun);
  stream.begun = rest;
  stream.pages.push({ packets, endPosition: page.position });
  stream.sequence++;
  stream.ended = page.last;
}

function closeStream({ pages, ended, damage }: OpenStream): OggStream {
  const first = pages.find(({ packets }) => packets.length > 0)?.packets[0] ?? new Uint8Array();
  return { codec: codecOf(first), pages, damage: damage ?? (ended ? undefined : 'no last page (truncated?)') };
}

/** Packets end with a segment of less than 255 bytes. */
function cutPackets({ body, segments }: RawPage, begun: Uint8Array[]) {
  const packets: Uint8Array[] = [];
  let rest = begun;
  let start = 0;
  let end = 0;
  for (const size of segments) {
    end += size;
    if (size === 255) continue;
    packets.push(joinBytes([...rest, body.subarray(start, end)]));
    rest = [];
    start = end;
  }
  return { packets, rest: start < end ? [...rest, body.subarray(start, end)] : rest };
}

/** Byte arrays, concatenated. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const joined = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
