import { engine, getBackend, Tensor } from '@tensorflow/tfjs-core';
import type { Tensor1D, TensorContainer, TypedArray } from '@tensorflow/tfjs-core';

/** A step that was recorded: its kernels can be run again without its JavaScript. */
export interface Recorded<T> {
  /** What the step returned; the recording owns it, and each replay overwrites it. Read it with `data()` or `dataSync()`. */
  readonly outputs: T;
  /**
   * Overwrites an input for the next replays.
   *
   * @param input one of the recording's `inputs`
   * @param values as many as the input has, of its type; those of a tensor are copied on the backend, without reading them
   */
  write(input: Tensor, values: TypedArray | Tensor): void;
  /** Runs the recorded kernels again over the inputs' and variables' present values. */
  replay(): void;
  /** False once the recording is disposed of, or the backend's kernels have been started anew in a way that ends it. */
  isUsable(): boolean;
  /** Frees the recording's memory and its outputs. */
  dispose(): void;
}

/** A step that pauses: it yields a float32 tensor, and goes on with it, its values overwritten, or with another one in its place. */
export type PausingStep<T> = Generator<Tensor1D, T, Tensor1D>;

/** Awaited at each pause of a step, with the values that it yielded, in place. */
export type OnPause = (values: Float32Array) => Promise<void>;

/** A step with pauses that was recorded. */
export interface RecordedWithPauses<T> extends Omit<Recorded<T>, 'replay'> {
  /** Runs the recorded kernels again, with the same pauses in between. */
  replay(): Promise<void>;
}

/** A backend's part of `record`. */
export interface Recorder {
  record<T extends TensorContainer>(step: () => T, inputs: readonly Tensor[]): Promise<Recorded<T>>;
  /** Left out where the backend can't pause a recording. */
  recordWithPauses?<T extends TensorContainer>(
    step: () => PausingStep<T>,
    inputs: readonly Tensor[],
    onPause: OnPause,
  ): Promise<RecordedWithPauses<T>>;
  /** Whether recordings are worth their memory now; by default always. */
  pays?(): boolean;
}

/** The recording that is being made, as optimisers see it. */
export interface ActiveRecording {
  /**
   * Runs kernels whose attributes change from step to step (a learning rate, a step count): `attrs` is called now and before each replay,
   * unrecorded, and may change state.
   */
  runChanging<A>(attrs: () => A, run: (attrs: A) => void): void;
}

/** Shared by every copy of this file: the package's entries may each bundle one. */
interface Registry {
  readonly recorders: Map<string, Recorder>;
  active?: ActiveRecording;
}

const KEY = Symbol.for('@cmcgan/tfjs-kernels/record');
const registry = (): Registry => ((globalThis as { [KEY]?: Registry })[KEY] ??= { recorders: new Map() });

/** Lets `record` record on a backend; its latest recorder counts. */
export function registerRecorder(backendName: string, recorder: Recorder): void {
  registry().recorders.set(backendName, recorder);
}

/** Whether the current backend can record. */
export function canRecord(): boolean {
  void engine().backend; // creates it, so that it has a name
  return registry().recorders.has(getBackend());
}

/** Whether the current backend can record a step with pauses: wasm can. */
export const canRecordPauses = (): boolean =>
  canRecord() && registry().recorders.get(getBackend())?.recordWithPauses !== undefined;

/**
 * Whether a recording is worth the memory that it holds: on wasm, once a first step has run, as long as the backend's memory is below 1 GiB.
 * A step that needs more computes for seconds, next to which its JavaScript is nothing. False where the backend cannot record.
 */
export function recordingPays(): boolean {
  return canRecord() && registry().recorders.get(getBackend())?.pays?.() !== false;
}

/** The recording that is being made at this moment. */
export const activeRecording = (): ActiveRecording | undefined => registry().active;

/** Called by a recorder before it runs the step, and with undefined after it. */
export function setActiveRecording(recording: ActiveRecording | undefined): void {
  registry().active = recording;
}

/**
 * Runs `step` once, for real, and records the kernels that it calls on the current backend. Each `replay()` then runs the same kernels over
 * the values that its inputs and variables hold by then, and leaves out the step's JavaScript, which takes most of the time of a small
 * network.
 *
 * A replay takes no decision again: whatever the step computes in JavaScript, the tensors that it creates from values, and shapes are as they
 * were when it was recorded. What changes from step to step must be one of the `inputs`, a variable, or an optimiser's learning rate, which
 * may be set between replays. Run the step once before, so that optimisers and layers have created their variables.
 *
 * @param step synchronous; must not read tensors, draw random numbers, create variables, or keep tensors that it doesn't return
 * @param options.inputs the tensors that `write` may overwrite between replays
 * @throws if the backend cannot record, or the step does something that a replay could not repeat
 */
export async function record<T extends TensorContainer>(
  step: () => T,
  options: { inputs: readonly Tensor[] },
): Promise<Recorded<T>> {
  const { inputs } = options;
  return recorderFor(step, inputs).record(step, inputs);
}

/**
 * Records a step that pauses for something that isn't recorded, such as an exchange of values with other processes: see {@link record}. The
 * step is a generator function; between two of its parts, now and in each replay, `onPause` is awaited.
 *
 * @param options.inputs the tensors that `write` may overwrite between replays
 * @param options.onPause gets the values of the tensor that the step yields, in the backend's memory, and may overwrite them until it resolves
 * @throws like `record`, and if the backend cannot pause a recording
 */
export async function recordWithPauses<T extends TensorContainer>(
  step: () => PausingStep<T>,
  options: { inputs: readonly Tensor[]; onPause: OnPause },
): Promise<RecordedWithPauses<T>> {
  const { inputs, onPause } = options;
  const recorder = recorderFor(step, inputs);
  if (recorder.recordWithPauses) return recorder.recordWithPauses(step, inputs, onPause);
  throw new Error(`recordWithPauses: the backend must be able to pause a recording, as wasm is, got ${getBackend()}`);
}

function recorderFor(step: unknown, inputs: readonly Tensor[]): Recorder {
  if (typeof step !== 'function') throw new Error(`record: step must be a function, got ${typeof step}`);
  if (!Array.isArray(inputs) || !inputs.every((input) => input instanceof Tensor))
    throw new Error('record: inputs must be an array of tensors');
  const disposed = inputs.find(({ isDisposed }) => isDisposed);
  if (disposed) throw new Error(`record: inputs must not be disposed of, but one of shape [${disposed.shape}] is`);
  void engine().backend; // creates it, so that it has a name
  const { recorders, active } = registry();
  if (active) throw new Error('record: a step that is being recorded must not start another recording');
  const recorder = recorders.get(getBackend());
  if (recorder) return recorder;
  const able = recorders.size > 0 ? `; setBackend('${[...recorders.keys()][0]}') selects one that can` : '';
  throw new Error(
    `record: the backend must be started by useWasmKernels or useWebgpuKernels of @cmcgan/tfjs-kernels, got ${getBackend()}${able}`,
  );
}
