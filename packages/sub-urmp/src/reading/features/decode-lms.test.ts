import { readFile } from 'node:fs/promises';
import { LMS_FRAMES, LMS_SAMPLES, MEL_COUNT, writeWav } from '@cmcgan/audio-features';
import { describe, expect, it } from 'vitest';
import { BrokenFileError } from '../check/broken-file';
import { levelDb } from '../check/silent-sounds';
import { decodeLms } from './decode-lms';

const fixture = (name: string) => readFile(new URL(`../../../test/fixtures/sounds/${name}`, import.meta.url));
const floatWav = (samples: Float32Array) => writeWav({ samples, sampleRateHz: 44_100, bitDepth: 32, float: true });
const tone = (amplitude: number) =>
  Float32Array.from({ length: LMS_SAMPLES }, (_, i) => amplitude * Math.sin((2 * Math.PI * 440 * i) / 44_100));

/** A mono AIFF file of 16 bits at 44.1 kHz: https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/AIFF/AIFF.html. */
function aiff(samples: Float32Array): Uint8Array {
  const bytes = Buffer.alloc(54 + 2 * samples.length);
  bytes.write('FORM', 0);
  bytes.writeUInt32BE(bytes.length - 8, 4);
  bytes.write('AIFFCOMM', 8);
  bytes.writeUInt32BE(18, 16);
  bytes.writeUInt16BE(1, 20);
  bytes.writeUInt32BE(samples.length, 22);
  bytes.writeUInt16BE(16, 26);
  bytes.write('400eac44000000000000', 28, 'hex'); // 44,100 as an extended float of 80 bits
  bytes.write('SSND', 38);
  bytes.writeUInt32BE(8 + 2 * samples.length, 42);
  const wav = Buffer.from(writeWav({ samples, sampleRateHz: 44_100 }));
  for (let i = 0; i < samples.length; i++) bytes.writeInt16BE(wav.readInt16LE(44 + 2 * i), 54 + 2 * i);
  return bytes;
}

/** The mel that is loudest in the middle of a sound. */
function loudestMel(lmsDb: Float32Array): number {
  const middle = Array.from({ length: MEL_COUNT }, (_, mel) => lmsDb[mel * LMS_FRAMES + LMS_FRAMES / 2]);
  return middle.indexOf(Math.max(...middle));
}

describe('decodeLms', () => {
  const expected = decodeLms(floatWav(tone(0.3)), 'tone.wav');

  it.each(['tone.flac', 'tone.mp3', 'tone.ogg', 'tone.opus'])('%s: the tone and its level', async (name) => {
    const lmsDb = await decodeLms(await fixture(name), name);
    expect(lmsDb).toHaveLength(MEL_COUNT * LMS_FRAMES);
    expect(loudestMel(lmsDb)).toBe(loudestMel(await expected));
    expect(Math.abs(levelDb(lmsDb) - 20 * Math.log10(0.3 / Math.SQRT2))).toBeLessThan(1);
  });

  it('an AIFF file: the same as the WAV file of its samples', async () => {
    const samples = tone(0.3);
    expect(await decodeLms(aiff(samples), 'tone.aiff')).toEqual(
      await decodeLms(writeWav({ samples, sampleRateHz: 44_100 }), 'tone.wav'),
    );
  });

  it('an MP3 with zeros or an ID3 tag in front', async () => {
    const mp3 = await fixture('tone.mp3');
    const plain = await decodeLms(mp3, 'tone.mp3');
    const tag = Buffer.from([...Buffer.from('ID3'), 4, 0, 0, 0, 0, 0, 10, ...new Uint8Array(10)]);
    for (const front of [new Uint8Array(64), tag])
      expect(await decodeLms(Buffer.concat([front, mp3]), 'tone.mp3')).toEqual(plain);
  });

  it.each([
    ['tone.flac', 'truncated'],
    ['tone.ogg', 'truncated'],
    ['tone.opus', 'truncated'],
    ['tone.mp3', 'truncated|wrong length'], // its frames are whole: only a tag that may be there tells their number
  ])('%s without its second half: %s, and named', async (name, problem) => {
    const bytes = await fixture(name);
    const error: unknown = await decodeLms(bytes.subarray(0, bytes.length / 2), name).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BrokenFileError);
    expect([(error as BrokenFileError).problem, (error as Error).message]).toEqual([
      expect.stringMatching(new RegExp(`^(${problem})$`)),
      expect.stringContaining(name),
    ]);
  });

  it.each([
    [1e30, '1.00e+30'],
    [32_767, '3.28e+4'],
  ])('a sound with samples of %s is rejected and named, with the reason', async (amplitude, shown) => {
    const samples = tone(0.3);
    samples[7] = amplitude;
    await expect(decodeLms(floatWav(samples), 'loud.wav')).rejects.toThrow(
      `openDataset: loud.wav must hold samples within -1 … 1, got ${shown} at sample 7`,
    );
  });

  it.each([NaN, Infinity])('samples of %s too', async (value) => {
    const wav = floatWav(tone(0.3));
    new DataView(wav.buffer, wav.byteOffset).setFloat32(wav.length - 4, value, true);
    await expect(decodeLms(wav, 'loud.wav')).rejects.toThrow(/loud\.wav must hold finite samples, got (NaN|Infinity)/);
  });

  it.each([
    ['text.wav', /text\.wav must be a WAV file/],
    ['text.mp3', /^decodeAudio: text\.mp3 must be /],
  ])('%s that holds text: named, by what it should be', async (name, message) => {
    await expect(decodeLms(new TextEncoder().encode('no sound at all'), name)).rejects.toThrow(message);
  });

  it('a file named .wav with another format is read', async () => {
    expect(await decodeLms(await fixture('tone.flac'), 'tone.wav')).toEqual(
      await decodeLms(await fixture('tone.flac'), 'tone.flac'),
    );
  });

  it('a float file that overshoots a little is accepted', async () => {
    expect(await decodeLms(floatWav(tone(1.5)), 'hot.wav')).toHaveLength(MEL_COUNT * LMS_FRAMES);
  });
});

describe('levelDb', () => {
  it.each([1, 0.01, 1e-3])('is the RMS of a tone of amplitude %s', async (amplitude) => {
    const level = levelDb(await decodeLms(floatWav(tone(amplitude)), 'tone.wav'));
    expect(Math.abs(level - 20 * Math.log10(amplitude / Math.SQRT2))).toBeLessThan(0.3);
  });

  it('is the RMS of white noise, and far below for silence', async () => {
    let state = 1;
    const noise = Float32Array.from({ length: LMS_SAMPLES }, () => (state = (state * 16_807) % 2_147_483_647) / 2 ** 30 - 1);
    const level = levelDb(await decodeLms(floatWav(noise), 'noise.wav'));
    expect(Math.abs(level - 10 * Math.log10(1 / 3))).toBeLessThan(0.5);
    expect(levelDb(await decodeLms(floatWav(new Float32Array(LMS_SAMPLES)), 'silence.wav'))).toBeLessThan(-100);
  });
});
