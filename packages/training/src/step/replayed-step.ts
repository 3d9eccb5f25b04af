import { dispose, tensor } from '@tensorflow/tfjs-core';
import type { Tensor, TensorContainer } from '@tensorflow/tfjs-core';
import { canRecord, canRecordPauses, record, recordingPays, recordWithPauses } from '@cmcgan/tfjs-kernels';
import type { OnPause, PausingStep, RecordedWithPauses } from '@cmcgan/tfjs-kernels';
import { runWithPauses } from './exchange';
import { mapInputs, tensorsOf } from './step-inputs';
import type { StepInputs } from './step-inputs';

/** A way to run a step. */
export interface RunnableStep<T> {
  /** Runs the step and then `read`, after which the outputs may change. */
  run<R>(inputs: StepInputs, read: (outputs: T) => Promise<R>): Promise<R>;
  /** Frees the recording's memory. */
  dispose(): void;
}

interface Recording<T> {
  inputs: Tensor[];
  recorded: Omit<RecordedWithPauses<T>, 'replay'> & { replay(): void | Promise<void> };
}

/** What a step computes, and what happens in its pauses; undefined: it has none. */
export interface Computation<T> {
  compute: (inputs: StepInputs) => PausingStep<T>;
  onPause?: OnPause;
}

/**
 * Replays `compute` where the backend can record and that pays, which leaves out the step's JavaScript. There is one recording, for inputs of the latest
 * shapes: it holds as much memory as a step takes.
 */
export function createReplayedStep<T extends TensorContainer>(computation: Computation<T>): RunnableStep<T> {
  let shapes = '';
  let recording: Recording<T> | undefined;
  const forget = (): void => {
    recording?.recorded.dispose();
    dispose(recording?.inputs ?? []);
    recording = undefined;
  };
  const plain = createPlainStep(computation);
  const canRecordIt = computation.onPause === undefined ? canRecord : canRecordPauses;
  return {
    async run(inputs, read) {
      const tensors = tensorsOf(inputs);
      const known = shapes === shapesOf(tensors);
      shapes = shapesOf(tensors);
      if (!known || recording?.recorded.isUsable() === false) forget();
      if (!known || !canRecordIt() || (!recording && !recordingPays())) return plain.run(inputs, read);
      if (!recording) recording = await recordStep(computation, inputs);
      else await replay(recording, tensors);
      return read(recording.recorded.outputs);
    },
    dispose: forget,
  };
}

/** Computes each step anew. */
export function createPlainStep<T extends TensorContainer>({ compute, onPause }: Computation<T>): RunnableStep<T> {
  return {
    async run(inputs, read) {
      const outputs = onPause ? await runWithPauses(compute(inputs), onPause) : runAtOnce(compute(inputs));
      try {
        return await read(outputs);
      } finally {
        dispose(outputs);
      }
    },
    dispose: () => undefined,
  };
}

/** The result of a step that has no pauses. */
function runAtOnce<T>(parts: PausingStep<T>): T {
  const { value, done } = parts.next();
  if (!done) throw new Error('createTrainingStep: a step without a communicator must not pause');
  return value;
}

const shapesOf = (tensors: readonly Tensor[]): string => tensors.map(({ shape }) => `[${shape}]`).join();

async function recordStep<T extends TensorContainer>(
  { compute, onPause }: Computation<T>,
  inputs: StepInputs,
): Promise<Recording<T>> {
  const copies = new Map<Tensor, Tensor>();
  for (const each of tensorsOf(inputs)) copies.set(each, tensor(await each.data(), each.shape, each.dtype));
  const own = mapInputs(inputs, (each) => copies.get(each)!);
  const given = { inputs: tensorsOf(own) };
  try {
    if (onPause) return { ...given, recorded: await recordWithPauses(() => compute(own), { ...given, onPause }) };
    return { ...given, recorded: await record(() => runAtOnce(compute(own)), given) };
  } catch (error) {
    dispose([...copies.values()]);
    throw new Error(`${(error as Error).message}; with the step's option replay: 'off', nothing is recorded`, { cause: error });
  }
}

async function replay({ inputs, recorded }: Recording<unknown>, tensors: readonly Tensor[]): Promise<void> {
  inputs.forEach((input, index) => recorded.write(input, tensors[index]));
  await recorded.replay();
}
