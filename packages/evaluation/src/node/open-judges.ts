import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CLASSIFIER_AUGMENTATIONS, type TrainedClassifier } from '@cmcgan/classifier';
import { loadClassifier, saveClassifier } from '@cmcgan/classifier/node';
import type { EvaluationData } from '../evaluation-data';
import { collectJudges, JUDGE_TITLES, type JudgeName, type Judges } from '../judges/judges';
import { JUDGE_SCHEDULE, trainOneJudge, type JudgeSchedule, type TrainJudgesOptions } from '../judges/train-judges';

/** The subfolder of each judge. */
export const JUDGE_FOLDERS: Readonly<Record<JudgeName, string>> = { V: 'image', A: 'sound', VA: 'both' };

/** The judges in a folder. */
export interface OpenedJudges extends Judges {
  /** 'cached' if all of them were in the folder; 'trained' if at least one had to be trained. */
  readonly origin: 'cached' | 'trained';
}

export interface OpenJudgesOptions extends TrainJudgesOptions {
  /** Called with a sentence when a judge in the folder has to be trained again, saying why. */
  readonly onNote?: (note: string) => void;
}

/** Loads the judges that `openJudges` saved, whatever they were trained on. The caller disposes of them. @throws if one is missing or damaged */
export function loadJudges(folder: string): Promise<Judges> {
  return collectJudges((name) => loadClassifier(join(folder, JUDGE_FOLDERS[name])));
}

/**
 * Loads the judges in a folder that were trained on exactly this data with this schedule, and trains the others. Each is saved in the folder
 * as soon as it is trained. The caller disposes of them.
 */
export async function openJudges(
  folder: string,
  data: EvaluationData,
  { onProgress, onNote = () => {}, ...given }: OpenJudgesOptions = {},
): Promise<OpenedJudges> {
  const schedule = { ...JUDGE_SCHEDULE, ...given };
  let origin: OpenedJudges['origin'] = 'cached';
  const judges = await collectJudges(async (name) => {
    const kept = await loadKept(join(folder, JUDGE_FOLDERS[name]), name, { data, schedule, onNote });
    if (kept) return kept;
    origin = 'trained';
    const trained = await trainOneJudge(name, data, { schedule, onProgress });
    await saveClassifier(trained, join(folder, JUDGE_FOLDERS[name]));
    return trained;
  });
  return { ...judges, origin };
}

interface Wanted {
  readonly data: EvaluationData;
  readonly schedule: JudgeSchedule;
  readonly onNote: (note: string) => void;
}

/** The judge in a folder; null if there is none, or if it was trained on other data or with other settings. */
async function loadKept(folder: string, name: JudgeName, { data, schedule, onNote }: Wanted): Promise<TrainedClassifier | null> {
  if (!existsSync(join(folder, 'config.json'))) return null;
  const kept = await loadClassifier(folder).catch((error: Error) => {
    onNote(`The ${JUDGE_TITLES[name]} in ${folder} has to be trained again: ${error.message}`);
    return null;
  });
  if (kept === null || isAsTrainedNow(kept, name, { data, schedule })) return kept;
  kept.classifier.dispose();
  onNote(`The ${JUDGE_TITLES[name]} in ${folder} was trained on other data or with other settings; training a new one.`);
  return null;
}

function isAsTrainedNow(
  { classifier, provenance: { seed, data: trainedOn, schedule: used } }: TrainedClassifier,
  name: JudgeName,
  { data, schedule }: Omit<Wanted, 'onNote'>,
): boolean {
  const { modality, classNames, width } = classifier.config;
  const { manifestHash, decibelRange } = trainedOn;
  return isDeepStrictEqual(
    { modality, width, seed, steps: used.steps, augmentation: used.augmentation, classNames, manifestHash, decibelRange },
    {
      modality: name,
      width: schedule.width,
      seed: schedule.seed,
      steps: schedule.steps[name],
      augmentation: CLASSIFIER_AUGMENTATIONS[schedule.augmentation],
      classNames: data.classNames,
      manifestHash: data.manifestHash,
      decibelRange: { ...data.decibelRange },
    },
  );
}
