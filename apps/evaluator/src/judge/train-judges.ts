import { join } from 'node:path';
import { trainNewClassifier } from '@cmcgan/classifier';
import { saveClassifier, saveJudge } from '@cmcgan/classifier/node';
import type { Dataset } from '@cmcgan/sub-urmp';
import type { Progress } from '@cmcgan/command-line';
import { FUSED_FOLDER, type Judges } from './judges';

/** How the judges are trained. */
export interface JudgeSchedule {
  readonly seed: number;
  readonly width: number;
  /** Optimiser steps of each classifier. */
  readonly steps: Readonly<Record<'V' | 'A' | 'VA', number>>;
}

/** Enough for a few hundred real pairs, in two or three minutes on two cores: pictures are easy, sounds are not. */
export const JUDGE_SCHEDULE: Omit<JudgeSchedule, 'seed'> = { width: 0.25, steps: { V: 200, A: 800, VA: 400 } };

const NAMES = { V: 'image judge', A: 'sound judge', VA: 'image-and-sound classifier' } as const;

/**
 * Trains the judges on all real pairs of the training split, for a number of steps that is fixed beforehand (nothing is chosen by looking
 * at a score), and saves them to a folder with their provenance. The caller disposes of them.
 */
export async function trainJudges(
  dataset: Dataset,
  { folder, schedule, progress }: { folder: string; schedule: JudgeSchedule; progress: Progress },
): Promise<Judges> {
  const train = (modality: 'V' | 'A' | 'VA') =>
    trainNewClassifier({
      data: dataset,
      pairs: dataset.splits.train,
      validationPairs: dataset.splits.validation,
      seed: schedule.seed,
      steps: schedule.steps[modality],
      architecture: { modality, width: schedule.width, ...(modality === 'VA' && { fusion: 'early' }) },
      onProgress: ({ step, steps }) => progress.status(`training the ${NAMES[modality]}`, step, steps),
    });
  const [V, A, VA] = [await train('V'), await train('A'), await train('VA')];
  await saveJudge({ V, A }, folder);
  await saveClassifier(VA, join(folder, FUSED_FOLDER));
  const dispose = () => [V, A, VA].forEach(({ classifier }) => classifier.dispose());
  return { V, A, VA, classNames: dataset.classNames, folder, origin: 'trained', dispose };
}
