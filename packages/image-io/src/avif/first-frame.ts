import { boxesIn, findBox, type Box } from './avif-boxes';

/** What the first frame needs of a track of an AVIF's animation. */
interface Track {
  width: number;
  height: number;
  /** Boxes of its `av01` entry: configuration, colours, rotation. */
  properties: Box[];
  /** The first frame's data. */
  data: Uint8Array;
}

/** Properties that a still picture can have too, and those of them that no reader may ignore. */
const PROPERTIES: readonly string[] = ['av1C', 'colr', 'pasp', 'pixi', 'clap', 'irot', 'imir'];
const ESSENTIAL: readonly string[] = ['av1C', 'clap', 'irot', 'imir'];
const ALPHA = 'urn:mpeg:mpegB:cicp:systems:auxiliary:alpha';

/**
 * The first frame of an animated AVIF, with its alpha, as a still AVIF (ISO/IEC 14496-12, section 8; ISO/IEC 23008-12, section 7);
 * undefined if no track of pictures can be parsed.
 */
export function firstFrame(bytes: Uint8Array): Uint8Array | undefined {
  const movie = findBox(bytes, ['moov']);
  if (!movie) return undefined;
  try {
    const tracks = boxesIn(bytes, movie.start, movie.end).filter(({ kind }) => kind === 'trak');
    const colours = tracks.find((track) => handlerOf(bytes, track) === 'pict');
    const picture = colours && readTrack(bytes, colours);
    if (!picture) return undefined;
    const auxiliary = tracks.find((track) => handlerOf(bytes, track) === 'auxv');
    return stillAvif(bytes, [picture, ...(auxiliary ? [readTrack(bytes, auxiliary)] : [])]);
  } catch {
    return undefined; // cut short
  }
}

const handlerOf = (bytes: Uint8Array, track: Box) => {
  const handler = findBox(bytes, ['mdia', 'hdlr'], track);
  return handler && String.fromCharCode(...bytes.subarray(handler.start + 8, handler.start + 12));
};

/** @throws RangeError if the track has no AV1 frame, or one that lies beyond the end of the file */
function readTrack(bytes: Uint8Array, track: Box): Track {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = findBox(bytes, ['mdia', 'minf', 'stbl'], track);
  const box = (...path: string[]) => {
    const found = table && findBox(bytes, path, table);
    if (!found) throw new RangeError(`firstFrame: a track must have ${path.join('/')}`);
    return found;
  };
  const entry = box('stsd', 'av01');
  const sizes = box('stsz').start;
  const size = view.getUint32(sizes + 4) || view.getUint32(sizes + 12);
  const wide = table && findBox(bytes, ['co64'], table);
  const offset = wide ? Number(view.getBigUint64(wide.start + 8)) : view.getUint32(box('stco').start + 8);
  if (size === 0 || offset + size > bytes.length) throw new RangeError('firstFrame: a frame must lie inside the file');
  return {
    width: view.getUint16(entry.start + 24),
    height: view.getUint16(entry.start + 26),
    properties: boxesIn(bytes, entry.start + 78, entry.end).filter(({ kind }) => PROPERTIES.includes(kind)),
    data: bytes.subarray(offset, offset + size),
  };
}

const uint16 = (value: number) => Uint8Array.of(value >> 8, value & 255);
const uint32 = (value: number) => Uint8Array.of(value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255);
const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const joined = (...parts: Uint8Array[]) => {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => (result.set(part, at), at + part.length), 0);
  return result;
};
const makeBox = (kind: string, ...parts: Uint8Array[]) => {
  const contents = joined(...parts);
  return joined(uint32(8 + contents.length), ascii(kind), contents);
};
const fullBox = (kind: string, flags: number, ...parts: Uint8Array[]) => makeBox(kind, uint32(flags), ...parts);

/** A still AVIF: item 1 the colours, item 2 their alpha. */
function stillAvif(bytes: Uint8Array, tracks: readonly Track[]): Uint8Array {
  const brands = makeBox('ftyp', ascii('avif'), uint32(0), ascii('mif1'), ascii('miaf'));
  const container: Uint8Array[] = [];
  const associations = tracks.map(({ width, height, properties }, item) => {
    const own = [
      { kind: 'ispe', box: fullBox('ispe', 0, uint32(width), uint32(height)) },
      ...properties.map(({ kind, at, end }) => ({ kind, box: bytes.subarray(at, end) })),
      ...(item === 1 ? [{ kind: 'auxC', box: fullBox('auxC', 0, ascii(`${ALPHA}\0`)) }] : []),
    ];
    const indices = own.map(({ kind, box }) => container.push(box) | (ESSENTIAL.includes(kind) ? 0x80 : 0));
    return joined(uint16(item + 1), Uint8Array.of(indices.length, ...indices));
  });
  const meta = (dataStart: number) => {
    const offsets = tracks.map((_, item) => tracks.slice(0, item).reduce((sum, { data }) => sum + data.length, dataStart));
    const places = tracks.map(({ data }, item) =>
      joined(uint16(item + 1), uint16(0), uint16(1), uint32(offsets[item]!), uint32(data.length)),
    );
    const items = tracks.map((_, item) => fullBox('infe', 2 << 24, uint16(item + 1), uint16(0), ascii('av01'), Uint8Array.of(0)));
    return fullBox(
      'meta',
      0,
      fullBox('hdlr', 0, uint32(0), ascii('pict'), new Uint8Array(13)),
      fullBox('pitm', 0, uint16(1)),
      fullBox('iloc', 0, Uint8Array.of(0x44, 0), uint16(tracks.length), ...places),
      fullBox('iinf', 0, uint16(tracks.length), ...items),
      ...(tracks.length > 1 ? [fullBox('iref', 0, makeBox('auxl', uint16(2), uint16(1), uint16(1)))] : []),
      makeBox('iprp', makeBox('ipco', ...container), fullBox('ipma', 0, uint32(tracks.length), ...associations)),
    );
  };
  const dataStart = brands.length + meta(0).length + 8;
  return joined(brands, meta(dataStart), makeBox('mdat', ...tracks.map(({ data }) => data)));
}
