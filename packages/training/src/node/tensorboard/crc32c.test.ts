import { expect, it } from 'vitest';
import { crc32c, maskedCrc32c } from './crc32c';

// The examples of RFC 3720, appendix B.4, and the check value of the algorithm's catalogue entry.
it.each([
  ['32 zeros', new Uint8Array(32), 0x8a9136aa],
  ['32 ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ['0 … 31', Uint8Array.from({ length: 32 }, (_, index) => index), 0x46dd794e],
  ['"123456789"', Buffer.from('123456789'), 0xe3069283],
])('crc32c of %s', (_, bytes, expected) => expect(crc32c(bytes)).toBe(expected));

it('masks as TFRecord does: 15 bits to the right, plus 0xa282ead8', () => {
  const rotated = ((0xe3069283 >>> 15) | (0xe3069283 << 17)) >>> 0;
  expect(maskedCrc32c(Buffer.from('123456789'))).toBe((rotated + 0xa282ead8) % 2 ** 32);
});
