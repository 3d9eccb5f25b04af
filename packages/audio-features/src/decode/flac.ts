import { afterId3, lettersAt } from './compressed-format';
import type { CompressedFormat } from './compressed-format';

export const FLAC: CompressedFormat = {
  name: 'FLAC',
  recognises: (bytes) => lettersAt(bytes, afterId3(bytes), 'fLaC'),
  async decode(bytes, { maxSamples }) {
    const { decodeFlac } = await import('./flac/decode-flac');
    return decodeFlac(bytes.subarray(afterId3(bytes)), maxSamples);
  },
};
