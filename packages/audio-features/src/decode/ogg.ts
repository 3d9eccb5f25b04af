import type { CompressedFormat } from './compressed-format';
import { afterId3, lettersAt } from './magic';

/** Ogg files, also chained; streams without sound are skipped. */
export const OGG: CompressedFormat = {
  name: 'Ogg',
  recognises: (bytes) => lettersAt(bytes, afterId3(bytes), 'OggS'),
  async decode(bytes, limits) {
    const { decodeOgg } = await import('./ogg/decode-ogg');
    return decodeOgg(bytes.subarray(afterId3(bytes)), limits);
  },
};
