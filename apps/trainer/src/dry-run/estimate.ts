import type { TrainerOptions } from '../options/trainer-options';
import type { Measurement } from './measurement';

/** The estimated cost of a run. */
export interface Estimate {
  readonly totalSteps: number;
  readonly epochs: number;
  /** Estimated duration; --max-minutes if that is shorter. */
  readonly seconds: number;
  /** Whether --max-minutes ends the run early. */
  readonly cutShort: boolean;
  readonly memoryBytes: number;
  /** Most checkpoints on disk: the last, the one before, the one being written, those kept. */
  readonly checkpoints: number;
  readonly diskBytes: number;
}

interface EstimatedOptions extends Pick<TrainerOptions, 'epochs' | 'maxSteps' | 'maxMinutes'> {
  readonly checkpoints: Pick<TrainerOptions['checkpoints'], 'keepEveryEpochs' | 'minMinutes'>;
  readonly data: Pick<TrainerOptions['data'], 'memoryMiB'>;
}

/** A decoded pair in memory: a picture of 128×128 bytes in three colours, and a spectrum of 128×44 floats. */
const PAIR_BYTES = 128 * 128 * 3 + 128 * 44 * 4;
/** Growth of the process after its first steps, before garbage collection, as seen in runs of 12, 150 and 1500 steps. */
const GROWTH_BYTES = 100 * 2 ** 20;
/** The last, the one before it, and the one being written. */
const CHECKPOINTS_ALWAYS = 3;

/** Factor by which a report grows with its epochs, at most: to 20 grids of each direction and four sounds of an instrument. */
const REPORT_GROWTH = 12;

/** Epochs from one checkpoint to the next, where epochs are short. */
function epochsPerCheckpoint(
  { checkpoints: { minMinutes, keepEveryEpochs } }: EstimatedOptions,
  { stepsPerEpoch, stepMs, epochEndMs }: Measurement,
): number {
  const byTime = Math.max(1, Math.ceil((60_000 * minMinutes) / (stepsPerEpoch * stepMs + epochEndMs)));
  return keepEveryEpochs === 0 ? byTime : Math.min(byTime, keepEveryEpochs);
}

/** Extrapolates from what was measured to the whole run. */
export function estimate(options: EstimatedOptions, measured: Measurement): Estimate {
  const { keepEveryEpochs } = options.checkpoints;
  const { stepsPerEpoch, stepMs, epochEndMs, checkpointMs, firstStepMs } = measured;
  const totalSteps = Math.min(options.epochs * stepsPerEpoch, options.maxSteps ?? Infinity);
  const epochs = Math.ceil(totalSteps / stepsPerEpoch);
  const saves = Math.ceil(epochs / epochsPerCheckpoint(options, measured));
  const wholeSeconds = (firstStepMs + (totalSteps - 1) * stepMs + epochs * epochEndMs + saves * checkpointMs) / 1000;
  const limitSeconds = 60 * (options.maxMinutes ?? Infinity);
  const share = Math.min(1, limitSeconds / wholeSeconds);
  const pairCount = Object.values(measured.pairs).reduce((sum, count) => sum + count, 0);
  const kept = keepEveryEpochs === 0 ? 0 : Math.floor((share * epochs) / keepEveryEpochs);
  const checkpoints = CHECKPOINTS_ALWAYS + kept;
  return {
    totalSteps,
    epochs,
    seconds: Math.min(wholeSeconds, limitSeconds),
    cutShort: share < 1,
    memoryBytes: measured.peakBytes + GROWTH_BYTES + Math.min(pairCount * PAIR_BYTES, options.data.memoryMiB * 2 ** 20),
    checkpoints,
    diskBytes:
      checkpoints * measured.checkpointBytes +
      share * (epochs * measured.samplesBytes + totalSteps * measured.stepLogBytes) +
      REPORT_GROWTH * measured.reportBytes,
  };
}
