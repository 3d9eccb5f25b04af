import { describe, expect, it } from 'vitest';
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

  it('weighs the surround channels of 5.1 by 1.41 and leaves out the LFE', () => {
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
