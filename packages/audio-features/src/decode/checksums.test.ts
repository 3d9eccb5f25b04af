import { expect, it } from 'vitest';
import { crc16, crc32, crc8 } from './checksums';

/** The check values from the catalogue of CRC algorithms; the last is that of CRC-32/CKSUM without its final inversion. */
it.each([
  ['crc8', crc8, 0xf4],
  ['crc16', crc16, 0xfee8],
  ['crc32', crc32, 0x89a1897f],
])('%s of 123456789 matches the catalogue', (_, checksum, expected) => {
  const bytes = new TextEncoder().encode('x123456789y');
  expect(checksum(bytes, 1, 10)).toBe(expected);
});
