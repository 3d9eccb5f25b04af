import { describe, expect, it } from 'vitest';
import { situation } from '../../test/fixtures/situations';
import { decodeAudio } from '../decode/decode-audio';
import { integratedLoudness } from './integrated-loudness';
import { createLoudnessMeter } from './loudness-meter';

/** Sines of 1 kHz, one after the other: [dB of full scale, seconds]. */
function tones(sampleRateHz: number, parts: [number, number][], hz = 1000): Float32Array {
  const samples: number[] = [];
  for (const [db, seconds] of parts) {
    for (let n = 0; n < seconds * sampleRateHz; n++)
      samples.push(10 ** (db / 20) * Math.sin((2 * Math.PI * hz * samples.length) / sampleRateHz));
  }
  return Float32Array.from(samples);
}

describe('integratedLoudness', () => {
  it.each([44100, 48000, 96000, 16000])(
    'is -3.01 LUFS for a full-scale sine of 997 Hz in one channel, at %i Hz',
    (sampleRateHz) => {
      expect(integratedLoudness([tones(sampleRateHz, [[0, 3]], 997)], { sampleRateHz })).toBeCloseTo(-3.01, 1);
    },
  );

  // EBU Tech 3341, minimum requirements, cases 1 to 5: stereo sines, ±0.1 LU.
  it.each([
    ['1', -23, [[-23, 20]]],
    ['2', -33, [[-33, 20]]],
    ['3', -23, [[-36, 10], [-23, 60], [-36, 10]]], // prettier-ignore
    ['4', -23, [[-72, 10], [-36, 10], [-23, 60], [-36, 10], [-72, 10]]], // prettier-ignore
    ['5', -23, [[-26, 20], [-20, 20.1], [-26, 20]]], // prettier-ignore
  ] as [string, number, [number, number][]][])('meets EBU Tech 3341 case %s: %f LUFS', (_, expected, parts) => {
    const channel = tones(48000, parts);
    expect(Math.abs(integratedLoudness([channel, channel], { sampleRateHz: 48000 }) - expected)).toBeLessThan(0.1);
  });

  it('weights the surround channels of 5.1 by 1.41 and ignores the LFE', () => {
    const silence = new Float32Array(48000);
    const tone = tones(48000, [[-20, 1]]);
    const at = (channel: number) =>
      integratedLoudness(
        Array.from({ length: 6 }, (_, i) => (i === channel ? tone : silence)),
        { sampleRateHz: 48000 },
      );
    expect(at(4) - at(0)).toBeCloseTo(10 * Math.log10(1.41), 6);
    expect(at(3)).toBe(-Infinity);
  });

  // BS.1770-4, annex 1 table 3 and annex 3 table 4: channels at the sides have weight 1.41, those in front or behind 1, the LFE 0.
  it.each([
    [1, [1]],
    [2, [1, 1]],
    [3, [1, 1, 1]],
    [4, [1, 1, 1.41, 1.41]],
    [5, [1, 1, 1, 1.41, 1.41]],
    [6, [1, 1, 1, 0, 1.41, 1.41]],
    [7, [1, 1, 1, 0, 1, 1.41, 1.41]],
    [8, [1, 1, 1, 0, 1, 1, 1.41, 1.41]],
    [9, new Array<number>(9).fill(1)],
  ])('weights each of %i channels in the order of WAV', (count, weights) => {
    const silence = new Float32Array(24000);
    const tone = tones(48000, [[-20, 0.5]]);
    const alone = integratedLoudness(tone, { sampleRateHz: 48000 });
    weights.forEach((weight, c) => {
      const channels = Array.from({ length: count }, (_, i) => (i === c ? tone : silence));
      const gain = integratedLoudness(channels, { sampleRateHz: 48000 }) - alone;
      if (weight === 0) expect(gain).toBe(-Infinity);
      else expect(gain).toBeCloseTo(10 * Math.log10(weight), 6);
    });
  });

  it('of a 5.1 Vorbis is -2.9 LUFS, as ffmpeg measures', async () => {
    const { samples, sampleRateHz } = await decodeAudio(situation('surround-5.1.ogg'));
    expect(Math.abs(integratedLoudness(samples, { sampleRateHz }) + 2.9)).toBeLessThan(0.05);
  });

  it('accepts one channel as it is, and an AudioBuffer with its rate', () => {
    const tone = tones(44100, [[-20, 1]]);
    const expected = integratedLoudness([tone], { sampleRateHz: 44100 });
    expect(integratedLoudness(tone, { sampleRateHz: 44100 })).toBe(expected);
    const buffer = { numberOfChannels: 1, sampleRate: 44100, getChannelData: () => tone };
    expect(integratedLoudness(buffer)).toBe(expected);
    expect(integratedLoudness(buffer, { sampleRateHz: 44100 })).toBe(expected);
  });

  it.each([
    [[], { sampleRateHz: 8000 }, 'integratedLoudness: channels must hold at least one, got 0'],
    [
      'a.wav',
      { sampleRateHz: 8000 },
      'integratedLoudness: channels must be a Float32Array, an array of them or an AudioBuffer, got a.wav',
    ],
    [[0.1, 0.2], { sampleRateHz: 8000 }, 'integratedLoudness: channels must hold a Float32Array for each channel, got 0.1'],
    [[new Int16Array(9)], { sampleRateHz: 8000 }, 'must hold a Float32Array for each channel, got Int16Array'],
    [[new Float32Array(9)], {}, 'integratedLoudness: sampleRateHz must be at least 100, got NaN'],
    [
      [new Float32Array(9)],
      { sampleRateHz: 8000, channelWeights: [1, 1] },
      'integratedLoudness: channelWeights must hold 1 numbers, got 2',
    ],
    [[new Float32Array(9)], { sampleRateHz: 8000, channelWeights: [-1] }, 'channelWeights must be finite and at least 0, got -1'],
    [
      [Float32Array.of(Number.NaN)],
      { sampleRateHz: 8000 },
      'integratedLoudness: samples must be finite numbers, got NaN at sample 0',
    ],
  ])('refuses anything that is not sound: case %#', (channels, options, message) => {
    expect(() => integratedLoudness(channels as unknown as Float32Array, options as { sampleRateHz: number })).toThrow(message);
  });

  it('is -Infinity for silence and for less than 0.4 s', () => {
    expect(integratedLoudness([new Float32Array(48000)], { sampleRateHz: 48000 })).toBe(-Infinity);
    expect(integratedLoudness([tones(48000, [[0, 0.39]])], { sampleRateHz: 48000 })).toBe(-Infinity);
  });

  it('is the same piece by piece', () => {
    const samples = tones(44100, [[-30, 1], [-12, 1.3]]); // prettier-ignore
    const meter = createLoudnessMeter({ sampleRateHz: 44100 });
    for (let at = 0; at < samples.length; at += 777) meter.push([samples.subarray(at, at + 777)]);
    expect(meter.integratedLufs()).toBe(integratedLoudness([samples], { sampleRateHz: 44100 }));
  });

  it('refuses channels of different lengths', () => {
    expect(() => integratedLoudness([new Float32Array(2), new Float32Array(3)], { sampleRateHz: 8000 })).toThrow(
      'integratedLoudness: every channel must hold 2 samples, got 3',
    );
  });
});
