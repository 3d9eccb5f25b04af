import { fromBase64 } from './from-base64';

/** The contents of a model's two files, as `modelFromFiles` of @cmcgan/model and `classifierFromFiles` of @cmcgan/classifier take them. */
export interface ReleasedFiles {
  /** The object in config.json. */
  readonly config: object;
  /** The bytes of model.safetensors, in half precision. */
  readonly weights: Uint8Array;
}

/** Weights of the image classifier's (V) and the sound classifier's (A) log-probabilities. */
interface ModalityWeights {
  readonly V: number;
  readonly A: number;
}

/** How much each classifier counts: the weights that `createMultimodalClassifier` of @cmcgan/classifier takes, and where they come from. */
export interface ReleasedPool {
  readonly weights: {
    /** Both halves are real. */
    readonly real: ModalityWeights;
    /** The image was generated from the sound. */
    readonly generatedImage: ModalityWeights;
    /** The sound was generated from the image. */
    readonly generatedSound: ModalityWeights;
  };
  /** Number of pairs that the weights were fitted on, which neither the generator nor the classifiers were trained on. */
  readonly pairs: number;
  /** The expected calibration error on these pairs, before (late fusion) and after; null where nothing was generated. */
  readonly calibration: Readonly<Record<string, { readonly lateFusion: number; readonly pooled: number } | null>>;
}

/** The released classifiers. */
export interface ReleasedClassifiers {
  /** A classifier of images (modality V). */
  readonly image: ReleasedFiles;
  /** A classifier of sounds (modality A). */
  readonly sound: ReleasedFiles;
  readonly pool: ReleasedPool;
}

/** Reads the released generator: a CMCGAN with its discriminator. The bytes are a new copy at each call. */
export async function readGenerator(): Promise<ReleasedFiles> {
  return decoded(await import('./generated/generator'));
}

/** Reads the released classifiers, whose sounds have the generator's dB range. The bytes are a new copy at each call. */
export async function readClassifiers(): Promise<ReleasedClassifiers> {
  const [image, sound, { pool }] = await Promise.all([
    import('./generated/image-classifier'),
    import('./generated/sound-classifier'),
    import('./generated/pool'),
  ]);
  return { image: decoded(image), sound: decoded(sound), pool };
}

const decoded = ({ config, weights }: { config: object; weights: string }): ReleasedFiles => ({
  config,
  weights: fromBase64(weights),
});
