import { crossFitOpinionPool, trainMultimodalClassifier, trainRobustClassifier, ROBUST_KINDS } from '@cmcgan/classifier';
import type { FittedPool, RobustClassifier, TrainedClassifier } from '@cmcgan/classifier';
import { UserError, type Progress } from '@cmcgan/command-line';
import type { Judges } from '@cmcgan/evaluation';
import type { CrossModalModel } from '@cmcgan/model';
import { loadModel } from '@cmcgan/model/node';
import { findPairs, type Dataset, type Pair } from '@cmcgan/sub-urmp';
import type { TrainedRun } from '@cmcgan/training/node';
import { atRange } from './at-range';

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
  /** The classifiers that the others are to be like: of the same width, seed, steps and augmentation. */
  readonly judges: Judges;
  readonly progress: Progress;
}

/** What is learnt from pairs that generators did not see. */
export interface CrossFitted {
  /** The weights of the opinion pool of the judges V and A. */
  readonly pool: FittedPool;
  /** A classifier of images and sounds that starts as the judges V and A, trained for as many steps as the judge VA. The caller disposes of it. */
  readonly taught: TrainedClassifier;
}

/** Fits the opinion pool, and trains a classifier on generated halves too. */
export async function learnFromUnseen(
  runs: readonly CrossFitRun[],
  { dataset, judges, progress }: Training,
): Promise<CrossFitted> {
  const models: CrossModalModel[] = [];
  const { V, A } = judges;
  const { seed, batchSize, learningRate, augmentation } = A.provenance.schedule;
  try {
    for (const { run } of runs) models.push(await loadModel(run.checkpoint.folder));
    const parts = runs.map(({ run, unseen }, i) => {
      const ranges = { own: run.config.data.decibelRange, data: dataset.decibelRange };
      return { generator: atRange(models[i], ranges), unseen };
    });
    const pool = await crossFitOpinionPool({
      ...{ data: dataset, pairs: dataset.splits.train, parts, seed, batchSize, learningRate, augmentation },
      width: A.classifier.config.width,
      steps: { V: V.provenance.schedule.steps, A: A.provenance.schedule.steps },
      onProgress: ({ modality, step, steps }) => progress.status(`cross-fitting ${modality}`, step, steps),
    });
    const taught = await trainMultimodalClassifier({
      ...likeVA({ dataset, judges }),
      parts,
      onProgress: ({ step, steps }) => progress.status('training on generated halves', step, steps),
    });
    return { pool, taught };
  } finally {
    for (const model of models) model.dispose();
    progress.finish();
  }
}

/** What starts as the judges V and A is trained on the same pairs and in the same way as the judge VA. */
function likeVA({ dataset, judges }: Pick<Training, 'dataset' | 'judges'>) {
  const { seed, steps, batchSize, learningRate, augmentation } = judges.VA.provenance.schedule;
  return {
    ...{ V: judges.V.classifier, A: judges.A.classifier, data: dataset, pairs: dataset.splits.train },
    ...{ seed, steps, batchSize, learningRate, augmentation },
  };
}

/** Trains the classifiers that do without a modality, for as many steps as the judge VA was. The caller disposes of them. */
export async function trainRobust({ dataset, judges, progress }: Training): Promise<RobustClassifier[]> {
  const trained: RobustClassifier[] = [];
  for (const kind of ROBUST_KINDS) {
    trained.push(
      await trainRobustClassifier({
        ...likeVA({ dataset, judges }),
        kind,
        onProgress: ({ step, steps: total }) => progress.status(`training a ${kind} classifier`, step, total),
      }),
    );
  }
  progress.finish();
  return trained;
}
