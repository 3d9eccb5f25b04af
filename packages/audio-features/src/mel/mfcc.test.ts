import { describe, expect, it } from 'vitest';
import { logMelSpectrum } from './log-mel-spectrum';
import { mfcc } from './mfcc';

const options = { sampleRateHz: 16000, melCount: 40, fftSize: 512 };
const samples = Float32Array.from({ length: 8000 }, (_, n) => 0.5 * Math.sin(n * n * 1e-5));

describe('mfcc', () => {
  it('yields the mel spectrum again through the inverse transform if all coefficients are kept', () => {
    const { data: mel } = logMelSpectrum(samples, options);
    const { data, frameCount } = mfcc(samples, { ...options, coefficientCount: 40, topDb: Infinity });
    for (let frame = 0; frame < frameCount; frame += 9) {
      for (let m = 0; m < 40; m++) {
        let value = data[frame]! / Math.sqrt(40);
        for (let c = 1; c < 40; c++)
          value += Math.sqrt(2 / 40) * data[c * frameCount + frame]! * Math.cos((Math.PI * c * (2 * m + 1)) / 80);
        expect(value).toBeCloseTo(mel[m * frameCount + frame]!, 3);
      }
    }
  });

  it('has only its first coefficient for a level spectrum: √melCount times the level', () => {
    const { data, frameCount } = mfcc(new Float32Array(4000), options); // silence: -100 dB in every mel
    for (let frame = 0; frame < frameCount; frame++) expect(data[frame]).toBeCloseTo(-100 * Math.sqrt(40), 3);
    for (let i = frameCount; i < data.length; i++) expect(data[i]).toBeCloseTo(0, 3);
  });

  it('keeps 20 coefficients by default', () => {
    expect(mfcc(samples, options)).toMatchObject({ coefficientCount: 20, frameCount: 63, data: { length: 20 * 63 } });
  });

  it('refuses more coefficients than mels', () => {
    expect(() => mfcc(samples, { ...options, coefficientCount: 41 })).toThrow(
      'mfcc: coefficientCount must be an integer in 1..40, got 41',
    );
  });

  it.each([
    [{ nMfcc: 13 }, '(did you mean coefficientCount?)'],
    [{ dctType: 4 }, 'dctType must be 1, 2 or 3, got 4'],
    [{ norm: 'slaney' }, 'norm must be ortho or none, got slaney'],
    [{ lifter: -1 }, 'lifter must be a number of at least 0, got -1'],
    [{ topDb: Number.NaN }, 'topDb must be at least 0, got NaN'],
  ])('refuses %o', (wrong, message) => {
    expect(() => mfcc(samples, { ...options, ...wrong } as object as Parameters<typeof mfcc>[1])).toThrow(message);
  });

  it('refuses a sample rate under another name', () => {
    expect(() => mfcc(samples, { sampleRate: 16000 } as never)).toThrow('got sampleRate (did you mean sampleRateHz?)');
  });
});
