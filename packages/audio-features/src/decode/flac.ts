import type { CompressedFormat } from './compressed-format';
import { readFrameHeader } from './flac/frame-header';
import { afterId3, lettersAt } from './magic';

/** FLAC files, and broadcasts' frames without a file header. */
export const FLAC: CompressedFormat = {
  name: 'FLAC',
  recognises(bytes) {
    const start = afterId3(bytes);
    const header = readFrameHeader(bytes, start);
    return lettersAt(bytes, start, 'fLaC') || (header !== undefined && header.bitDepth > 0 && header.sampleRateHz > 0);
  },
  async decode(bytes, limits) {
    const { decodeFlac } = await import('./flac/decode-flac');
    return decodeFlac(bytes.subarray(afterId3(bytes)), limits);
  },
};
