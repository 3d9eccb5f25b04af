import { join } from 'node:path';
import { trainNewClassifier } from '@cmcgan/classifier';
import { saveClassifier } from '@cmcgan/classifier/node';
import type { Dataset } from '@cmcgan/sub-urmp';
import type { Progress } from '@cmcgan/command-line';
import { JUDGE_FOLDERS, JUDGE_TITLES, type JudgeName, type TrainedClassifier } from './judges';

/** How the judges are trained. */
export interface JudgeSchedule {
  readonly seed: number;
  readonly width: number;
  /** Optimiser steps of each classifier. */
  readonly steps: Readonly<Record<JudgeName, number>>;
}

/** Enough for a few hundred real pairs, in two or three minutes on two cores: pictures are easy, sounds are not. */
export const JUDGE_SCHEDULE: Omit<JudgeSchedule, 'seed'> = { width: 0.25, steps: { V: 200, A: 800, VA: 400 } };

/**
 * Trains a judge on all real pairs of the training split, for a number of steps that is fixed beforehand (nothing is chosen by looking
 * at a score), and saves it at once with its provenance, in its folder inside `folder`. The caller disposes of it.
 */
export async function trainJudge(
  modality: JudgeName,
  dataset: Dataset,
  { folder, schedule, progress }: { folder: string; schedule: JudgeSchedule; progress: Progress },
): Promise<TrainedClassifier> {
  const trained = await trainNewClassifier({
    data: dataset,
    pairs: dataset.splits.train,
    validationPairs: dataset.splits.validation,
    seed: schedule.seed,
    steps: schedule.steps[modality],
    architecture: { modality, width: schedule.width, ...(modality === 'VA' && { fusion: 'early' }) },
    onProgress: ({ step, steps }) => progress.status(`training the ${JUDGE_TITLES[modality]}`, step, steps),
  });
  await saveClassifier(trained, join(folder, JUDGE_FOLDERS[modality]));
  return trained;
}
