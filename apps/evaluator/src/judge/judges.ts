import type { Judge } from '@cmcgan/classifier';

/** A trained classifier with where it comes from. */
export type TrainedClassifier = Judge['V'];

/**
 * The frozen classifiers that score: V and A are the judge of generated images and sounds (Table 1) and the unimodal classifiers of Table
 * 2; VA is its multimodal one. All trained on real pairs of a training split only.
 */
export interface Judges {
  readonly V: TrainedClassifier;
  readonly A: TrainedClassifier;
  readonly VA: TrainedClassifier;
  /** A class id is an index into it. */
  readonly classNames: readonly string[];
  readonly folder: string;
  /** Whether the folder was named, its classifiers were there from an earlier evaluation, or they were trained now. */
  readonly origin: 'given' | 'cached' | 'trained';
  dispose(): void;
}

/** Folder of the multimodal classifier, beside `image` and `sound`. */
export const FUSED_FOLDER = 'both';
