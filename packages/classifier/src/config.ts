import type { Initialisation, Modality } from '@cmcgan/model';

/** The input of a classifier: an image, a sound, or both. */
export type ClassifierModality = Modality | 'VA';

/**
 * How a V-A classifier joins its modalities. 'early', the paper's "concatenated directly": the spectrum, each frame four pixels wide, is a
 * fourth channel of the image. 'late': the features of an image network and of a sound network are concatenated.
 */
export type Fusion = 'early' | 'late';

/** A classifier's architecture as plain JSON. */
export interface ClassifierConfig {
  modality: ClassifierModality;
  /** Fusion of modality VA; null for the others. */
  fusion: Fusion | null;
  /** Names of the classes; a class id is an index into this list. */
  classNames: readonly string[];
  /** Scales every channel count except the last; 1 is the paper. */
  width: number;
  /** Channels of the last convolution, which is the length of a modality's features: 64 as in the paper, whatever the width. */
  featureSize: number;
  /** Initialisation of the convolutions: a standard deviation, or 'he'. Not specified in the paper. */
  initialisation: Initialisation;
}

/** The configuration with everything optional except the modality and the classes. */
export type ClassifierOptions = Pick<ClassifierConfig, 'modality' | 'classNames'> & {
  fusion?: Fusion | null;
  width?: number;
  featureSize?: number;
  initialisation?: Initialisation;
};

const KEYS = ['modality', 'fusion', 'classNames', 'width', 'featureSize', 'initialisation'];

/** Fills in the defaults, which are the paper's values. Throws on unknown keys and values out of range. */
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
