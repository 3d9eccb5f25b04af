import { lettersAt } from './compressed-format';
import type { CompressedFormat } from './compressed-format';

/** The first page holds one packet, which begins after a header of 27 bytes and one segment size. */
const FIRST_PACKET = 28;

export const VORBIS: CompressedFormat = {
  name: 'Ogg Vorbis',
  recognises: (bytes) => lettersAt(bytes, 0, 'OggS') && lettersAt(bytes, FIRST_PACKET, '\x01vorbis'),
  async decode(bytes, { maxSamples }) {
    const { decodeVorbis } = await import('./ogg/decode-vorbis');
    return decodeVorbis(bytes, maxSamples);
  },
};

/** Always 48 kHz, as Opus decodes; the pre-skip is left out. */
export const OPUS: CompressedFormat = {
  name: 'Ogg Opus',
  recognises: (bytes) => lettersAt(bytes, 0, 'OggS') && lettersAt(bytes, FIRST_PACKET, 'OpusHead'),
  async decode(bytes, { maxSamples }) {
    const { decodeOpus } = await import('./ogg/decode-opus');
    return decodeOpus(bytes, maxSamples);
  },
};
