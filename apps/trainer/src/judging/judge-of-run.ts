import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { CLASSIFIER_AUGMENTATIONS, trainJudge, type ClassifierAugmentationName, type Judge } from '@cmcgan/classifier';
import { loadJudge, saveJudge } from '@cmcgan/classifier/node';
import type { Dataset } from '@cmcgan/sub-urmp';
import { describeError, UserError } from '@cmcgan/command-line';
import type { Progress } from '../progress/progress';
import type { Interrupt } from '../training/interrupt';
import type { ChosenPairs } from './choose-judged-pairs';
import { TRAINED_JUDGE } from './judge-options';

export interface JudgeSource {
  /** 'trained', or the folder of a judge. */
  readonly source: string;
  readonly seed: number;
  readonly augmentation: ClassifierAugmentationName;
  readonly dataset: Dataset;
  readonly chosen: ChosenPairs;
  /** Folder for the judge in the run folder. */
  readonly folder: string;
  readonly progress: Progress;
  readonly interrupt: Pick<Interrupt, 'requested'>;
}

/** Ctrl-C while the judge is being trained, before there is anything of the run to save. */
class InterruptedTraining extends Error {}

const NAMES = { V: 'pictures', A: 'sounds' } as const;

async function train({ seed, augmentation, dataset, chosen, progress, interrupt }: JudgeSource): Promise<Judge> {
  const { trained, judged } = chosen;
  const heldPairs = judged?.source === 'held' ? judged.pairs : [];
  progress.note(
    `Training a judge on ${trained.length} real training pairs: it will choose the best epoch (to train without: --judge none)`,
  );
  const judge = await trainJudge({
    ...{ data: dataset, pairs: trained, heldPairs, validationPairs: dataset.splits.validation, seed },
    augmentation: CLASSIFIER_AUGMENTATIONS[augmentation],
    async onProgress({ modality, step, steps }) {
      progress.status(`training the judge of ${NAMES[modality]} ${step}/${steps}`);
      await setImmediate(); // lets signals in
      if (interrupt.requested) throw new InterruptedTraining();
    },
  });
  const [V, A] = [judge.V, judge.A].map(({ provenance }) => provenance.validation!);
  progress.note(
    `The judge recognises ${V.correct} of ${V.n} real validation pictures and ${A.correct} of ${A.n} sounds; it is frozen from now on`,
  );
  return judge;
}

/** The data that a judge must fit, as far as known. */
type JudgedData = Partial<Pick<Dataset, 'classNames' | 'decibelRange'>>;

/** Why a judge can't be used with the data; null if it can. */
function misfit({ classNames, A }: Judge, data: JudgedData): string | null {
  const [classes, wanted] = [classNames.join(', '), (data.classNames ?? classNames).join(', ')];
  if (classes !== wanted) return `it judges ${classes}, the data have ${wanted}`;
  const { floorDb, ceilingDb } = A.provenance.data.decibelRange;
  const range = data.decibelRange ?? { floorDb, ceilingDb };
  if (floorDb === range.floorDb && ceilingDb === range.ceilingDb) return null;
  return `it hears ${floorDb} to ${ceilingDb} dB, the data's sounds have ${range.floorDb} to ${range.ceilingDb} dB`;
}

async function load(path: string, data: JudgedData): Promise<Judge> {
  const judge = await loadJudge(path).catch((error: unknown) => {
    throw new UserError(`--judge ${path} cannot be used: ${describeError(error)}`, undefined, { cause: error });
  });
  const problem = misfit(judge, data);
  if (problem === null) return judge;
  judge.dispose();
  throw new UserError(`--judge ${path} cannot be used: ${problem}`);
}

/** Throws if a judge is named and it does not fit the data. To be called before a new run writes to its folder. */
export async function assertJudge(judge: string | null, data: JudgedData): Promise<void> {
  if (judge === null || judge === TRAINED_JUDGE) return;
  (await load(judge, data)).dispose();
}

/**
 * The frozen judge of a run, saved in the run folder: the one already there in a resumed run, else the one given, else one trained now on
 * real training pairs. Null if Ctrl-C came while it was being trained.
 */
export async function judgeOfRun(source: JudgeSource): Promise<Judge | null> {
  const { folder } = source;
  if (existsSync(folder)) return load(folder, source.dataset);
  try {
    const judge = source.source === TRAINED_JUDGE ? await train(source) : await load(source.source, source.dataset);
    await saveJudge(judge, `${folder}.partial`);
    await rename(`${folder}.partial`, folder);
    return judge;
  } catch (error) {
    if (error instanceof InterruptedTraining) return null;
    throw error;
  }
}
