import { readMpegHeader, type MpegHeader } from './frame-header';

export interface MpegFrame {
  at: number;
  /** Where the next frame is due; beyond the end of the file if this one is cut off. */
  end: number;
  header: MpegHeader;
}

/** No frame is longer: layer II in the free format, at the highest rate that decoders take, has 3,456 bytes. */
const LONGEST_FRAME_BYTES = 4096;
/** This many consecutive frames are no coincidence. */
const SURE = 3;

/**
 * The frames of an MPEG audio file, from the first that is followed by others. Anything between frames (junk, zeros, tags)
 * is skipped; a frame cut off by the end of the file counts.
 */
export function* walkFrames(bytes: Uint8Array, from: number): Generator<MpegFrame> {
  let free: number | undefined; // bytes of a frame in the free format without padding
  let before: MpegHeader | undefined;
  for (let at = firstFrame(bytes, from); at < bytes.length;) {
    const header = readMpegHeader(bytes, at);
    if (!header || (before && !alike(header, before) && !isSure(bytes, at))) {
      at = findFrames(bytes, at + 1);
      continue;
    }
    before = header;
    if (header.frameBytes === undefined) free ??= freeFrameBytes(bytes, at, header);
    const end = at + (header.frameBytes ?? (free === undefined ? LONGEST_FRAME_BYTES : free + padding(header)));
    yield { at, end, header };
    at = end;
  }
}

/** Where the first frame begins; the end if there is none. A single frame, cut off or followed by a tag, must begin at `from`. */
export function firstFrame(bytes: Uint8Array, from: number): number {
  const found = findFrames(bytes, from);
  return found === bytes.length && readMpegHeader(bytes, from) ? from : found;
}

/** Where the first of several consecutive frames begins, from `from` on; one that fills the file up to its end counts too. */
function findFrames(bytes: Uint8Array, from: number): number {
  for (let at = from; ;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) return bytes.length;
    if (isSure(bytes, at)) return at;
    at++;
  }
}

function isSure(bytes: Uint8Array, start: number): boolean {
  const first = readMpegHeader(bytes, start);
  if (!first) return false;
  const free = first.frameBytes === undefined ? freeFrameBytes(bytes, start, first) : 0;
  if (free === undefined) return false;
  let at = start;
  for (let count = 0; count < SURE; count++) {
    const header = at === bytes.length ? undefined : readMpegHeader(bytes, at);
    if (!header || !alike(header, first)) return count > 0 && at === bytes.length;
    at += header.frameBytes ?? free + padding(header);
  }
  return true;
}

/** Bytes of a free-format frame without padding: the distance to the next similar header, if a third one follows at the same distance. */
function freeFrameBytes(bytes: Uint8Array, start: number, first: MpegHeader): number | undefined {
  const isLike = (at: number) => {
    const header = readMpegHeader(bytes, at);
    return header && header.frameBytes === undefined && alike(header, first) ? header : undefined;
  };
  for (let distance = 5 + first.sideBytes; distance <= LONGEST_FRAME_BYTES; distance++) {
    const second = isLike(start + distance);
    if (!second) continue;
    const frameBytes = distance - padding(first);
    const third = start + distance + frameBytes + padding(second);
    if (third >= bytes.length || isLike(third)) return frameBytes;
  }
  return undefined;
}

const padding = ({ padded, layer }: MpegHeader) => (padded ? (layer === 1 ? 4 : 1) : 0);

/** The channel count may change within a file, but not the rate and the layer. */
const alike = (a: MpegHeader, b: MpegHeader) => a.layer === b.layer && a.sampleRateHz === b.sampleRateHz;
