import { describe, expect, it } from 'vitest';
import { oggPage } from '../../../test/fixtures/ogg-page';
import { readOgg } from './read-ogg';

const NO_POSITION = 0xffff_ffff_ffff_ffffn;
const bytesOf = (length: number, first = 0) => Uint8Array.from({ length }, (_, i) => (first + i) % 251);
const file = (...pages: Uint8Array[]) => Uint8Array.from(pages.flatMap((page) => [...page]));
const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Two packets on one page, and a third of 600 bytes over the next three. */
const long = bytesOf(600, 9);
const pages = [
  oggPage({ sequence: 0, flags: 2, segments: [3, 2], body: Uint8Array.of(1, 2, 3, 4, 5) }),
  oggPage({ sequence: 1, position: NO_POSITION, segments: [255], body: long.subarray(0, 255) }),
  oggPage({ sequence: 2, flags: 1, position: NO_POSITION, segments: [255], body: long.subarray(255, 510) }),
  oggPage({ sequence: 3, flags: 5, position: 960n, segments: [90, 0], body: long.subarray(510) }),
] as const;

/** The first page of a stream, with one packet. */
const begin = (letters: string, serial: number, flags = 2) =>
  oggPage({ sequence: 0, flags, serial, segments: [letters.length], body: ascii(letters) });
const end = (serial: number) => oggPage({ sequence: 1, flags: 4, serial, segments: [1], body: Uint8Array.of(9) });

const streams = (bytes: Uint8Array) => readOgg(bytes).map((link) => link.map(({ codec, damage }) => [codec, damage]));

describe('readOgg', () => {
  it('splits pages into packets and joins those that continue, by page', () => {
    const stream = readOgg(file(...pages))[0]![0]!;
    expect(stream.damage).toBeUndefined();
    expect(stream.pages.map(({ packets }) => packets.map((packet) => [...packet]))).toEqual([
      [
        [1, 2, 3],
        [4, 5],
      ],
      [],
      [],
      [[...long], []],
    ]);
    expect(stream.pages.map(({ endPosition }) => endPosition)).toEqual([0, undefined, undefined, 960]);
  });

  it('ends a packet whose length is a multiple of 255 with an empty segment', () => {
    const body = bytesOf(510);
    const read = readOgg(oggPage({ sequence: 0, flags: 6, segments: [255, 255, 0], body }));
    expect(read[0]![0]!.pages[0]!.packets.map(({ length }) => length)).toEqual([510]);
  });

  it('keeps interleaved streams apart', () => {
    const mixed = readOgg(file(pages[0], begin('Speex   ', 8), pages[1], end(8), pages[2], pages[3]));
    expect(mixed).toHaveLength(1);
    expect(mixed[0]![0]).toEqual(readOgg(file(...pages))[0]![0]);
    expect(mixed[0]!.map(({ codec }) => codec)).toEqual(['an unknown codec', 'Speex']);
  });

  it('tells the links of a chain apart, whatever their serial numbers', () => {
    const [first, second] = [file(begin('OpusHead', 7), end(7)), file(begin('\x01vorbis', 8), end(8))];
    expect(streams(file(first, second))).toEqual([[['Opus', undefined]], [['Vorbis', undefined]]]);
    expect(streams(file(first, first))).toEqual([[['Opus', undefined]], [['Opus', undefined]]]);
    expect(streams(file(begin('fishead\0', 1), begin('OpusHead', 7), end(7), end(1), second))).toEqual([
      [
        ['Skeleton', undefined],
        ['Opus', undefined],
      ],
      [['Vorbis', undefined]],
    ]);
  });

  it('skips anything between and after the links', () => {
    const first = file(begin('OpusHead', 7), end(7));
    expect(streams(file(first, ascii('TAG and junk Ogg'), first, new Uint8Array(128)))).toEqual([
      [['Opus', undefined]],
      [['Opus', undefined]],
    ]);
  });

  it.each([
    ['the last page is missing', file(...pages.slice(0, 3)), 3, 'no last page (truncated?)'],
    ['a page is cut', file(...pages).subarray(0, -3), 3, 'no last page (truncated?)'],
    ['a page is missing', file(pages[0], pages[2], pages[3]), 1, 'page 1 is missing'],
    ['a byte is flipped', file(...pages).map((byte, i) => (i === 60 ? byte ^ 4 : byte)), 1, 'page 1: its checksum is wrong'],
    ['another link follows', file(...pages.slice(0, 2), begin('OpusHead', 9), end(9)), 2, 'no last page (truncated?)'],
  ])('reports that %s, and returns what comes before', (_, bytes, count, damage) => {
    const [stream] = readOgg(bytes)[0]!;
    expect(stream!.damage).toBe(damage);
    expect(stream!.pages).toEqual(readOgg(file(...pages))[0]![0]!.pages.slice(0, count));
  });

  it('finds nothing in bytes that are not Ogg', () => {
    expect(readOgg(new Uint8Array())).toEqual([]);
    expect(readOgg(ascii('OggS'.repeat(20)))).toEqual([]);
  });
});
