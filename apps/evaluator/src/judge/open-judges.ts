import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { loadClassifier } from '@cmcgan/classifier/node';
import type { Dataset } from '@cmcgan/sub-urmp';
import { describeError, type Progress } from '@cmcgan/command-line';
import { JUDGE_FOLDERS, JUDGE_NAMES, JUDGE_TITLES, type JudgeName, type Judges, type TrainedClassifier } from './judges';
import { trainJudge, type JudgeSchedule } from './train-judge';

export interface OpenJudgesOptions {
  /** A folder that an earlier evaluation left; its classifiers are taken as they are. */
  readonly given?: string;
  /** Where they are kept otherwise, and looked for first. */
  readonly cache: string;
  readonly schedule: JudgeSchedule;
  readonly progress: Progress;
}

/**
 * Loads the judges, or trains those on the data's real training pairs that are not there yet for this very data and schedule. The caller
 * disposes of them.
 */
export async function openJudges(dataset: Dataset, { given, cache, schedule, progress }: OpenJudgesOptions): Promise<Judges> {
  const opened: TrainedClassifier[] = [];
  let trained = false;
  const open = async (name: JudgeName): Promise<TrainedClassifier> => {
    if (given !== undefined) return loadClassifier(join(given, JUDGE_FOLDERS[name]));
    const kept = await loadKept(name, dataset, { cache, schedule, progress });
    trained ||= kept === null;
    return kept ?? trainJudge(name, dataset, { folder: cache, schedule, progress });
  };
  const dispose = () => opened.forEach(({ classifier }) => classifier.dispose());
  try {
    for (const name of JUDGE_NAMES) opened.push(await open(name));
  } catch (error) {
    dispose();
    throw error;
  }
  const [V, A, VA] = opened;
  const origin = given !== undefined ? 'given' : trained ? 'trained' : 'cached';
  return { V, A, VA, classNames: V.classifier.config.classNames, folder: given ?? cache, origin, dispose };
}

/** The judge that an earlier evaluation kept; null where there is none, or none that training now would give. */
async function loadKept(
  name: JudgeName,
  dataset: Dataset,
  { cache, schedule, progress }: Omit<OpenJudgesOptions, 'given'>,
): Promise<TrainedClassifier | null> {
  const folder = join(cache, JUDGE_FOLDERS[name]);
  if (!existsSync(join(folder, 'config.json'))) return null;
  const kept = await loadClassifier(folder).catch((error: unknown) => {
    progress.note(`The ${JUDGE_TITLES[name]} in ${cache} is trained anew: ${describeError(error)}`);
    return null;
  });
  if (kept === null || matches(kept, name, { dataset, schedule })) return kept;
  kept.classifier.dispose();
  progress.note(`The ${JUDGE_TITLES[name]} in ${cache} is of other data or settings; training a new one.`);
  return null;
}

/** Whether the judge is the one that training now would give. */
function matches(
  { classifier, provenance: { seed, data, schedule: used } }: TrainedClassifier,
  name: JudgeName,
  { dataset, schedule }: { dataset: Dataset; schedule: JudgeSchedule },
): boolean {
  const { modality, classNames, width } = classifier.config;
  const { manifestHash, decibelRange } = dataset;
  return isDeepStrictEqual(
    { modality, width, seed, steps: used.steps, classNames, manifestHash: data.manifestHash, decibelRange: data.decibelRange },
    {
      modality: name,
      width: schedule.width,
      seed: schedule.seed,
      steps: schedule.steps[name],
      classNames: dataset.classNames,
      manifestHash,
      decibelRange: { ...decibelRange },
    },
  );
}
