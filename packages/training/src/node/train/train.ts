import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Communicator } from '../../communicator';
import { trainingOptionsSchema } from '../../training-options';
import { createTrainer, type Trainer } from '../../trainer';
import { batchPairs, type BatchSource } from '../../training-batches';
import { dataFacts } from '../checkpoint/data-facts';
import { findIntactCheckpoint } from '../checkpoint/find-intact-checkpoint';
import { restoreCheckpoint } from '../checkpoint/restore-checkpoint';
import type { TrainingPosition } from '../checkpoint/save-checkpoint';
import type { VerifiedCheckpoint } from '../checkpoint/verify-checkpoint';
import { assertAlike, broadcastState, onFirstRank, type Facts } from './ranks';
import { createCheckpointTimer } from './save-run';
import { RUN_START, type RunPosition } from './training-observer';
import { finishSaving, isStopped, resumablesOf, trainEpochs, type Loop } from './train-epochs';
import { resolveTrainOptions, type ResolvedTrainOptions, type TrainOptions } from './train-options';
import type { TrainingRun } from './training-observer';

/** How a run ended if it did not fail. */
export interface TrainingResult {
  readonly position: Readonly<RunPosition>;
  /** 'interrupted' if `signal` was aborted. */
  readonly outcome: 'complete' | 'interrupted';
  /** Why an observer ended the run early; null if none did. */
  readonly stopReason: string | null;
}

/**
 * Trains a CMCGAN or a baseline by Algorithm 1 on the current backend, from the current weights of `model` or from a checkpoint. The same
 * seed and data give the same weights, bit for bit, on the same backend, in one go or resumed. When it resolves, `model` holds the weights
 * to generate with: the trained ones, or with `averageDecay` their average; and its configuration the data's `decibelRange`, sample rate and
 * `classNames`, as far as they are known.
 *
 * @throws if options or data are not valid, if a loss is not finite (DivergedError), and if an observer throws
 */
export async function train(given: TrainOptions): Promise<TrainingResult> {
  const resolved = ownPart(resolveTrainOptions(given));
  const { communicator } = resolved;
  let checkpoint: VerifiedCheckpoint | null = null;
  const { position, accumulate } = await onFirstRank(communicator, async () => {
    checkpoint = await checkpointOf(resolved);
    assertSameRun(resolved, checkpoint);
    const { step, epoch, epochStep, trainedMs } = checkpoint?.training ?? RUN_START;
    return { position: { step, epoch, epochStep, trainedMs }, accumulate: accumulateOf(given, resolved, checkpoint) };
  });
  const options = { ...resolved, accumulate };
  const source = sourceOf(options);
  const data = factsOf(options);
  await assertAlike(communicator, factsToCompare(options, source));
  const exchanges = timeExchanges(options);
  const trainer = createTrainer({ ...trainerOptions(options), communicator: exchanges.communicator });
  try {
    const loop = createLoop(options, { trainer, source, data, trainedBefore: position.trainedMs, exchangedMs: exchanges.takeMs });
    await onFirstRank(communicator, async () => (await begin(loop, checkpoint), null));
    await broadcastState(communicator, trainer);
    const outcome = await trainToTheEnd(loop, position);
    await communicator.barrier();
    trainer.takeAverage();
    if (data !== undefined) Object.assign(options.model.config, dataFacts(data));
    return { position, outcome, stopReason: loop.run.stopReason() };
  } finally {
    trainer.dispose();
  }
}

/** Rank 0 alone notifies observers and saves. */
const ownPart = (options: ResolvedTrainOptions): ResolvedTrainOptions =>
  options.communicator.rank === 0 ? options : { ...options, observers: [], checkpoints: undefined };

/** The passes of an update: a resumed run keeps their number, whatever the number of ranks. */
function accumulateOf(
  given: TrainOptions,
  { accumulate, communicator }: ResolvedTrainOptions,
  checkpoint: VerifiedCheckpoint | null,
) {
  const before = checkpoint?.training.accumulate ?? accumulate;
  if (before < communicator.size) {
    throw new Error(
      `train: communicator must have at most ${before} ranks, as many as ${checkpoint!.folder} has passes per update, got ${communicator.size}`,
    );
  }
  if (given.accumulate === undefined || before === accumulate) return before;
  throw new Error(`train: accumulate must be ${before}, as in ${checkpoint!.folder}, got ${accumulate}`);
}

/** What must be the same on every rank, besides the weights, which rank 0 gives to the others. */
function factsToCompare({ data, model, ...options }: ResolvedTrainOptions, source: BatchSource): Facts {
  const chosen = Object.keys(trainingOptionsSchema.shape).filter((name) => name !== 'checkpoints') as (keyof typeof options)[];
  const tensors = Object.entries(model.tensors()).map(([name, { shape }]) => `${name} [${shape}]`);
  const digest = createHash('sha256').update(tensors.join()).digest('hex').slice(0, 12);
  return {
    'data (manifestHash)': data.manifestHash ?? '',
    'number of batches': String(source.batchesPerEpoch),
    'names and shapes of weights (hash)': digest,
    ...Object.fromEntries(chosen.map((name) => [`option ${name}`, JSON.stringify(options[name] ?? null)])),
  };
}

const trainerOptions = ({ model, seed, step, optimizers, schedule, averageDecay, communicator }: ResolvedTrainOptions) => ({
  ...{ model, seed, step, optimizers, schedule, averageDecay, communicator },
});

function sourceOf({ data, batchSize, accumulate, seed, sampling }: ResolvedTrainOptions): BatchSource {
  const source = 'batches' in data ? data : batchPairs(data, { batchSize: batchSize!, seed, sampling });
  if (source.batchesPerEpoch >= accumulate) return source;
  const needed = accumulate === 1 ? 'one batch' : `${accumulate} batches (accumulate)`;
  throw new Error(`train: data must make at least ${needed}, got ${source.batchesPerEpoch}; use a smaller batchSize`);
}

/** Facts about the data for checkpoints; those that the data lack are taken from the model's configuration. */
function factsOf({ data, model, checkpoints, augmentation }: ResolvedTrainOptions): TrainingPosition['data'] | undefined {
  const { decibelRange = model.config.decibelRange, classNames = model.config.classNames ?? [], manifestHash = '' } = data;
  if (decibelRange !== undefined) return { manifestHash, classNames: [...classNames], decibelRange: { ...decibelRange } };
  if (checkpoints === undefined && augmentation === 'none') return undefined;
  throw new Error(
    'train: data.decibelRange must say which dB -1 and 1 of the sounds stand for, such as { floorDb: -60, ceilingDb: 20 }, ' +
      'since checkpoints hold it and augmentation needs it',
  );
}

async function checkpointOf({ checkpoints, onWarning }: ResolvedTrainOptions): Promise<VerifiedCheckpoint | null> {
  if (checkpoints === undefined) return null;
  const { folder, resume = false } = checkpoints;
  if (typeof resume === 'object') return resume;
  if (!existsSync(folder)) return null;
  if (resume) {
    return findIntactCheckpoint(folder, (message) => onWarning?.(`${message}; using the checkpoint before it`));
  }
  if (!existsSync(join(folder, 'last'))) return null;
  throw new Error(
    `train: ${folder} holds the checkpoints of a run; continue it with checkpoints.resume, or choose another folder`,
  );
}

function assertSameRun({ seed, data }: ResolvedTrainOptions, checkpoint: VerifiedCheckpoint | null): void {
  if (checkpoint === null) return;
  const { folder, training } = checkpoint;
  if (training.seed !== seed) throw new Error(`train: seed must be ${training.seed}, as in ${folder}, got ${seed}`);
  const [before, now] = [training.data.manifestHash, data.manifestHash ?? ''];
  if (before === '' || now === '' || before === now) return;
  throw new Error(`train: data must be those of ${folder}, whose manifestHash is ${before}, got ${now}`);
}

interface LoopParts {
  readonly trainer: Trainer;
  readonly source: BatchSource;
  readonly data: TrainingPosition['data'] | undefined;
  /** Milliseconds of training in earlier sessions. */
  readonly trainedBefore: number;
  readonly exchangedMs: Loop['exchangedMs'];
}

/** The communicator for the steps; `takeMs` returns the time that its exchanges have taken since the last call. */
function timeExchanges({ communicator, nowMs = () => 0 }: ResolvedTrainOptions) {
  let totalMs = 0;
  const allReduce: Communicator['allReduce'] = async (...args) => {
    const startMs = nowMs();
    await communicator.allReduce(...args);
    totalMs += nowMs() - startMs;
  };
  const takeMs = () => {
    const taken = totalMs;
    totalMs = 0;
    return taken;
  };
  const { rank, size } = communicator;
  return { communicator: { rank, size, allReduce }, takeMs };
}

function createLoop(options: ResolvedTrainOptions, { trainer, source, data, trainedBefore, exchangedMs }: LoopParts): Loop {
  const { epochs, accumulate, maxSteps, maxMinutes, checkpoints, nowMs = () => 0, observers = [] } = options;
  const startMs = nowMs() - trainedBefore;
  const endMs = (maxMinutes ?? Infinity) * 60_000;
  const stepsPerEpoch = Math.floor(source.batchesPerEpoch / accumulate);
  const totalSteps = Math.min(epochs * stepsPerEpoch, maxSteps ?? Infinity);
  const names = new Set<string>();
  const trainedMs = () => nowMs() - startMs;
  let reason: string | null = null;
  const run: TrainingRun = {
    ...{ model: trainer.model, stepsPerEpoch, totalSteps, learningRates: trainer.learningRates },
    remainingMs: () => Math.max(0, endMs - trainedMs()),
    isComplete: ({ step }) => step >= totalSteps || trainedMs() >= endMs || reason !== null,
    alsoSaveAs: (name) => void names.add(name),
    stop: (why) => void (reason = why),
    stopReason: () => reason,
  };
  const timer = createCheckpointTimer(nowMs, checkpoints ?? {});
  return { options, trainer, source, data, run, observers, names, timer, trainedMs, exchangedMs, writing: null };
}

/** Restores the checkpoint, or prepares a new run. */
async function begin(loop: Loop, checkpoint: VerifiedCheckpoint | null): Promise<void> {
  const { options, trainer } = loop;
  if (checkpoint !== null) {
    const restored = { model: trainer.model, resumables: resumablesOf(loop) };
    const onAfresh = (name: string) => options.onWarning?.(`the checkpoint has no state of ${name}, which starts afresh`);
    await restoreCheckpoint(checkpoint, restored, onAfresh);
  }
  if ((checkpoint?.training.step ?? 0) > 0 || options.prepare === undefined) return;
  await options.prepare();
  trainer.restartAverage();
}

/** Trains, and notifies observers of the end. If the run failed, an observer's error is only a warning, as the run's error matters more. */
async function trainToTheEnd(loop: Loop, position: RunPosition): Promise<TrainingResult['outcome']> {
  const { options, observers, run } = loop;
  try {
    await trainEpochs(loop, position);
  } catch (error) {
    await finishSaving(loop).catch((another: Error) => options.onWarning?.(another.message));
    for (const observer of observers) {
      try {
        await observer.finish?.(run, position, 'failed', error);
      } catch (another) {
        options.onWarning?.((another as Error).message);
      }
    }
    throw error;
  }
  const outcome = isStopped(loop) ? 'interrupted' : 'complete';
  for (const observer of observers) await observer.finish?.(run, position, outcome);
  return outcome;
}
