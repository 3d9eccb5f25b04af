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

/** From where a run continues. */
export interface ResumePoint {
  /** Null where the run was ended before its first checkpoint: it starts from the beginning. */
  readonly checkpoint: VerifiedCheckpoint | null;
  readonly position: Readonly<RunPosition>;
}

/** Where a new run starts. */
export const NEW_RUN: ResumePoint = { checkpoint: null, position: RUN_START };

/** Finds the newest whole checkpoint, and makes the run folder as it was when that was saved: what was drawn stays. */
export async function findResumePoint(folder: RunFolder, progress: Progress): Promise<ResumePoint> {
  await removeLeftovers(folder);
  const onDamaged = (message: string) => progress.note(`warning: ${message}; the checkpoint before it is taken`);
  const checkpoint = await findIntactCheckpoint(folder.checkpoints, onDamaged);
  const { step, epoch, epochStep, trainedMs } = checkpoint?.training ?? RUN_START;
  await cutRunLog(folder.log, step);
  return { checkpoint, position: { step, epoch, epochStep, trainedMs } };
}

/** The batches to come follow from the data: with others the run would be another one. */
export function assertSameData({ checkpoint }: ResumePoint, { dataset }: TrainingData): void {
  const [before, now] = [checkpoint?.training.data.manifestHash ?? dataset.manifestHash, dataset.manifestHash];
  if (before === now) return;
  const hashes = `SHA-256 ${now.slice(0, 12)}… instead of ${before.slice(0, 12)}…`;
  throw new UserError(
    `the data in ${dataset.folder} are not those that the run was trained with (${hashes}); name the folder that holds them with --data`,
  );
}
