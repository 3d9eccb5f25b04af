import type { Judge, ClassifierModality } from '@cmcgan/classifier';

/** A trained classifier with where it comes from. */
export type TrainedClassifier = Judge['V'];

/**
 * The frozen classifiers that score: V and A are the judge of generated images and sounds (Table 1) and the unimodal classifiers of Table
 * 2; VA is its multimodal one. All trained on real pairs of a training split only.
 */
export interface Judges extends Readonly<Record<JudgeName, TrainedClassifier>> {
  /** A class id is an index into it. */
  readonly classNames: readonly string[];
  readonly folder: string;
  /** Whether the folder was named, its classifiers were there from an earlier evaluation, or any was trained now. */
  readonly origin: 'given' | 'cached' | 'trained';
  dispose(): void;
}

/** One of the judges, by what it sees. */
export type JudgeName = ClassifierModality;
export const JUDGE_NAMES = ['V', 'A', 'VA'] as const;

/** The folder of each in the folder of all. */
export const JUDGE_FOLDERS: Readonly<Record<JudgeName, string>> = { V: 'image', A: 'sound', VA: 'both' };

/** What people call them. */
export const JUDGE_TITLES: Readonly<Record<JudgeName, string>> = {
  V: 'image judge',
  A: 'sound judge',
  VA: 'image-and-sound classifier',
};
