import { join } from 'node:path';
import { assertFiniteWeights } from '../../divergence';
import type { Saved, TrainingPosition } from '../checkpoint/save-checkpoint';
import { saveCheckpoint } from '../checkpoint/save-checkpoint';
import type { RunPosition } from './training-observer';

/** The parts of a run that its checkpoints save. */
export interface SavedRun extends Saved {
  readonly seed: number;
  readonly data: TrainingPosition['data'];
  /** Folder of the checkpoints: `last`, the one before, and those that are kept. */
  readonly folder: string;
  readonly keepEveryEpochs: number;
  /** Names for the checkpoint besides `last`. */
  readonly names: Iterable<string>;
}

function namesOf({ keepEveryEpochs, names }: SavedRun, { epoch, epochStep }: Readonly<RunPosition>): string[] {
  const keep = keepEveryEpochs > 0 && epoch > 0 && epochStep === 0 && epoch % keepEveryEpochs === 0;
  return [...names, ...(keep ? [`epoch-${String(epoch).padStart(3, '0')}`] : [])];
}

/**
 * Saves the run to `last`, under the names that observers asked for, and as `epoch-NNN` at the end of every `keepEveryEpochs`-th epoch.
 *
 * @throws DivergedError if weights are no longer finite; the older checkpoint stays
 */
export async function saveRun(run: SavedRun, position: Readonly<RunPosition>): Promise<void> {
  const { model, resumables, seed, data } = run;
  await assertFiniteWeights(model.tensors(), position.step);
  await saveCheckpoint(
    join(run.folder, 'last'),
    { model, resumables },
    { ...position, seed, data, names: namesOf(run, position) },
  );
}

/** Determines when a checkpoint within an epoch is due. */
export interface CheckpointTimer {
  readonly due: boolean;
  /** To be called when a checkpoint has been saved. */
  reset(): void;
}

/** A schedule on which a checkpoint is due `minutes` after the last one, by the clock `nowMs`; never if `minutes` is null. */
export function createCheckpointTimer(nowMs: () => number, minutes: number | null): CheckpointTimer {
  let lastMs = nowMs();
  return {
    get due() {
      return minutes !== null && nowMs() - lastMs >= minutes * 60_000;
    },
    reset() {
      lastMs = nowMs();
    },
  };
}
