import type { OggPage } from './read-ogg';

export interface TrimOptions {
  /** The pages with sound. */
  pages: readonly OggPage[];
  /** The number of samples in each packet, in order. */
  packetSamples: readonly number[];
  /** Samples at the beginning that only warm the decoder up. */
  skip?: number;
}

/**
 * Which of the decoded samples belong to the recording: page positions count from its beginning, so the first page may reveal samples
 * before it, and the last page samples beyond its end (RFC 7845, section 4; Vorbis I, section A.2).
 */
export function trimSamples({ pages, packetSamples, skip = 0 }: TrimOptions): { from: number; to: number } {
  const total = packetSamples.reduce((sum, count) => sum + count, 0);
  const first = pages.findIndex(({ packets, endPosition }) => packets.length > 0 && endPosition !== undefined);
  if (first < 0) return { from: Math.min(skip, total), to: total };
  const packetsUpToFirst = pages.slice(0, first + 1).reduce((sum, { packets }) => sum + packets.length, 0);
  const samplesUpToFirst = packetSamples.slice(0, packetsUpToFirst).reduce((sum, count) => sum + count, 0);
  const isLast = first === pages.length - 1;
  // A single page may be trimmed at either end; its position is taken to be the end.
  const start = isLast ? 0 : pages[first]!.endPosition! - samplesUpToFirst;
  const end = pages.reduce((last, { endPosition }) => endPosition ?? last, 0);
  const from = Math.min(total, Math.max(skip, start < 0 ? -start : 0));
  return { from, to: Math.max(from, Math.min(total, end - start)) };
}
