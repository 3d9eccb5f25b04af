import { join } from 'node:path';
import { assertFiniteWeights } from '../../divergence';
import type { Saved, TrainingPosition } from '../checkpoint/save-checkpoint';
import { beginCheckpoint } from '../checkpoint/save-checkpoint';
import type { RunPosition } from './training-observer';

/** The parts of a run that its checkpoints save. */
export interface SavedRun extends Saved {
  readonly seed: number;
  readonly accumulate: number;
  readonly data: TrainingPosition['data'];
  /** Folder of the checkpoints: `last`, the one before, and those that are kept. */
  readonly folder: string;
  readonly keepEveryEpochs: number;
  /** Names for the checkpoint besides `last`. */
  readonly names: Iterable<string>;
}

function namesOf(
  { keepEveryEpochs, names }: Pick<SavedRun, 'keepEveryEpochs' | 'names'>,
  { epoch, epochStep }: Readonly<RunPosition>,
): string[] {
  const keep = keepEveryEpochs > 0 && epoch > 0 && epochStep === 0 && epoch % keepEveryEpochs === 0;
  return [...names, ...(keep ? [`epoch-${String(epoch).padStart(3, '0')}`] : [])];
}

/** Whether the checkpoint at this position has a name besides `last`, so that it has to be saved. */
export const hasName = (run: Pick<SavedRun, 'keepEveryEpochs' | 'names'>, position: Readonly<RunPosition>) =>
  namesOf(run, position).length > 0;

/**
 * Begins to save the run to `last`, under the names that observers asked for, and as `epoch-NNN` at the end of every `keepEveryEpochs`-th
 * epoch: see {@link beginCheckpoint}.
 *
 * @throws DivergedError if weights are no longer finite; the older checkpoint stays
 */
export async function beginSavingRun(
  run: SavedRun,
  position: Readonly<RunPosition>,
): Promise<{ readonly finished: Promise<void> }> {
  const { model, resumables, seed, accumulate, data } = run;
  await assertFiniteWeights(model.tensors(), position.step);
  return beginCheckpoint(
    join(run.folder, 'last'),
    { model, resumables },
    { ...position, seed, accumulate, data, names: namesOf(run, position) },
  );
}

/** Determines when a checkpoint is due. */
export interface CheckpointTimer {
  /** Whether one is due within an epoch. */
  readonly due: boolean;
  /** Whether one is due at the end of an epoch. */
  readonly dueAtEpochEnd: boolean;
  /** To be called when a checkpoint has been begun. */
  reset(): void;
}

/**
 * A schedule by the clock `nowMs`: a checkpoint is due `everyMinutes` after the last one, never if that is null; and at the end of an epoch
 * from `minMinutes` on.
 */
export function createCheckpointTimer(
  nowMs: () => number,
  { everyMinutes = null, minMinutes = 0 }: { everyMinutes?: number | null; minMinutes?: number },
): CheckpointTimer {
  let lastMs = nowMs();
  const isOlderThan = (minutes: number) => nowMs() - lastMs >= minutes * 60_000;
  return {
    get due() {
      return everyMinutes !== null && isOlderThan(everyMinutes);
    },
    get dueAtEpochEnd() {
      return isOlderThan(Math.min(minMinutes, everyMinutes ?? Infinity));
    },
    reset() {
      lastMs = nowMs();
    },
  };
}
