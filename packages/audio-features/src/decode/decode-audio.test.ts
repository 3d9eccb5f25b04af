import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeWav } from '../wav/write-wav';
import { decodeAudio } from './decode-audio';

const fixture = (file: string) => new Uint8Array(readFileSync(new URL(`../../test/fixtures/encoded/${file}`, import.meta.url)));

/** The signal of test/fixtures/encoded/encode.py: 0.5 s, [left, right]. */
function signal(rateHz: number): Float32Array[] {
  const count = rateHz / 2;
  const fade = Math.floor(rateHz / 50);
  const gain = (n: number) => Math.min(1, (n + 0.5) / fade, (count - n - 0.5) / fade);
  return [[0.4, 440] as const, [0.3, 660] as const].map(([level, hz]) =>
    Float32Array.from({ length: count }, (_, n) => gain(n) * level * Math.sin((2 * Math.PI * hz * n) / rateHz)),
  );
}

function rmsGap(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] ?? 0)) ** 2, 0) / a.length);
}

/** File, rate, largest root-mean-square error: that of 16 bits, or of lossy encoders at some 100 kbit/s. */
const FILES = [
  ['signal.flac', 44100, 2e-5],
  ['signal.vorbis.ogg', 44100, 0.01],
  ['signal.opus', 48000, 0.01],
  ['signal.mp3', 44100, 0.01],
] as const;

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {}); // decoders print what they also report
});
afterEach(() => vi.restoreAllMocks());

describe.each(FILES)('decodeAudio: %s', (file, rateHz, tolerance) => {
  it('returns the samples that were encoded: rate, length, channels, no delay', async () => {
    const { samples, sampleRateHz } = await decodeAudio(fixture(file));
    const expected = signal(rateHz);
    expect(sampleRateHz).toBe(rateHz);
    expect(samples.map((channel) => channel.length)).toEqual([rateHz / 2, rateHz / 2]);
    samples.forEach((channel, c) => expect(rmsGap(expected[c]!, channel)).toBeLessThan(tolerance));
    // A delay of a single sample would show.
    expect(rmsGap(expected[0]!, samples[0]!.subarray(1))).toBeGreaterThan(0.014);
  });

  it('refuses a truncated file, and returns its beginning when told to', async () => {
    const bytes = fixture(file);
    const cut = bytes.subarray(0, Math.floor(bytes.length * 0.7));
    await expect(decodeAudio(cut, { name: `a.${file}` })).rejects.toThrow(
      /decodeAudio: a\.signal.* must .*(truncated\?|at least one sample)/,
    );
    const accepted = decodeAudio(cut, { damaged: 'accept' });
    if (file === 'signal.vorbis.ogg') {
      await expect(accepted).rejects.toThrow('must hold at least one sample'); // all of its sound is in the truncated page
    } else {
      const { samples } = await accepted;
      const heard = signal(rateHz)[0]!.subarray(0, Math.floor(samples[0]!.length * 0.8));
      expect(samples[0]!.length).toBeLessThan(rateHz / 2);
      expect(rmsGap(heard, samples[0]!)).toBeLessThan(tolerance);
    }
  });

  it('ends in a result or an error that names the file, whatever bytes are flipped', async () => {
    let state = 12345;
    const next = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 1);
    for (let round = 0; round < 40; round++) {
      const bytes = fixture(file);
      for (let flips = 1 + (next() % 8); flips > 0; flips--) bytes[next() % bytes.length] = next() % 256;
      const result = await decodeAudio(bytes, { name: 'b.snd' }).catch((error: unknown) => error as Error);
      if (result instanceof Error) expect(result.message).toContain('b.snd must');
      else expect(result.samples[0]!.length).toBeGreaterThan(0);
    }
  });
});

/** The signals of test/fixtures/encoded/encode-flac-ends.py: 0.5 s at 8 kHz in blocks of 1152 samples. */
const tone = Float32Array.from({ length: 4000 }, (_, n) => 0.4 * Math.sin((2 * Math.PI * 440 * n) / 8000));

function noise(count: number): Float32Array {
  let state = 1;
  const next = () => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff);
  return Float32Array.from({ length: count }, (_, n) => (n === count - 1 ? -1 / 32768 : (next() >> 15) / 32768 - 1));
}

describe('decodeAudio: the last frames of a FLAC', () => {
  it.each([
    ['ends-in-silence.flac', [...tone.subarray(0, 1152), ...new Float32Array(2848)]],
    ['ends-in-ff.flac', [...tone.subarray(0, 3456), ...noise(544)]],
  ])('are not lost: %s', async (file, expected) => {
    const { samples } = await decodeAudio(fixture(file));
    expect(samples.map((channel) => channel.length)).toEqual([4000]);
    expect(rmsGap(Float32Array.from(expected), samples[0]!)).toBeLessThan(2e-5);
  });
});

describe('decodeAudio', () => {
  it('reads WAV', async () => {
    const samples = [Float32Array.of(0.5, -0.25)];
    expect(await decodeAudio(writeWav({ samples, sampleRateHz: 8000 }))).toEqual({ samples, sampleRateHz: 8000 });
  });

  it.each([
    ['mono-22050.mp3', 22050, 0.01],
    ['mono-24-bit.flac', 16000, 1e-6],
  ])('gives one channel of a mono file: %s', async (file, rateHz, tolerance) => {
    const { samples, sampleRateHz } = await decodeAudio(fixture(file));
    expect([samples.length, samples[0]!.length, sampleRateHz]).toEqual([1, rateHz / 2, rateHz]);
    expect(rmsGap(signal(rateHz)[0]!, samples[0]!)).toBeLessThan(tolerance);
  });

  it('skips an ID3 tag', async () => {
    const tag = Uint8Array.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 1, 0, ...new Array<number>(128).fill(0)]);
    const mp3 = fixture('signal.mp3');
    const tagged = new Uint8Array(tag.length + mp3.length);
    tagged.set(tag);
    tagged.set(mp3, tag.length);
    expect((await decodeAudio(tagged)).samples).toEqual((await decodeAudio(mp3)).samples);
  });

  it('lists the supported formats when given anything else', async () => {
    await expect(decodeAudio(Uint8Array.of(0x50, 0x4b, 3, 4), { name: 'a.zip' })).rejects.toThrow(
      'decodeAudio: a.zip must be WAV, AIFF, FLAC, Ogg Vorbis, Ogg Opus or MP3, got a ZIP archive',
    );
  });

  it('refuses an empty file', async () => {
    await expect(decodeAudio(new Uint8Array(0), { name: 'a.mp3' })).rejects.toThrow('got an empty file');
  });
});
