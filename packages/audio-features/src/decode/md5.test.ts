import { describe, expect, it } from 'vitest';
import { createMd5 } from './md5';

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const ascii = (text: string) => new TextEncoder().encode(text);

function md5(...pieces: string[]): string {
  const hash = createMd5();
  for (const piece of pieces) hash.update(ascii(piece));
  return hex(hash.digest());
}

describe('createMd5', () => {
  // RFC 1321, section A.5.
  it.each([
    ['', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['a', '0cc175b9c0f1b6a831c399e269772661'],
    ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 'd174ab98d277d9f5a5611c2c9f419d9f'],
    ['1234567890'.repeat(8), '57edf4a22be3c955ac49da2e2107b67a'],
  ])('of %j matches the standard', (text, digest) => {
    expect(md5(text)).toBe(digest);
  });

  it('is the same however the bytes are split', () => {
    const text = '1234567890'.repeat(8);
    for (let cut = 0; cut <= text.length; cut++) expect(md5(text.slice(0, cut), text.slice(cut))).toBe(md5(text));
    expect(md5(...text)).toBe(md5(text));
  });
});
