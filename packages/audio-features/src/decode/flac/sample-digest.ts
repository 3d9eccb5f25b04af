import { createMd5 } from '../md5';
import type { StreamInfo } from './stream-info';

/** Compares the decoded samples with the MD5 that the encoder stored. */
export interface SampleDigest {
  /** @param channels integers [blockSize] each */
  update(channels: readonly Float64Array[]): void;
  /** Whether all samples so far match the encoder's MD5; undefined if it stored none. May be called repeatedly. */
  agrees(): boolean | undefined;
}

/** The MD5 covers the integers in as few whole bytes as hold them, little-endian, channels interleaved. */
export function createSampleDigest({ md5, bitDepth, channelCount }: StreamInfo): SampleDigest {
  if (md5.every((byte) => byte === 0)) return { update: () => {}, agrees: () => undefined };
  const width = Math.ceil(bitDepth / 8);
  let hash = createMd5();
  let answer: boolean | undefined;
  return {
    update(channels) {
      const bytes = new Uint8Array(channels[0]!.length * channelCount * width);
      channels.forEach((samples, channel) => {
        for (let i = 0, at = channel * width; i < samples.length; i++, at += channelCount * width) {
          let value = samples[i]! | 0;
          for (let byte = 0; byte < width; byte++, value >>= 8) bytes[at + byte] = value;
        }
      });
      if (answer !== undefined) hash = createMd5(); // more samples came after it was finished: it cannot match any more
      answer = undefined;
      hash.update(bytes);
    },
    agrees: () => (answer ??= hash.digest().every((byte, i) => byte === md5[i])),
  };
}
