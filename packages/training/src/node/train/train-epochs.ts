import { setImmediate } from 'node:timers/promises';
import { augmentBatches } from '../../augmentation/augment-batch';
import { assertNotDiverged } from '../../divergence';
import type { Trainer } from '../../trainer';
import { groupBatches, withTensors, type BatchSource, type TrainingBatch } from '../../training-batches';
import type { TrainingPosition } from '../checkpoint/save-checkpoint';
import { shareOf } from '../../communicator';
import { assertAlike, hashTensors } from './ranks';
import type { CheckpointTimer } from './save-run';
import type { RunPosition } from './training-observer';
import { beginSavingRun, hasName } from './save-run';
import type { ResolvedTrainOptions } from './train-options';
import type { StepReport, TrainingObserver, TrainingRun } from './training-observer';

/** Everything that the training loop needs. */
export interface Loop {
  readonly options: ResolvedTrainOptions;
  readonly trainer: Trainer;
  readonly source: BatchSource;
  /** Facts about the data for checkpoints; undefined if the dB that a sound's -1 and 1 stand for are unknown. */
  readonly data: TrainingPosition['data'] | undefined;
  readonly run: TrainingRun;
  readonly observers: readonly TrainingObserver[];
  /** Names for the next checkpoint. */
  readonly names: Set<string>;
  readonly timer: CheckpointTimer;
  /** The checkpoint that is being written beside the training; null if there is none. */
  writing: Writing | null;
  /** Milliseconds of training so far, by the given clock. */
  readonly trainedMs: () => number;
  /** Milliseconds that this rank has spent in the latest step's exchanges, by the given clock. */
  readonly exchangedMs: () => number;
  /** What the ranks have agreed on, where there are several. */
  agreed?: { readonly stopped: boolean; readonly complete: boolean };
}

interface Writing {
  /** Where the run stood. */
  readonly position: Readonly<RunPosition>;
  readonly finished: Promise<void>;
  /** Whether `finished` is settled. */
  over: boolean;
}

/** Whether the run has been asked to stop. */
export const isStopped = ({ options, agreed }: Loop) => agreed?.stopped ?? options.signal?.aborted === true;
const isComplete = ({ run, agreed }: Loop, position: RunPosition) => agreed?.complete ?? run.isComplete(position);

/** Lets all ranks stop or end after the same step: clocks differ, a signal may reach only one, and only rank 0 has observers. */
async function agree(loop: Loop, position: RunPosition): Promise<void> {
  const { communicator, signal } = loop.options;
  if (communicator.size === 1) return;
  const flags = Float64Array.of(Number(signal?.aborted === true), Number(loop.run.isComplete(position)));
  await communicator.allReduce(flags, 'max');
  loop.agreed = { stopped: flags[0] > 0, complete: flags[1] > 0 };
}

/** How the ranks have shared a step's time; undefined for a lone process. */
async function compareTimes({ options, exchangedMs }: Loop, stepMs: number): Promise<StepReport['ranks']> {
  const { communicator } = options;
  if (communicator.size === 1) return undefined;
  const exchanged = exchangedMs();
  const largest = Float64Array.of(stepMs - exchanged, exchanged - stepMs, -exchanged);
  await communicator.allReduce(largest, 'max');
  return { count: communicator.size, slowestMs: largest[0], fastestMs: -largest[1], exchangeMs: -largest[2] };
}

/** Steps from one comparison of the ranks' weights to the next. */
const COMPARED_EVERY_STEPS = 100;

/** Throws on every rank if one has other weights, which it could only get by a fault: of memory, a processor, or a program. */
async function compareWeights({ options, trainer }: Loop, { step }: RunPosition): Promise<void> {
  if (options.communicator.size === 1) return;
  await assertAlike(options.communicator, { [`weights after step ${step}`]: await hashTensors(trainer.model.tensors()) });
}

/** Trains, notifies observers and saves, epoch after epoch, until the run is complete or stopped. Advances `position`. */
export async function trainEpochs(loop: Loop, position: RunPosition): Promise<void> {
  const { run, observers } = loop;
  for (const observer of observers) await observer.start?.(run, position);
  await agree(loop, position);
  while (!isComplete(loop, position) && !isStopped(loop)) {
    await trainEpoch(loop, position);
    await lookAndSave(loop, position);
    await agree(loop, position);
  }
  await compareWeights(loop, position);
  await finishSaving(loop);
}

/** Trains from `position` to the end of the epoch, or until the run is complete or stopped, and saves at intervals. */
async function trainEpoch(loop: Loop, position: RunPosition): Promise<void> {
  const { run, source, options, timer } = loop;
  const { accumulate, communicator } = options;
  const share = shareOf(accumulate, communicator);
  const place = { accumulate, share, epoch: position.epoch + 1, firstGroup: position.epochStep };
  for await (const group of groupBatches(source, place)) {
    await trainStep(loop, position, group);
    if (loop.writing?.over) await finishSaving(loop);
    await agree(loop, position);
    if (position.step % COMPARED_EVERY_STEPS === 0) await compareWeights(loop, position);
    if (position.epochStep === run.stepsPerEpoch || isComplete(loop, position) || isStopped(loop)) break;
    if (timer.due) await save(loop, position);
  }
  if (position.epochStep < run.stepsPerEpoch) return;
  position.epoch++;
  position.epochStep = 0;
}

/** Takes one training step and notifies observers. Throws if the losses have diverged. */
async function trainStep(loop: Loop, position: RunPosition, group: readonly TrainingBatch[]): Promise<void> {
  const { options, trainer, run, trainedMs } = loop;
  const startMs = trainedMs();
  const planned = { step: position.step, plannedSteps: options.epochs * run.stepsPerEpoch, passes: options.accumulate };
  const varied = augment(loop, position, group);
  const share = shareOf(options.accumulate, options.communicator);
  const losses = await withTensors(varied, (tensors) => trainer.step(tensors, planned, share));
  const endMs = trainedMs();
  position.step++;
  position.epochStep++;
  position.trainedMs = endMs;
  const ranks = await compareTimes(loop, endMs - startMs);
  const report: StepReport = {
    epoch: position.epoch + 1,
    losses,
    stepMs: endMs - startMs,
    batches: group,
    ...(ranks && { ranks }),
  };
  for (const observer of loop.observers) await observer.afterStep?.(run, position, report);
  assertNotDiverged(losses, options.lossLimit, position.step);
  await setImmediate(); // lets signals and completed reads be handled
}

function augment({ options, data }: Loop, { step }: RunPosition, group: readonly TrainingBatch[]): readonly TrainingBatch[] {
  const { augmentation, seed, accumulate, communicator } = options;
  if (augmentation === 'none') return group;
  const firstBatch = step * accumulate + shareOf(accumulate, communicator).first;
  return augmentBatches(group, { augmentation, seed, step: firstBatch, decibelRange: data!.decibelRange });
}

/** Notifies observers, whose state belongs to the checkpoint, and then saves if that is due; saves even if one of them fails. */
async function lookAndSave(loop: Loop, position: RunPosition): Promise<void> {
  await finishSaving(loop);
  let failed = true;
  try {
    if (!isStopped(loop)) for (const observer of loop.observers) await observer.afterEpoch?.(loop.run, position);
    failed = false;
  } finally {
    position.trainedMs = loop.trainedMs();
    if (failed || isDue(loop, position)) await save(loop, position);
  }
}

/** Whether a checkpoint is due at the end of an epoch: the last one, one with a name of its own, or the one before is old enough. */
function isDue(loop: Loop, position: RunPosition): boolean {
  const { options, run, names, timer } = loop;
  const { keepEveryEpochs = 0 } = options.checkpoints ?? {};
  const isLast = isComplete(loop, position) || run.isComplete(position) || isStopped(loop);
  return isLast || timer.dueAtEpochEnd || hasName({ keepEveryEpochs, names }, position);
}

/** Begins a checkpoint; training goes on while it is written. */
async function save(loop: Loop, position: RunPosition): Promise<void> {
  const { options, trainer, observers, run, names, timer } = loop;
  if (options.checkpoints === undefined) return;
  const { folder, keepEveryEpochs } = options.checkpoints;
  await finishSaving(loop);
  for (const observer of observers) await observer.beforeCheckpoint?.(run, position);
  const saved = { model: trainer.model, resumables: resumablesOf(loop) };
  const { finished } = await beginSavingRun(
    { ...saved, seed: options.seed, accumulate: options.accumulate, data: loop.data!, folder, keepEveryEpochs, names },
    position,
  );
  const writing: Writing = { position: { ...position }, finished, over: false };
  const isOver = () => void (writing.over = true);
  finished.then(isOver, isOver);
  loop.writing = writing;
  names.clear();
  timer.reset();
}

/** Waits for the checkpoint that is being written, if there is one, and notifies observers of it. Throws if it could not be written. */
export async function finishSaving(loop: Loop): Promise<void> {
  const { writing, observers, run } = loop;
  if (writing === null) return;
  loop.writing = null;
  await writing.finished;
  for (const observer of observers) await observer.afterCheckpoint?.(run, writing.position);
}

/** All state that a resumed run needs besides the model's tensors. */
export const resumablesOf = ({ trainer, observers }: Pick<Loop, 'trainer' | 'observers'>) => [
  ...trainer.resumables,
  ...observers.flatMap(({ resumable }) => resumable ?? []),
];
