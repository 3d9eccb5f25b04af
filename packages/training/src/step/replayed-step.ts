import { dispose, tensor } from '@tensorflow/tfjs-core';
import type { Tensor, TensorContainer } from '@tensorflow/tfjs-core';
import { canRecord, record, recordingPays } from '@cmcgan/tfjs-kernels';
import type { Recorded } from '@cmcgan/tfjs-kernels';
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
  recorded: Recorded<T>;
}

/**
 * Replays `compute` where the backend can record and that pays, which leaves out the step's JavaScript. There is one recording, for inputs of the latest
 * shapes: it holds as much memory as a step takes.
 */
export function createReplayedStep<T extends TensorContainer>(compute: (inputs: StepInputs) => T): RunnableStep<T> {
  let shapes = '';
  let recording: Recording<T> | undefined;
  const forget = (): void => {
    recording?.recorded.dispose();
    dispose(recording?.inputs ?? []);
    recording = undefined;
  };
  const plain = createPlainStep(compute);
  return {
    async run(inputs, read) {
      const tensors = tensorsOf(inputs);
      const known = shapes === shapesOf(tensors);
      shapes = shapesOf(tensors);
      if (!known || recording?.recorded.isUsable() === false) forget();
      if (!known || !canRecord() || (!recording && !recordingPays())) return plain.run(inputs, read);
      if (!recording) recording = await recordStep(compute, inputs);
      else replay(recording, tensors);
      return read(recording.recorded.outputs);
    },
    dispose: forget,
  };
}

/** Computes each step anew. */
export function createPlainStep<T extends TensorContainer>(compute: (inputs: StepInputs) => T): RunnableStep<T> {
  return {
    async run(inputs, read) {
      const outputs = compute(inputs);
      try {
        return await read(outputs);
      } finally {
        dispose(outputs);
      }
    },
    dispose: () => undefined,
  };
}

const shapesOf = (tensors: readonly Tensor[]): string => tensors.map(({ shape }) => `[${shape}]`).join();

async function recordStep<T extends TensorContainer>(
  compute: (inputs: StepInputs) => T,
  inputs: StepInputs,
): Promise<Recording<T>> {
  const copies = new Map<Tensor, Tensor>();
  for (const each of tensorsOf(inputs)) copies.set(each, tensor(await each.data(), each.shape, each.dtype));
  const own = mapInputs(inputs, <K extends Tensor>(each: K) => copies.get(each) as K);
  try {
    return { inputs: tensorsOf(own), recorded: await record(() => compute(own), { inputs: tensorsOf(own) }) };
  } catch (error) {
    dispose([...copies.values()]);
    throw new Error(`${(error as Error).message}; with the step's option replay: 'off', nothing is recorded`, { cause: error });
  }
}

function replay({ inputs, recorded }: Recording<unknown>, tensors: readonly Tensor[]): void {
  inputs.forEach((input, index) => recorded.write(input, tensors[index]));
  recorded.replay();
}
