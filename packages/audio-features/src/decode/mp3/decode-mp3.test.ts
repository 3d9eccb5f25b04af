import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { concat, encoded, id3Tag, largestGap, situation } from '../../../test/fixtures/situations';
import { decodeAudio } from '../decode-audio';
import { readMpegHeader } from './frame-header';
import { walkFrames } from './walk-frames';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {}); // the decoder prints what it also reports
});
afterEach(() => vi.restoreAllMocks());

const shapeOf = async (bytes: Uint8Array, options = {}) => {
  const { samples, sampleRateHz } = await decodeAudio(bytes, options);
  return [samples.length, samples[0]!.length, sampleRateHz];
};

describe('decodeMp3', () => {
  it('reads the free format: frames whose length only follows from where the next one begins', async () => {
    expect(await shapeOf(situation('free-format.mp3'))).toEqual([1, 46_080, 44_100]); // as mpg123
  });

  it('returns two channels throughout if a part has one, which is in both there', async () => {
    const { samples } = await decodeAudio(situation('mono-then-stereo.mp3'));
    expect(samples.map((channel) => channel.length)).toEqual([92_160, 92_160]);
    expect(largestGap(samples[0]!.subarray(0, 45_000), samples[1]!.subarray(0, 45_000))).toBe(0);
    expect(largestGap(samples[0]!.subarray(48_000), samples[1]!.subarray(48_000))).toBeGreaterThan(0.1);
  });

  it('trims no more off the end than there is padding', async () => {
    expect(await shapeOf(situation('lame-padding-0.mp3'))).toEqual([1, 44_975, 44_100]); // as mpg123 and ffmpeg
  });

  it('skips zeros, junk and tags before the first frame', async () => {
    expect(await shapeOf(situation('leading-zeros.mp3'))).toEqual([1, 44_100, 44_100]); // as mpg123
    const bytes = encoded('signal.mp3');
    const junk = Uint8Array.from({ length: 3000 }, (_, i) => (i * 31) & 0xff); // with 0xff in it
    for (const before of [new Uint8Array(5000), junk, id3Tag(300), concat(id3Tag(300), new Uint8Array(99))]) {
      expect(await decodeAudio(concat(before, bytes))).toEqual(await decodeAudio(bytes));
    }
  });

  it('skips what follows the last frame', async () => {
    const bytes = encoded('signal.mp3');
    const junk = Uint8Array.from({ length: 3000 }, (_, i) => (i * 31) & 0xff);
    const tag = concat([0x54, 0x41, 0x47], new Uint8Array(125));
    for (const behind of [new Uint8Array(5000), junk, tag]) {
      expect(await decodeAudio(concat(bytes, behind))).toEqual(await decodeAudio(bytes));
    }
  });

  it('refuses a sample rate that changes within the file, and says where', async () => {
    const [low, high] = [encoded('mono-22050.mp3'), encoded('signal.mp3')];
    const count = [...walkFrames(low, 0)].length;
    for (const damaged of ['error', 'accept'] as const) {
      await expect(decodeAudio(concat(low, high), { name: 'a.mp3', damaged })).rejects.toThrow(
        `decodeAudio: a.mp3 must keep its sample rate throughout, got 44100 Hz from frame ${count} on, 22050 Hz before`,
      );
    }
  });

  it('still notices a truncated file', async () => {
    const bytes = situation('lame-padding-0.mp3');
    await expect(decodeAudio(bytes.subarray(0, bytes.length - 600), { name: 'a.mp3' })).rejects.toThrow(
      /of 44975 samples \(truncated\?\)/,
    );
  });
});

describe('readMpegHeader', () => {
  it.each([
    // ISO/IEC 11172-3 and 13818-3: 144 · bit rate / rate bytes for layer II and III, 12 · … in slots of 4 for layer I, 72 for the LSF layer III.
    [
      'layer III, 128 kbit/s at 44.1 kHz',
      [0xff, 0xfb, 0x90, 0x00],
      { layer: 3, frameBytes: 417, samplesPerFrame: 1152, mono: false },
    ],
    ['the same, padded', [0xff, 0xfb, 0x92, 0xc0], { layer: 3, frameBytes: 418, mono: true }],
    ['layer II, 192 kbit/s at 48 kHz', [0xff, 0xfd, 0xa4, 0x00], { layer: 2, frameBytes: 576, sampleRateHz: 48000 }],
    ['layer I, 384 kbit/s at 32 kHz', [0xff, 0xff, 0xc8, 0x00], { layer: 1, frameBytes: 576, samplesPerFrame: 384 }],
    [
      'MPEG 2 layer III, 64 kbit/s at 22.05 kHz',
      [0xff, 0xf3, 0x80, 0x00],
      { frameBytes: 208, sampleRateHz: 22050, samplesPerFrame: 576 },
    ],
    ['MPEG 2.5 layer III, 8 kbit/s at 8 kHz', [0xff, 0xe3, 0x18, 0x00], { frameBytes: 72, sampleRateHz: 8000 }],
    ['the free format', [0xff, 0xfb, 0x00, 0x00], { frameBytes: undefined }],
  ])('tells %s', (_, bytes, expected) => {
    expect(readMpegHeader(Uint8Array.from(bytes), 0)).toMatchObject(expected);
  });

  it.each([[[0xff, 0xf1, 0x90, 0]], [[0xff, 0xeb, 0x90, 0]], [[0xff, 0xfb, 0xf0, 0]], [[0xff, 0xfb, 0x9c, 0]], [[0xff, 0xfb]]])(
    'refuses %j',
    (bytes) => {
      expect(readMpegHeader(Uint8Array.from(bytes), 0)).toBeUndefined();
    },
  );
});
