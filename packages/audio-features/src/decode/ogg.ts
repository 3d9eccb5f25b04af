import { lettersAt, withDecoder } from './compressed-format';
import type { CompressedFormat, DecodedFile } from './compressed-format';

/** The first page holds one packet, which begins after a header of 27 bytes and one segment size. */
const FIRST_PACKET = 28;

export const VORBIS: CompressedFormat = {
  name: 'Ogg Vorbis',
  recognises: (bytes) => lettersAt(bytes, 0, 'OggS') && lettersAt(bytes, FIRST_PACKET, '\x01vorbis'),
  async decode(bytes) {
    const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
    return decodePages(bytes, (pages) => withDecoder(new OggVorbisDecoder(), (decoder) => decoder.decodeFile(pages)));
  },
};

/** Always 48 kHz, as Opus decodes; the pre-skip is left out. */
export const OPUS: CompressedFormat = {
  name: 'Ogg Opus',
  recognises: (bytes) => lettersAt(bytes, 0, 'OggS') && lettersAt(bytes, FIRST_PACKET, 'OpusHead'),
  async decode(bytes) {
    const { OggOpusDecoder } = await import('ogg-opus-decoder');
    return decodePages(bytes, (pages) => withDecoder(new OggOpusDecoder(), (decoder) => decoder.decodeFile(pages)));
  },
};

/** Decodes the whole pages of a file: decoders stumble over half a page. */
async function decodePages(bytes: Uint8Array, decode: (pages: Uint8Array) => Promise<DecodedFile>): Promise<DecodedFile> {
  const { end, complete } = findPages(bytes);
  const file = await decode(bytes.subarray(0, end));
  return { ...file, damage: file.damage ?? (complete ? undefined : 'no last page (truncated?)') };
}

/** Where the whole pages that follow each other end, and whether the last of them says that it is the last. */
function findPages(bytes: Uint8Array): { end: number; complete: boolean } {
  let end = 0;
  let complete = false;
  while (lettersAt(bytes, end, 'OggS') && end + 27 <= bytes.length) {
    const body = end + 27 + bytes[end + 26]!;
    const next = bytes.subarray(end + 27, body).reduce((sum, size) => sum + size, body);
    if (next > bytes.length) return { end, complete: false };
    complete = (bytes[end + 5]! & 4) === 4;
    end = next;
  }
  return { end, complete };
}
