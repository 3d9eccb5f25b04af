import { describe, expect, it } from 'vitest';
import { oggPage } from '../../../test/fixtures/ogg-page';
import { readPackets } from './read-packets';

const NO_POSITION = 0xffff_ffff_ffff_ffffn;
const bytesOf = (length: number, first = 0) => Uint8Array.from({ length }, (_, i) => (first + i) % 251);
const file = (...pages: Uint8Array[]) => Uint8Array.from(pages.flatMap((page) => [...page]));

/** Two packets on one page, and a third of 600 bytes over the next three. */
const long = bytesOf(600, 9);
const pages = [
  oggPage({ sequence: 0, flags: 2, segments: [3, 2], body: Uint8Array.of(1, 2, 3, 4, 5) }),
  oggPage({ sequence: 1, position: NO_POSITION, segments: [255], body: long.subarray(0, 255) }),
  oggPage({ sequence: 2, flags: 1, position: NO_POSITION, segments: [255], body: long.subarray(255, 510) }),
  oggPage({ sequence: 3, flags: 5, position: 960n, segments: [90, 0], body: long.subarray(510) }),
] as const;

describe('readPackets', () => {
  it('cuts pages into packets and joins those that go on, by page', () => {
    const { pages: read, damage } = readPackets(file(...pages));
    expect(damage).toBeUndefined();
    expect(read.map(({ packets }) => packets.map((packet) => [...packet]))).toEqual([
      [
        [1, 2, 3],
        [4, 5],
      ],
      [],
      [],
      [[...long], []],
    ]);
    expect(read.map(({ endPosition }) => endPosition)).toEqual([0, undefined, undefined, 960]);
  });

  it('ends a packet whose length is a multiple of 255 with an empty segment', () => {
    const body = bytesOf(510);
    const read = readPackets(oggPage({ sequence: 0, flags: 6, segments: [255, 255, 0], body }));
    expect(read.pages[0]!.packets.map(({ length }) => length)).toEqual([510]);
  });

  it('passes over pages of a stream beside the first', () => {
    const other = [
      oggPage({ sequence: 0, flags: 2, serial: 8, segments: [1], body: Uint8Array.of(9) }),
      oggPage({ sequence: 1, serial: 8, segments: [1], body: Uint8Array.of(9) }),
    ] as const;
    const mixed = readPackets(file(pages[0], other[0], pages[1], other[1], pages[2], pages[3]));
    expect(mixed).toEqual(readPackets(file(...pages)));
  });

  it.each([
    ['the last page is missing', file(...pages.slice(0, 3)), 3, 'no last page (truncated?)'],
    ['a page is cut', file(...pages).subarray(0, -3), 3, 'no last page (truncated?)'],
    ['a page is missing', file(pages[0], pages[2], pages[3]), 1, 'page 1 is missing'],
    ['a byte is flipped', file(...pages).map((byte, i) => (i === 60 ? byte ^ 4 : byte)), 1, 'page 1: its checksum is wrong'],
    [
      'another stream follows',
      file(...pages.slice(0, 2), oggPage({ sequence: 0, serial: 9, flags: 2, segments: [1], body: Uint8Array.of(9) })),
      2,
      'a second stream behind the first',
    ],
    ['it is empty', new Uint8Array(), 0, 'no last page (truncated?)'],
  ])('says that %s, and gives what is before', (_, bytes, count, damage) => {
    const read = readPackets(bytes);
    expect(read.damage).toBe(damage);
    expect(read.pages).toEqual(readPackets(file(...pages)).pages.slice(0, count));
  });
});
