import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { TrainedClassifier } from '@cmcgan/classifier';
import { loadClassifier, saveClassifier } from '@cmcgan/classifier/node';
import type { EvaluationData } from '../evaluation-data';
import { collectJudges, JUDGE_TITLES, type JudgeName, type Judges } from '../judges/judges';
import { JUDGE_SCHEDULE, trainOneJudge, type JudgeSchedule, type TrainJudgesOptions } from '../judges/train-judges';

/** The folder of each judge in the folder of all. */
export const JUDGE_FOLDERS: Readonly<Record<JudgeName, string>> = { V: 'image', A: 'sound', VA: 'both' };

/** Judges from a folder. */
export interface OpenedJudges extends Judges {
  /** Whether all were in the folder, or one was trained now at least. */
  readonly origin: 'cached' | 'trained';
}

export interface OpenJudgesOptions extends TrainJudgesOptions {
  /** Told in a sentence why a judge that the folder holds is trained anew. */
  readonly onNote?: (note: string) => void;
}

/** Loads the judges that `openJudges` left in a folder, as they are. The caller disposes of them. @throws where one is missing or damaged */
export function loadJudges(folder: string): Promise<Judges> {
  return collectJudges((name) => loadClassifier(join(folder, JUDGE_FOLDERS[name])));
}

/**
 * Loads the judges that a folder holds for this very data and schedule, and trains those that it lacks, each of which is saved there as
 * soon as it is trained. The caller disposes of them.
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

/** The judge in a folder; null where there is none, or none that training now would give. */
async function loadKept(folder: string, name: JudgeName, { data, schedule, onNote }: Wanted): Promise<TrainedClassifier | null> {
  if (!existsSync(join(folder, 'config.json'))) return null;
  const kept = await loadClassifier(folder).catch((error: Error) => {
    onNote(`The ${JUDGE_TITLES[name]} in ${folder} is trained anew: ${error.message}`);
    return null;
  });
  if (kept === null || isAsTrainedNow(kept, name, { data, schedule })) return kept;
  kept.classifier.dispose();
  onNote(`The ${JUDGE_TITLES[name]} in ${folder} is of other data or settings; training a new one.`);
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
    { modality, width, seed, steps: used.steps, classNames, manifestHash, decibelRange },
    {
      modality: name,
      width: schedule.width,
      seed: schedule.seed,
      steps: schedule.steps[name],
      classNames: data.classNames,
      manifestHash: data.manifestHash,
      decibelRange: { ...data.decibelRange },
    },
  );
}
