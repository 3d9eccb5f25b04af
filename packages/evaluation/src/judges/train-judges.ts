import {
  CLASSIFIER_AUGMENTATIONS,
  trainNewClassifier,
  type ClassifierAugmentationName,
  type TrainedClassifier,
} from '@cmcgan/classifier';
import type { EvaluationData, OnProgress } from '../evaluation-data';
import { collectJudges, JUDGE_TITLES, type JudgeName, type Judges } from './judges';

/** How judges are trained. */
export interface JudgeSchedule {
  /** For the initial weights and everything random in training. */
  readonly seed: number;
  /** Factor on the channels of the networks; 1: the paper's. */
  readonly width: number;
  /** Optimiser steps of each classifier. */
  readonly steps: Readonly<Record<JudgeName, number>>;
  /** How real samples are varied in training: 'ears' hears better, and is wrong only where a class depends on the pitch. */
  readonly augmentation: ClassifierAugmentationName;
}

/** The default schedule: enough for a few hundred real pairs, in two or three minutes on two cores. Sounds need more steps than images. */
export const JUDGE_SCHEDULE: JudgeSchedule = { seed: 1, width: 0.25, steps: { V: 200, A: 800, VA: 400 }, augmentation: 'light' };

export interface TrainJudgesOptions extends Partial<JudgeSchedule> {
  readonly onProgress?: OnProgress;
}

/**
 * Trains the judges on all real pairs of the training split, each for a fixed number of steps: nothing is selected by score. The same seed
 * gives the same judges on the same backend. {@link JUDGE_SCHEDULE} has the defaults. The caller disposes of the judges.
 */
export function trainJudges(data: EvaluationData, { onProgress, ...given }: TrainJudgesOptions = {}): Promise<Judges> {
  const schedule = { ...JUDGE_SCHEDULE, ...given };
  return collectJudges((name) => trainOneJudge(name, data, { schedule, onProgress }));
}

/** Trains one of the judges. The caller disposes of it. */
export function trainOneJudge(
  modality: JudgeName,
  data: EvaluationData,
  { schedule, onProgress }: { readonly schedule: JudgeSchedule; readonly onProgress?: OnProgress },
): Promise<TrainedClassifier> {
  const { seed, width, steps, augmentation } = schedule;
  const task = `training the ${JUDGE_TITLES[modality]}`;
  return trainNewClassifier({
    data,
    pairs: data.splits.train,
    validationPairs: data.splits.validation,
    seed,
    steps: steps[modality],
    augmentation: CLASSIFIER_AUGMENTATIONS[augmentation],
    architecture: { modality, width, ...(modality === 'VA' && { fusion: 'early' }) },
    onProgress: ({ step, steps: total }) => onProgress?.({ task, done: step, total }),
  });
}
