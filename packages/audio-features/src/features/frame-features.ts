import { assertArgument } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { filterNames, type MelOptions } from '../mel/mel-filterbank';
import { cepstrumNames } from '../mel/mfcc';
import { assertChroma, chromaFeature, type ChromaOptions } from './chroma';
import { melFeature, mfccFeature, type MfccFeatureOptions } from './mel-feature';
import { rmsOf } from './rms';
import { bandwidthOf, type SpectralBandwidthOptions } from './spectral-bandwidth';
import { centroidOf } from './spectral-centroid';
import { peaksAndValleys, type SpectralContrastOptions } from './spectral-contrast';
import { crestOf } from './spectral-crest';
import { flatnessOf, type SpectralFlatnessOptions } from './spectral-flatness';
import { fluxFeature } from './spectral-flux';
import { scalar, type Feature } from './spectral-frames';
import { kurtosisOf } from './spectral-kurtosis';
import { rolloffOf, type SpectralRolloffOptions } from './spectral-rolloff';
import { skewnessOf } from './spectral-skewness';
import { slopeOf } from './spectral-slope';
import { zeroCrossingRateOf } from './zero-crossing-rate';

/** The signal's rate and the size of its transforms, shared by all features of a stream. */
interface Shape {
  sampleRateHz: number;
  fftSize: number;
}

/** Options of each feature of a stream: those of the function of that name that concern single frames. */
export interface FrameFeatureOptions {
  rms: object;
  zeroCrossingRate: object;
  spectralCentroid: object;
  spectralBandwidth: Pick<SpectralBandwidthOptions, 'exponent'>;
  spectralRolloff: Pick<SpectralRolloffOptions, 'share'>;
  spectralFlatness: Pick<SpectralFlatnessOptions, 'minimumPower'>;
  spectralFlux: object;
  spectralCrest: object;
  spectralSkewness: object;
  spectralKurtosis: object;
  spectralSlope: object;
  spectralContrast: Pick<SpectralContrastOptions, 'octaveCount' | 'lowestHz' | 'quantile'>;
  chroma: Pick<ChromaOptions, 'chromaCount' | 'tuning' | 'norm'>;
  melSpectrum: Omit<MelOptions, keyof Shape>;
  logMelSpectrum: Omit<MelOptions, keyof Shape>;
  mfcc: Omit<MfccFeatureOptions, keyof Shape>;
}

export type FrameFeatureName = keyof FrameFeatureOptions;

/** A row of the table: the existing options, and the feature. */
interface Row<O> {
  names: OptionNames<O>;
  create(options: O, shape: Shape, where: string): Feature;
}

/** One row for each feature that a stream can have. */
const frameFeatures = (): { [K in FrameFeatureName]: Row<FrameFeatureOptions[K]> } => ({
  rms: { names: {}, create: () => scalar(({ samples }) => rmsOf(samples)) },
  zeroCrossingRate: { names: {}, create: () => scalar(({ samples }) => zeroCrossingRateOf(samples)) },
  spectralCentroid: { names: {}, create: () => scalar(centroidOf) },
  spectralBandwidth: {
    names: { exponent: 'power' },
    create({ exponent = 2 }, _, where) {
      assertArgument(exponent > 0 && exponent < Infinity, where, 'exponent must be a positive number', exponent);
      return scalar((frame) => bandwidthOf(frame, exponent));
    },
  },
  spectralRolloff: {
    names: { share: 'rollpercent' },
    create({ share = 0.85 }, _, where) {
      assertArgument(share > 0 && share < 1, where, 'share must lie between 0 and 1', share);
      return scalar((frame) => rolloffOf(frame, share));
    },
  },
  spectralFlatness: {
    names: { minimumPower: 'amin' },
    create({ minimumPower = 1e-10 }, _, where) {
      const positive = minimumPower > 0 && minimumPower < Infinity;
      assertArgument(positive, where, 'minimumPower must be a positive number', minimumPower);
      return scalar((frame) => flatnessOf(frame, minimumPower));
    },
  },
  spectralFlux: { names: {}, create: fluxFeature },
  spectralCrest: { names: {}, create: () => scalar(crestOf) },
  spectralSkewness: { names: {}, create: () => scalar(skewnessOf) },
  spectralKurtosis: { names: {}, create: () => scalar(kurtosisOf) },
  spectralSlope: { names: {}, create: () => scalar(slopeOf) },
  spectralContrast: {
    names: { octaveCount: 'nbands', lowestHz: filterNames().lowestHz, quantile: '' },
    create: (options, shape, where) => contrastFeature(peaksAndValleys({ ...options, ...shape }, where)),
  },
  chroma: {
    names: { chromaCount: 'nchroma', tuning: '', norm: '' },
    create({ chromaCount = 12, tuning = 0, norm = 'max' }, shape, where) {
      assertChroma({ chromaCount, tuning, norm }, where);
      return chromaFeature({ ...shape, chromaCount, tuning }, norm);
    },
  },
  melSpectrum: { names: filterNames(), create: (options, shape, where) => melFeature({ ...options, ...shape }, where, false) },
  logMelSpectrum: { names: filterNames(), create: (options, shape, where) => melFeature({ ...options, ...shape }, where, true) },
  mfcc: {
    names: { ...filterNames(), ...cepstrumNames() },
    create: (options, shape, where) => mfccFeature({ ...options, ...shape }, where),
  },
});

/** The requested features, by name. Errors are named after `where`. */
export function createFrameFeatures(
  asked: Partial<FrameFeatureOptions>,
  shape: Shape,
  where: string,
): [name: FrameFeatureName, feature: Feature][] {
  const names = Object.fromEntries(Object.keys(frameFeatures()).map((name) => [name, '']));
  assertOptions(asked, names, `${where}, features`);
  const features = Object.keys(asked) as FrameFeatureName[];
  assertArgument(features.length > 0, where, 'features must name at least one, such as { rms: {} }', 'none');
  return features.map((name) => [name, createFeature(name, asked[name]!, shape, `${where}, ${name}`)]);
}

function createFeature<K extends FrameFeatureName>(
  name: K,
  options: FrameFeatureOptions[K],
  shape: Shape,
  where: string,
): Feature {
  const { names, create } = frameFeatures()[name];
  assertOptions(options, names, where);
  return create(options, shape, where);
}

/** dB between the peaks and valleys of a frame, regardless of the loudest frame. */
function contrastFeature({ size, measure }: Feature): Feature {
  const both = new Float64Array(size);
  const decibelsOf = (magnitude: number) => 10 * Math.log10(Math.max(magnitude, 1e-10));
  return {
    size: size / 2,
    measure(frame, into) {
      measure(frame, both);
      for (let band = 0; band < size / 2; band++) into[band] = decibelsOf(both[band]!) - decibelsOf(both[size / 2 + band]!);
    },
  };
}
