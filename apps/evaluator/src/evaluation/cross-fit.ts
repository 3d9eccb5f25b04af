import { crossFitOpinionPool, trainRobustClassifier, ROBUST_KINDS } from '@cmcgan/classifier';
import type { FittedPool, RobustClassifier } from '@cmcgan/classifier';
import { UserError, type Progress } from '@cmcgan/command-line';
import type { JudgeSchedule, Judges } from '@cmcgan/evaluation';
import { loadModel } from '@cmcgan/model/node';
import { findPairs, type Dataset, type Pair } from '@cmcgan/sub-urmp';
import type { TrainedRun } from '@cmcgan/training/node';

/** A run, and the training pairs that it was not trained on. */
export interface CrossFitRun {
  readonly run: TrainedRun;
  readonly unseen: readonly Pair[];
}

/**
 * Finds out which training pairs of a data set each run did not see: those that its own data lack or have in the other split, and those
 * that it set aside. @throws a UserError if a run saw all of them, or if the runs are of different variants
 */
export async function findUnseen(runs: readonly TrainedRun[], dataset: Dataset): Promise<CrossFitRun[]> {
  const [first] = runs;
  const found: CrossFitRun[] = [];
  for (const run of runs) {
    const { variant } = run.config.options;
    if (variant !== first.config.options.variant)
      throw new UserError(
        `--cross-fit must name runs of one variant, got ${first.config.options.variant} (${first.folder}) and ${variant} (${run.folder})`,
      );
    const seen = await seenIds(run, dataset);
    const unseen = dataset.splits.train.filter(({ id }) => !seen.has(id));
    if (unseen.length === 0)
      throw new UserError(
        `--cross-fit ${run.folder} was trained on all ${dataset.splits.train.length} training pairs of ${dataset.folder}; name a run that was trained without some of them`,
      );
    found.push({ run, unseen });
  }
  return found;
}

async function seenIds({ config, judging }: TrainedRun, { manifestHash, splits }: Dataset): Promise<Set<string>> {
  const { train } = config.data.manifestHash === manifestHash ? splits : (await findPairs(config.data.folder)).splits;
  const setAside = new Set(judging?.pairs.heldIds);
  return new Set(train.map(({ id }) => id).filter((id) => !setAside.has(id)));
}

interface Training {
  readonly dataset: Dataset;
  readonly schedule: JudgeSchedule;
  readonly progress: Progress;
}

/** Fits the weights of the opinion pool. The classifiers are trained as the judges are. */
export async function fitPool(
  runs: readonly CrossFitRun[],
  { dataset, schedule: { seed, width, steps }, progress }: Training,
): Promise<FittedPool> {
  const models = [];
  try {
    for (const { run, unseen } of runs) models.push({ generator: await loadModel(run.checkpoint.folder), unseen });
    const onProgress = ({ modality, step, steps: total }: { modality: string; step: number; steps: number }) =>
      progress.status(`cross-fitting ${modality}`, step, total);
    const pairs = dataset.splits.train;
    return await crossFitOpinionPool({ data: dataset, pairs, parts: models, seed, width, steps, onProgress });
  } finally {
    for (const { generator } of models) generator.dispose();
    progress.finish();
  }
}

/** Trains the classifiers that do without a modality, from the judges' weights. The caller disposes of them. */
export async function trainRobust(judges: Judges, { dataset, schedule, progress }: Training): Promise<RobustClassifier[]> {
  const trained: RobustClassifier[] = [];
  for (const kind of ROBUST_KINDS) {
    const { V, A } = judges;
    trained.push(
      await trainRobustClassifier({
        ...{ kind, V: V.classifier, A: A.classifier, data: dataset, pairs: dataset.splits.train },
        ...{ seed: schedule.seed, steps: schedule.steps.VA },
        onProgress: ({ step, steps }) => progress.status(`training a ${kind} classifier`, step, steps),
      }),
    );
  }
  progress.finish();
  return trained;
}
