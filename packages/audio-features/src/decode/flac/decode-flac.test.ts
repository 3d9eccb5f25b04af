import { describe, expect, it } from 'vitest';
import { flacFrame, flacHeader, type FlacFormat } from '../../../test/fixtures/flac-bytes';
import { concat, encoded, id3Tag } from '../../../test/fixtures/situations';
import { decodeAudio } from '../decode-audio';
import { createMd5 } from '../md5';
import { decodeFlac } from './decode-flac';
import { readFrameHeader } from './frame-header';
import { readStreamInfo } from './stream-info';

const limits = { maxSamples: 1e6 };
const frames = (...numbers: number[]) => numbers.map((number) => flacFrame({ number, value: number }));

/** MD5 of mono 16-bit frames of `values`. */
function md5Of(...values: number[]): Uint8Array {
  const hash = createMd5();
  for (const value of values) hash.update(new Uint8Array(Int16Array.from({ length: 256 }, () => value).buffer));
  return hash.digest();
}

/** The frames of a file. */
function framesOf(file: Uint8Array): Uint8Array[] {
  const starts: number[] = [];
  for (let at = readStreamInfo(file).framesAt; at < file.length; at++) if (readFrameHeader(file, at)) starts.push(at);
  return starts.map((start, i) => file.subarray(start, starts[i + 1]));
}

describe('decodeFlac: the MD5 of the file', () => {
  const md5 = md5Of(1, 2, 3);

  it('may agree, be wrong, or be missing', () => {
    const decode = (digest?: Uint8Array) => decodeFlac(concat(flacHeader({ md5: digest }), ...frames(1, 2, 3)), limits);
    expect(decode(md5).damage).toBeUndefined();
    expect(decode().damage).toBeUndefined();
    expect(decode(md5Of(1, 2, 4)).damage).toBe('samples that do not match the MD5 of the file');
    expect([...decode(md5).samples[0]!.subarray(255, 257)]).toEqual([1 / 32768, 2 / 32768]);
  });

  it('takes precedence over frame numbers and the sample count', () => {
    const renumbered = [
      flacFrame({ number: 0, value: 1 }),
      flacFrame({ number: 7, value: 2 }),
      flacFrame({ number: 3, value: 3 }),
    ];
    expect(decodeFlac(concat(flacHeader({ md5, sampleCount: 300 }), ...renumbered), limits).damage).toBeUndefined();
  });

  it('is compared in a real file, with sound after the count of samples', async () => {
    const file = encoded('signal.flac');
    const spoilt = file.slice();
    spoilt[30]! ^= 1;
    await expect(decodeAudio(spoilt, { name: 'a.flac' })).rejects.toThrow(
      'decodeAudio: a.flac must be a whole FLAC file, got samples that do not match the MD5 of the file',
    );
    expect((await decodeAudio(spoilt, { damaged: 'accept' })).samples).toEqual((await decodeAudio(file)).samples);
    expect(await decodeAudio(concat(file, new Uint8Array(128), [0xff, 0xf8]))).toEqual(await decodeAudio(file));
  });
});

describe('decodeFlac: frames that are missing, swapped or cut off', () => {
  it.each([
    ['missing', frames(0, 1, 3), 'frame 2 with number 3 instead of 2 (frames are missing or out of order)'],
    ['swapped', frames(0, 2, 1), 'frame 1 with number 2 instead of 1 (frames are missing or out of order)'],
    ['twice', frames(0, 1, 1), 'frame 2 with number 1 instead of 2 (frames are missing or out of order)'],
    ['of a broadcast, in their places', frames(40, 41, 42), undefined],
  ])('%s, without a sample count or an MD5', (_, parts, damage) => {
    const file = decodeFlac(concat(flacHeader({}), ...parts), limits);
    expect(file.damage).toBe(damage);
    expect(file.samples[0]!.length).toBe(768);
  });

  it('are noticed by their sample numbers if these are stored', () => {
    const variable = [0, 256, 768].map((number) => flacFrame({ number, countsSamples: true }));
    expect(decodeFlac(concat(flacHeader({}), ...variable.slice(0, 2)), limits).damage).toBeUndefined();
    expect(decodeFlac(concat(flacHeader({}), ...variable), limits).damage).toBe(
      'frame 2 with sample 768 instead of 512 (frames are missing or out of order)',
    );
  });

  it('are noticed in a real file, wherever it is cut', async () => {
    const file = encoded('signal.flac');
    const parts = framesOf(file);
    const header = file.subarray(0, readStreamInfo(file).framesAt);
    expect(parts.length).toBeGreaterThan(4);
    expect(await decodeAudio(concat(header, ...parts))).toEqual(await decodeAudio(file));
    for (const without of [0, 2, parts.length - 1]) {
      const cut = concat(header, ...parts.filter((__, i) => i !== without));
      await expect(decodeAudio(cut, { name: 'a.flac' })).rejects.toThrow(/^decodeAudio: a\.flac must be a whole FLAC file, got /);
      expect((await decodeAudio(cut, { damaged: 'accept' })).samples[0]!.length).toBeGreaterThan(10_000);
    }
    const swapped = concat(header, parts[1]!, parts[0]!, ...parts.slice(2));
    await expect(decodeAudio(swapped)).rejects.toThrow('(frames are missing or out of order)');
  });
});

describe('decodeFlac: a format that changes within the file', () => {
  it.each<[string, FlacFormat, string]>([
    ['rate', { sampleRateHz: 48000 }, 'sample rate throughout, got 48000 Hz from frame 2 (sample 512) on, 8000 Hz before'],
    ['channels', { channelCount: 6 }, 'channel count throughout, got 6 channels from frame 2 (sample 512) on, 1 before'],
    ['depth', { bitDepth: 24 }, 'bit depth throughout, got 24 bits from frame 2 (sample 512) on, 16 before'],
  ])('is an error that says what changes where, even if damage is accepted: %s', async (_, format, message) => {
    const file = concat(flacHeader({}), ...frames(0, 1), flacFrame({ number: 2, ...format }), ...frames(3));
    for (const damaged of ['error', 'accept'] as const) {
      await expect(decodeAudio(file, { name: 'a.flac', damaged })).rejects.toThrow(
        `decodeAudio: a.flac must keep its ${message}`,
      );
    }
  });

  it('names STREAMINFO if the first frame already differs', () => {
    expect(() => decodeFlac(concat(flacHeader({ bitDepth: 24 }), ...frames(0)), limits)).toThrow(
      'must keep its bit depth throughout, got 16 bits from frame 0 (sample 0) on, 24 in STREAMINFO',
    );
  });

  it('is damage if the frame is broken', () => {
    const broken = flacFrame({ number: 2, sampleRateHz: 48000 });
    broken[broken.length - 1]! ^= 1;
    const file = decodeFlac(concat(flacHeader({}), ...frames(0, 1), broken), limits);
    expect(file.damage).toBe('frame 2: its checksum is wrong (truncated?)');
    expect(file.samples[0]!.length).toBe(512);
  });
});

describe('decodeFlac: beginnings', () => {
  it('takes the format from the frames of a broadcast', async () => {
    const { samples, sampleRateHz } = await decodeAudio(concat(...frames(100, 101)));
    expect([samples.length, samples[0]!.length, sampleRateHz]).toEqual([1, 512, 8000]);
    expect(samples[0]![0]).toBe(100 / 32768);
  });

  it('does without a STREAMINFO block if the frames say enough', () => {
    const padding = [0x66, 0x4c, 0x61, 0x43, 0x81, 0, 0, 2, 0, 0];
    expect(decodeFlac(concat(padding, ...frames(0)), limits).samples[0]!.length).toBe(256);
    expect(() => decodeFlac(concat(padding, [1, 2, 3]), limits)).toThrow('there is no STREAMINFO with a sample rate');
  });

  it('skips ID3 tags', async () => {
    const file = encoded('signal.flac');
    expect(await decodeAudio(concat(id3Tag(200), id3Tag(3), file))).toEqual(await decodeAudio(file));
  });
});
