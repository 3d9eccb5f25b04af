import type { CompressedFormat } from './compressed-format';
import { afterId3 } from './magic';
import { firstFrame } from './mp3/walk-frames';

/**
 * All layers of MPEG 1, 2 and 2.5, also with junk before the first frame. Encoder delay and padding are removed according to the LAME tag.
 */
export const MP3: CompressedFormat = {
  name: 'MP3',
  recognises: (bytes) => firstFrame(bytes, Math.min(afterId3(bytes), bytes.length)) < bytes.length,
  async decode(bytes, limits) {
    const { decodeMp3 } = await import('./mp3/decode-mp3');
    return decodeMp3(bytes.subarray(afterId3(bytes)), limits);
  },
};
