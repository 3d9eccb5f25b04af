/** Where a run stands; changes as it goes. */
export interface RunPosition {
  /** Steps taken. */
  step: number;
  /** Epochs finished. */
  epoch: number;
  /** Steps taken in the epoch that is not finished. */
  epochStep: number;
  /** Milliseconds spent training, with grids and checkpoints, in all processes that the run went through. */
  trainedMs: number;
}

/** Where every run starts. */
export const RUN_START: Readonly<RunPosition> = { step: 0, epoch: 0, epochStep: 0, trainedMs: 0 };

/** Number, from 1, of the epoch that the last step taken belongs to. */
export function epochInProgress({ step }: Readonly<RunPosition>, stepsPerEpoch: number): number {
  return Math.ceil(step / stepsPerEpoch);
}
