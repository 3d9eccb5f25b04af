import { describe, expect, it } from 'vitest';
import { ascii, uint } from '../../../test/fixtures/wav-bytes';
import { amplitudeOf, concat, situation } from '../../../test/fixtures/situations';
import { decodeAudio } from '../decode-audio';

interface Aiff {
  channelCount?: number;
  bitDepth?: number;
  frameCount?: number;
  /** AIFF-C's coding; AIFF if absent. */
  code?: string;
  /** 80 bits. */
  rate?: number[];
  body?: number[];
  soundBytes?: number;
}

const RATE_8000 = [0x40, 0x0b, 0xfa, 0, 0, 0, 0, 0, 0, 0];

function aiff({
  channelCount = 1,
  bitDepth = 16,
  frameCount = 2,
  code,
  rate = RATE_8000,
  body = [0x40, 0, 0x80, 0],
  ...rest
}: Aiff = {}) {
  const common = [...uint(channelCount, 2, true), ...uint(frameCount, 4, true), ...uint(bitDepth, 2, true), ...rate, ...(code ? [...ascii(code), 0, 0] : [])]; // prettier-ignore
  const { soundBytes = body.length + 8 } = rest;
  return concat(
    ascii('FORM'), uint(0, 4, true), ascii(code ? 'AIFC' : 'AIFF'),
    ascii('COMM'), uint(common.length, 4, true), common,
    ascii('ANNO'), uint(3, 4, true), [1, 2, 3, 0], // odd, padded
    ascii('SSND'), uint(soundBytes, 4, true), uint(0, 8), body,
  ); // prettier-ignore
}

const values = async (file: Uint8Array) => (await decodeAudio(file)).samples.map((channel) => [...channel]);

describe('decodeAiff', () => {
  it.each([
    ['pcm_s16be.aiff', 2e-5],
    ['pcm_s24be.aiff', 1e-6],
    ['pcm_s16le.aifc', 2e-5],
    ['pcm_f32be.aifc', 1e-6],
    ['pcm_f64be.aifc', 1e-6],
    ['pcm_alaw.aifc', 2e-3],
    ['pcm_mulaw.aifc', 2e-3],
  ])('%s: 0.02 s of two sines', async (file, tolerance) => {
    const { samples, sampleRateHz } = await decodeAudio(situation(file));
    expect([samples.length, samples[0]!.length, sampleRateHz]).toEqual([2, 960, 48_000]);
    [500, 1000].forEach((hz, c) => {
      expect(Math.abs(amplitudeOf(samples[c]!, hz, 48_000) - 0.1)).toBeLessThan(tolerance);
      expect(Math.abs(samples[c]![7]! - 0.1 * Math.sin((2 * Math.PI * hz * 7) / 48_000))).toBeLessThan(3 * tolerance);
    });
  });

  it('reads big-endian samples, odd chunks and 80-bit rates', async () => {
    expect(await values(aiff())).toEqual([[0.5, -1]]);
    expect((await decodeAudio(aiff())).sampleRateHz).toBe(8000);
    expect((await decodeAudio(aiff({ rate: [0x40, 0x0e, 0xac, 0x44, 0, 0, 0, 0, 0, 0] }))).sampleRateHz).toBe(44_100);
  });

  it.each([
    ['signed bytes', { bitDepth: 8, body: [0x40, 0x80] }, [0.5, -1]],
    ['12 bits, in the upper bits of two bytes', { bitDepth: 12 }, [0.5, -1]],
    ['unsigned bytes', { bitDepth: 8, code: 'raw ', body: [0xc0, 0] }, [0.5, -1]],
    ['little-endian', { code: 'sowt', body: [0, 0x40, 0, 0x80] }, [0.5, -1]],
    ['32 bits', { code: 'in32', body: [0x40, 0, 0, 0, 0x80, 0, 0, 0] }, [0.5, -1]],
    ['floats', { bitDepth: 32, code: 'fl32', body: [0x3f, 0, 0, 0, 0xbf, 0x80, 0, 0] }, [0.5, -1]],
    ['a size that its writer did not know', { soundBytes: 0, frameCount: 0 }, [0.5, -1]],
  ])('%s', async (_, file, expected) => {
    expect(await values(aiff(file))).toEqual([expected]);
  });

  it('refuses a truncated file, and returns what is there when told to', async () => {
    await expect(decodeAudio(aiff().subarray(0, -2), { name: 'a.aiff' })).rejects.toThrow(
      'decodeAudio: a.aiff must be a whole AIFF file, got 1 of 2 samples (truncated?)',
    );
    expect((await decodeAudio(aiff().subarray(0, -2), { damaged: 'accept' })).samples[0]!.length).toBe(1);
    await expect(decodeAudio(aiff().subarray(0, 30))).rejects.toThrow('AIFF decoders can read');
  });

  it.each([
    [{ code: 'ima4' }, 'must hold integer or float PCM, got AIFF-C coding "ima4"'],
    [{ channelCount: 0 }, 'must have at least one channel, got 0'],
    [{ rate: new Array<number>(10).fill(0) }, 'must have a positive sample rate, got 0 Hz'],
    [{ bitDepth: 0 }, 'must hold samples of 1 to 64 bits, got 0'],
    [
      { bitDepth: 32, code: 'fl32', body: [0x7f, 0xc0, 0, 0, 0, 0, 0, 0] },
      'must hold finite samples, got NaN at sample 0 of channel 0',
    ],
  ])('refuses %o', async (file, message) => {
    await expect(decodeAudio(aiff(file), { name: 'a.aiff' })).rejects.toThrow(`decodeAudio: a.aiff ${message}`);
  });
});
