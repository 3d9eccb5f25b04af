import { describe, expect, it } from 'vitest';
import { assertOptions } from './assert-options';

const NAMES = {
  sampleRateHz: 'sr fs',
  fftSize: 'nfft',
  hopSize: 'hoplength stride',
  melCount: 'nmels nummels',
  coefficientCount: 'nmfcc',
  lowestHz: 'fmin',
};

describe('assertOptions', () => {
  it('accepts options that exist, or none', () => {
    expect(() => assertOptions({ sampleRateHz: 16000, fftSize: undefined }, NAMES, 'mfcc')).not.toThrow();
    expect(() => assertOptions({}, NAMES, 'mfcc')).not.toThrow();
  });

  it.each([
    ['sampleRate', 'sampleRateHz'],
    ['sample_rate', 'sampleRateHz'],
    ['sr', 'sampleRateHz'],
    ['samplerateHz', 'sampleRateHz'],
    ['nMfcc', 'coefficientCount'],
    ['n_mfcc', 'coefficientCount'],
    ['n_fft', 'fftSize'],
    ['hopLength', 'hopSize'],
    ['numMels', 'melCount'],
    ['melcont', 'melCount'],
    ['fmin', 'lowestHz'],
  ])('suggests the option that %s was meant to be', (typed, meant) => {
    expect(() => assertOptions({ [typed]: 1 }, NAMES, 'mfcc')).toThrow(
      `mfcc: options must be among sampleRateHz, fftSize, hopSize, melCount, coefficientCount, lowestHz, got ${typed} (did you mean ${meant}?)`,
    );
  });

  it('suggests nothing that is far off', () => {
    expect(() => assertOptions({ colour: 1 }, NAMES, 'mfcc')).toThrow(/, got colour$/);
    expect(() => assertOptions({ toString: 1 }, NAMES, 'mfcc')).toThrow(/, got toString$/);
  });

  it.each([
    [16000, '16000'],
    [undefined, 'undefined'],
    [null, 'null'],
    ['fast', 'fast'],
    [[16000], 'Array'],
    [new Float32Array(2), 'Float32Array'],
  ])('refuses %s for an object of options', (options, found) => {
    expect(() => assertOptions(options, NAMES, 'mfcc')).toThrow(
      `mfcc: options must be an object, such as { sampleRateHz: … }, got ${found}`,
    );
  });
});
