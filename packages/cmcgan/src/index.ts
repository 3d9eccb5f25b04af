import { createLoad } from './load';
import { nodePlatform } from './node-platform';

export type { AbortOption } from './abort';
export type { Pair, PairInput } from './complete-pair';
export type { FileContent } from './inputs/file-content';
export type { PictureInput } from './inputs/picture-input';
export type { SoundInput, SoundSamples } from './inputs/sound-input';
export type { Load, LoadOptions } from './load';
export type { ClassifiedPair, GenerateOptions, Model, PictureToSoundOptions } from './model';
export type { GeneratedPicture } from './outputs/generated-picture';
export type { GeneratedSound } from './outputs/generated-sound';
export type { PictureAtTime } from './sound-to-pictures';
export type { ClassifierSource, PooledContents } from './sources/classifier-source';
export type { ModelContents, ModelSource } from './sources/model-source';

/**
 * Loads a model from a run folder, a model's folder, a URL or the contents of its files; by default the released weights, those of the package
 * `@cmcgan/weights`. Starts a backend of TensorFlow.js unless one is current. The caller must dispose of the model.
 *
 * @function
 * @throws an error that names the file and the reason if there is no model, or it is damaged
 */
export const load = createLoad(nodePlatform);
