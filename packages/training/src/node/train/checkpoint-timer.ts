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
