import { UserError } from '@cmcgan/command-line';
import {
  cutRunLog,
  findIntactCheckpoint,
  removeLeftovers,
  RUN_START,
  type RunFolder,
  type RunPosition,
  type VerifiedCheckpoint,
} from '@cmcgan/training/node';
import type { TrainingData } from '../data/open-training-data';
import type { Progress } from '../progress/progress';

/** Where a run continues. */
export interface ResumePoint {
  /** Null if the run ended before its first checkpoint: it starts from the beginning. */
  readonly checkpoint: VerifiedCheckpoint | null;
  readonly position: Readonly<RunPosition>;
}

/** Where a new run starts. */
export const NEW_RUN: ResumePoint = { checkpoint: null, position: RUN_START };

/** Finds the newest intact checkpoint, and cuts the log back to its step. Samples that were written later stay. */
export async function findResumePoint(folder: RunFolder, progress: Progress): Promise<ResumePoint> {
  await removeLeftovers(folder);
  const onDamaged = (message: string) => progress.note(`warning: ${message}; using the checkpoint before it`);
  const checkpoint = await findIntactCheckpoint(folder.checkpoints, onDamaged);
  const { step, epoch, epochStep, trainedMs } = checkpoint?.training ?? RUN_START;
  await cutRunLog(folder.log, step);
  return { checkpoint, position: { step, epoch, epochStep, trainedMs } };
}

/** Throws if the data differ from those that the run was trained with, since the batches follow from them. */
export function assertSameData({ checkpoint }: ResumePoint, { dataset }: TrainingData): void {
  const [before, now] = [checkpoint?.training.data.manifestHash ?? dataset.manifestHash, dataset.manifestHash];
  if (before === now) return;
  const hashes = `SHA-256 ${now.slice(0, 12)}… instead of ${before.slice(0, 12)}…`;
  throw new UserError(
    `the data in ${dataset.folder} are not those that the run was trained with (${hashes}); give the folder that holds those with --data`,
  );
}
