import { join } from 'node:path';
import { assertFiniteWeights } from '../../divergence';
import type { Saved, TrainingPosition } from '../checkpoint/save-checkpoint';
import { saveCheckpoint } from '../checkpoint/save-checkpoint';
import type { RunPosition } from './training-observer';

/** The part of a run that its checkpoints hold. */
export interface SavedRun extends Saved {
  readonly seed: number;
  readonly data: TrainingPosition['data'];
  /** Where the checkpoints lie: `last`, the one before and those that are kept. */
  readonly folder: string;
  readonly keepEveryEpochs: number;
  /** Names that the checkpoint is kept under, beside `last`. */
  readonly names: Iterable<string>;
}

function namesOf({ keepEveryEpochs, names }: SavedRun, { epoch, epochStep }: Readonly<RunPosition>): string[] {
  const keep = keepEveryEpochs > 0 && epoch > 0 && epochStep === 0 && epoch % keepEveryEpochs === 0;
  return [...names, ...(keep ? [`epoch-${String(epoch).padStart(3, '0')}`] : [])];
}

/**
 * Saves the run to `last`, under the names that observers asked for, and as `epoch-NNN` at the end of every `keepEveryEpochs`-th epoch.
 *
 * @throws DivergedError where weights are not finite any more; the older checkpoint stays
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

/** Says when a checkpoint inside an epoch is due. */
export interface CheckpointTimer {
  readonly due: boolean;
  /** A checkpoint has been saved now. */
  reset(): void;
}

/** A checkpoint is due `minutes` after the last one, by the clock `nowMs`; never, where `minutes` is null. */
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
