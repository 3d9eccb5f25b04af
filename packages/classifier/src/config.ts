import type { Initialisation, Modality } from '@cmcgan/model';

/** What a classifier sees: an image, a sound, or both. */
export type ClassifierModality = Modality | 'VA';

/**
 * How a V-A classifier joins its modalities. 'early', the paper's "concatenated directly": the spectrum, each frame four pixels wide, is a
 * fourth channel of the image. 'late': the features of an image network and of a sound network are concatenated.
 */
export type Fusion = 'early' | 'late';

/** A classifier's architecture as plain JSON. */
export interface ClassifierConfig {
  modality: ClassifierModality;
  /** Of modality VA; null for the others. */
  fusion: Fusion | null;
  /** A class id is an index into it. */
  classNames: readonly string[];
  /** Scales every channel count but the last; 1 is the paper. */
  width: number;
  /** Channels of the last convolution: the length of a modality's feature, 64 as in the paper whatever the width. */
  featureSize: number;
  /** Of the convolutions: a standard deviation, or 'he'. The paper is silent. */
  initialisation: Initialisation;
}

/** What a caller may leave out. */
export type ClassifierOptions = Pick<ClassifierConfig, 'modality' | 'classNames'> & {
  fusion?: Fusion | null;
  width?: number;
  featureSize?: number;
  initialisation?: Initialisation;
};

const KEYS = ['modality', 'fusion', 'classNames', 'width', 'featureSize', 'initialisation'];

/** The whole configuration, with the paper's values where `options` says nothing. Throws on unknown keys and values out of range. */
export function resolveClassifierConfig(options: ClassifierOptions): ClassifierConfig {
  const unknown = Object.keys(options).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) fail('options', `be among ${KEYS.join(', ')}`, unknown);
  const { modality, classNames, width = 1, featureSize = 64, initialisation = 'he' } = options;
  const fusion = options.fusion ?? (modality === 'VA' ? 'early' : null);
  if (!['V', 'A', 'VA'].includes(modality)) fail('modality', 'be V, A or VA', modality);
  if (modality === 'VA' ? !['early', 'late'].includes(fusion as string) : fusion !== null) {
    fail('fusion', modality === 'VA' ? 'be early or late' : `be left out for modality ${modality}`, fusion);
  }
  if (!Array.isArray(classNames) || classNames.length < 2 || new Set(classNames).size < classNames.length) {
    fail('classNames', 'be at least two different names', classNames);
  }
  if (!(width > 0 && Number.isFinite(width))) fail('width', 'be positive', width);
  if (!(Number.isInteger(featureSize) && featureSize > 0)) fail('featureSize', 'be a whole number of at least 1', featureSize);
  if (initialisation !== 'he' && !(typeof initialisation === 'number' && initialisation > 0)) {
    fail('initialisation', "be positive or 'he'", initialisation);
  }
  return { modality, fusion, classNames: [...classNames], width, featureSize, initialisation };
}

function fail(key: string, rule: string, value: unknown): never {
  throw new Error(`resolveClassifierConfig: ${key} must ${rule}, got ${JSON.stringify(value)}`);
}
