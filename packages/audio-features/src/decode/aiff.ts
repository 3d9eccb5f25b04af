import { fourLetters } from './magic';
import type { CompressedFormat } from './compressed-format';

/** AIFF and AIFF-C with PCM, floats, A-law or µ-law. Channels come in the order of the file. */
export const AIFF: CompressedFormat = {
  name: 'AIFF',
  recognises: (bytes) => fourLetters(bytes, 0) === 'FORM' && ['AIFF', 'AIFC'].includes(fourLetters(bytes, 8)),
  async decode(bytes, limits) {
    const { decodeAiff } = await import('./aiff/decode-aiff');
    return decodeAiff(bytes, limits);
  },
};
