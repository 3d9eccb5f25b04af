import { describe, expect, it } from 'vitest';
import { signalOf, worstDifference } from '../../test/fixtures/features';
import { logMelSpectrum } from '../mel/log-mel-spectrum';
import { melSpectrum } from '../mel/mel-spectrum';
import { mfcc } from '../mel/mfcc';
import { chroma } from './chroma';
import { createFeatureStream, type FeatureFrames, type FeatureStreamOptions } from './create-feature-stream';
import type { FrameFeatureName } from './frame-features';
import { rms } from './rms';
import { spectralBandwidth } from './spectral-bandwidth';
import { spectralCentroid } from './spectral-centroid';
import { spectralContrast } from './spectral-contrast';
import { spectralCrest } from './spectral-crest';
import { spectralFlatness } from './spectral-flatness';
import { spectralFlux } from './spectral-flux';
import { spectralKurtosis } from './spectral-kurtosis';
import { spectralRolloff } from './spectral-rolloff';
import { spectralSkewness } from './spectral-skewness';
import { spectralSlope } from './spectral-slope';
import { zeroCrossingRate } from './zero-crossing-rate';

const { samples, sampleRateHz } = signalOf('plucked-melody');
const framing = { sampleRateHz, fftSize: 1000, hopSize: 300, padMode: 'reflect' as const };
const time = { frameSize: 1000, hopSize: 300, padMode: 'reflect' as const };
const options: FeatureStreamOptions = {
  ...framing,
  features: {
    rms: {},
    zeroCrossingRate: {},
    spectralCentroid: {},
    spectralBandwidth: { exponent: 3 },
    spectralRolloff: { share: 0.5 },
    spectralFlatness: {},
    spectralFlux: {},
    spectralCrest: {},
    spectralSkewness: {},
    spectralKurtosis: {},
    spectralSlope: {},
    spectralContrast: { octaveCount: 5 },
    chroma: { norm: 'sum' },
    melSpectrum: { melCount: 30 },
    logMelSpectrum: { melCount: 30, scale: 'htk' },
    mfcc: { coefficientCount: 13, melCount: 30 },
  },
};

/** The same of the whole waveform. */
const whole: Record<FrameFeatureName, Float32Array> = {
  rms: rms(samples, time),
  zeroCrossingRate: zeroCrossingRate(samples, time),
  spectralCentroid: spectralCentroid(samples, framing),
  spectralBandwidth: spectralBandwidth(samples, { ...framing, exponent: 3 }),
  spectralRolloff: spectralRolloff(samples, { ...framing, share: 0.5 }),
  spectralFlatness: spectralFlatness(samples, framing),
  spectralFlux: spectralFlux(samples, framing),
  spectralCrest: spectralCrest(samples, framing),
  spectralSkewness: spectralSkewness(samples, framing),
  spectralKurtosis: spectralKurtosis(samples, framing),
  spectralSlope: spectralSlope(samples, framing),
  spectralContrast: spectralContrast(samples, { ...framing, octaveCount: 5, topDb: Infinity }).data,
  chroma: chroma(samples, { ...framing, norm: 'sum', tuning: 0 }).data,
  melSpectrum: melSpectrum(samples, { ...framing, melCount: 30 }).data,
  logMelSpectrum: logMelSpectrum(samples, { ...framing, melCount: 30, scale: 'htk' }).data,
  mfcc: mfcc(samples, { ...framing, coefficientCount: 13, melCount: 30, topDb: Infinity }).data,
};

/** Puts pieces [size, T₁], [size, T₂] … side by side. */
function sideBySide(pieces: FeatureFrames[], name: FrameFeatureName): Float32Array {
  const total = pieces.reduce((sum, { frameCount }) => sum + frameCount, 0);
  const size = whole[name].length / total;
  const rows = Array.from({ length: size }, (_, row) =>
    pieces.flatMap(({ frameCount, features }) => [...features[name]!.subarray(row * frameCount, (row + 1) * frameCount)]),
  );
  return Float32Array.from(rows.flat());
}

describe('createFeatureStream', () => {
  describe.each([128, 999, 50_000])('in pieces of %i samples', (size) => {
    const stream = createFeatureStream(options);
    const pieces: FeatureFrames[] = [];
    for (let at = 0; at < samples.length; at += size) pieces.push(stream.push(samples.subarray(at, at + size)));
    pieces.push(stream.flush());

    it.each(Object.keys(whole) as FrameFeatureName[])('returns the frames of the whole waveform: %s', (name) => {
      expect(worstDifference(sideBySide(pieces, name), whole[name])).toBeLessThan(1e-6);
    });
  });

  it.each([
    [{ features: {} }, 'createFeatureStream: features must name at least one, such as { rms: {} }, got none'],
    [{ features: { centroid: {} } }, 'createFeatureStream, features: options must be among rms, zeroCrossingRate'],
    [{ features: ['rms'] }, 'createFeatureStream, features: options must be an object'],
    [{ features: { rms: true } }, 'createFeatureStream, rms: options must be an object'],
    [{ features: { mfcc: { nMfcc: 13 } } }, 'createFeatureStream, mfcc: options must be among'],
    [
      { features: { mfcc: { coefficientCount: 200 } } },
      'createFeatureStream, mfcc: coefficientCount must be an integer in 1..128',
    ],
    [{ features: { rms: {} }, sampleRate: 8000 }, '(did you mean sampleRateHz?)'],
    [{ features: { rms: {} }, sampleRateHz: 0 }, 'createFeatureStream: sampleRateHz must be positive, got 0'],
  ])('refuses %j', (wrong, message) => {
    expect(() => createFeatureStream({ sampleRateHz: 8000, ...wrong } as object as FeatureStreamOptions)).toThrow(message);
  });
});
