import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadClassifier, loadJudge } from '@cmcgan/classifier/node';
import type { Dataset } from '@cmcgan/sub-urmp';
import { type Progress, UserError } from '@cmcgan/command-line';
import { FUSED_FOLDER, type Judges } from './judges';
import { trainJudges, type JudgeSchedule } from './train-judges';

export interface OpenJudgesOptions {
  /** A folder that an earlier evaluation left; its classifiers are taken as they are. */
  readonly given?: string;
  /** Where they are kept otherwise, and looked for first. */
  readonly cache: string;
  readonly schedule: JudgeSchedule;
  readonly progress: Progress;
}

/** Loads the judges, or trains them on the data's real training pairs where there are none for this very data and schedule. */
export async function openJudges(dataset: Dataset, { given, cache, schedule, progress }: OpenJudgesOptions): Promise<Judges> {
  if (given !== undefined) return loadJudges(given, 'given', dataset);
  if (existsSync(join(cache, FUSED_FOLDER, 'config.json'))) {
    const cached = await loadJudges(cache, 'cached', dataset);
    if (matches(cached, dataset, schedule)) return cached;
    cached.dispose();
    progress.note(`The judge in ${cache} is of other data or settings; training a new one.`);
  }
  return trainJudges(dataset, { folder: cache, schedule, progress });
}

async function loadJudges(folder: string, origin: 'given' | 'cached', dataset: Dataset): Promise<Judges> {
  for (const name of ['image', 'sound', FUSED_FOLDER]) {
    if (!existsSync(join(folder, name, 'config.json'))) {
      throw new UserError(
        `judge ${folder} lacks ${name}/config.json; give a judge folder that an evaluation left, or leave --judge out`,
      );
    }
  }
  const judge = await loadJudge(folder);
  const VA = await loadClassifier(join(folder, FUSED_FOLDER));
  const { V, A, classNames } = judge;
  const unknown = dataset.classNames.find((name) => !classNames.includes(name));
  if (unknown !== undefined) throw new UserError(`judge ${folder} does not know ${unknown}; it knows ${classNames.join(', ')}`);
  if (VA.classifier.config.classNames.join() !== classNames.join()) {
    throw new UserError(`judge ${folder} has an image-and-sound classifier of other classes; train it anew without --judge`);
  }
  const dispose = () => [V, A, VA].forEach(({ classifier }) => classifier.dispose());
  return { V, A, VA, classNames, folder, origin, dispose };
}

/** Whether the judges are those that training now would give. */
function matches(judges: Judges, { manifestHash, classNames, decibelRange }: Dataset, schedule: JudgeSchedule): boolean {
  const range = judges.A.provenance.data.decibelRange;
  return (
    judges.classNames.join() === classNames.join() &&
    range.floorDb === decibelRange.floorDb &&
    range.ceilingDb === decibelRange.ceilingDb &&
    (['V', 'A', 'VA'] as const).every((modality) => {
      const { classifier, provenance } = judges[modality];
      const { seed, data, schedule: used } = provenance;
      return (
        data.manifestHash === manifestHash &&
        seed === schedule.seed &&
        used.steps === schedule.steps[modality] &&
        classifier.config.width === schedule.width
      );
    })
  );
}
