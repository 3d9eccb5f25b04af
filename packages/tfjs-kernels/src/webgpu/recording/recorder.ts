/// <reference types="@webgpu/types" />
import { keep, scalar, tensor_util, tidy, util, Variable } from '@tensorflow/tfjs-core';
import type { Tensor, TensorContainer, TypedArray } from '@tensorflow/tfjs-core';
import { setActiveRecording } from '../../record';
import type { Recorded, Recorder } from '../../record';
import type { KernelContext } from '../context';
import { markChanged } from '../open-backend';
import type { OpenBackend } from '../open-backend';
import { createRecordingBuffers } from './buffers';
import type { RecordingBuffers } from './buffers';
import { encodeCommands, recordingEncoder } from './commands';
import type { Command } from './commands';
import { assertAtHome, assertNoNewVariables, assignedVariables, returnVariables, uploaded, uploadVariables } from './variables';
import type { Assigned, VariableBuffers } from './variables';

/** Dispatches of which the uniforms change from step to step. */
interface ChangingPart {
  uniforms(): ArrayBuffer[];
  buffers: GPUBuffer[];
}

const tensorsIn = (outputs: TensorContainer | undefined): Tensor[] =>
  tensor_util.getTensorsInContainer(outputs as TensorContainer);

/** What a step did. */
interface Recording {
  context: KernelContext;
  /** Tensors with greater ids were created by the step. */
  firstTensorId: number;
  commands: Command[];
  buffers: RecordingBuffers;
  changing: ChangingPart[];
  /** Buffers of the dispatches' tensors. */
  used: Set<GPUBuffer>;
  /** Where the uniforms of a changing part go while it is recorded. */
  changingUniforms?: GPUBuffer[];
  failure?: Error;
}

/** Records the WebGPU commands of a step. A replay encodes them again in one pass, with the same buffers, and submits them at once. */
export function createRecorder(current: () => KernelContext): Recorder {
  return { record: async (step, inputs) => recordStep(current(), step, inputs) };
}

async function recordStep<T extends TensorContainer>(
  context: KernelContext,
  step: () => T,
  inputs: readonly Tensor[],
): Promise<Recorded<T>> {
  const { backend, errors } = context;
  const buffers = createRecordingBuffers(backend.bufferManager);
  const recording: Recording = {
    context,
    buffers,
    commands: [],
    changing: [],
    used: new Set(),
    firstTensorId: tidy(() => scalar(0).id),
  };
  const variables = uploadVariables(backend);
  for (const buffer of variables.values()) buffers.reserve(buffer);
  for (const input of inputs) buffers.reserve(uploaded(backend, input));
  let outputs: T | undefined;
  const dispose = (): void => {
    for (const tensor of ownTensors(recording, outputs)) tensor.dispose();
    buffers.release();
  };
  try {
    outputs = runRecorded(recording, step, variables);
    await backend.device.queue.onSubmittedWorkDone();
    errors.throwIfAny();
  } catch (error) {
    dispose();
    throw error;
  }
  return createRecorded({ recording, outputs, inputs, dispose, variables: usedVariables(recording, variables) });
}

/** Runs the step and returns its outputs, which are kept. */
function runRecorded<T extends TensorContainer>(recording: Recording, step: () => T, variables: VariableBuffers): T {
  const { backend } = recording.context;
  let stop = startRecording(recording);
  setActiveRecording({
    runChanging(attrs, run) {
      stop();
      const numbers = attrs();
      stop = startRecording(recording);
      recording.changingUniforms = [];
      run(numbers);
      const uniforms = () => {
        const next = attrs();
        return recording.context.dispatcher.uniformsOf(() => run(next));
      };
      recording.changing.push({ uniforms, buffers: recording.changingUniforms });
      recording.changingUniforms = undefined;
    },
  });
  try {
    const outputs = tidy(() => runStep(step));
    if (recording.failure) throw recording.failure;
    assertNoNewVariables(variables);
    const assigned = assignedVariables(backend, variables);
    const own = ownTensors(recording, outputs);
    for (const tensor of own) assertOwnMemory(recording, tensor, assigned);
    returnVariables(backend, recording.buffers, assigned);
    for (const { home } of assigned) recording.used.add(home);
    for (const tensor of own) keep(tensor);
    return outputs;
  } finally {
    setActiveRecording(undefined);
    stop();
  }
}

/** The outputs that the step has created. */
const ownTensors = ({ firstTensorId }: Recording, outputs: TensorContainer | undefined): Tensor[] =>
  tensorsIn(outputs).filter((tensor) => tensor.id > firstTensorId && !(tensor instanceof Variable));

function assertOwnMemory({ context }: Recording, tensor: Tensor, assigned: readonly Assigned[]): void {
  if (tensor.dtype === 'string' || tensor.size === 0) return;
  const buffer = uploaded(context.backend, tensor);
  if (assigned.some(({ home }) => home === buffer))
    throw new Error(
      'record: an output must not share the memory of a variable that the step changes; return a copy (tf.mul(x, 1))',
    );
}

function runStep<T extends TensorContainer>(step: () => T): T {
  const outputs = step();
  if (util.isPromise(outputs)) throw new Error('record: step must be synchronous, but returned a promise');
  return outputs;
}

/** Submits what the backend has encoded so far. */
function flush(backend: OpenBackend): void {
  backend.endComputePassEncoder();
  if (backend.commandEncoder) backend.submitQueue();
}

/** From now on, the backend's commands are also recorded; the function that is returned ends that. */
function startRecording(recording: Recording): () => void {
  const { backend } = recording.context;
  const { ensureCommandEncoderReady, uploadToGPU, read, readSync } = backend;
  flush(backend);
  const giveBack = recording.buffers.intercept((buffer) => recording.changingUniforms?.push(buffer));
  const refuse = <F extends (dataId: object) => unknown>(original: F) =>
    ((dataId) => {
      if (backend.tensorMap.get(dataId).values != null) return original.call(backend, dataId);
      recording.failure ??= new Error(
        'record: step must not read a tensor, because a replay cannot decide anew; return it instead',
      );
      throw recording.failure;
    }) as F;
  Object.assign(backend, {
    ensureCommandEncoderReady() {
      backend.commandEncoder ??= recordingEncoder(backend.device.createCommandEncoder(), recording.commands);
    },
    uploadToGPU(dataId: object) {
      uploadToGPU.call(backend, dataId);
      const { resource } = backend.tensorMap.get(dataId);
      if (resource) recording.used.add(resource);
      if (resource) recording.buffers.reserve(resource);
    },
    ...{ read: refuse(read), readSync: refuse(readSync) },
  });
  return () => {
    flush(backend);
    giveBack();
    Object.assign(backend, { ensureCommandEncoderReady, uploadToGPU, read, readSync });
  };
}

/** The variables that the step used or changed; the others' buffers are no longer reserved. */
function usedVariables({ used, buffers }: Recording, variables: VariableBuffers): VariableBuffers {
  for (const buffer of variables.values()) if (!used.has(buffer)) buffers.release(buffer);
  return new Map([...variables].filter(([, buffer]) => used.has(buffer)));
}

interface Finished<T> {
  recording: Recording;
  outputs: T;
  inputs: readonly Tensor[];
  variables: VariableBuffers;
  dispose(): void;
}

function createRecorded<T extends TensorContainer>(finished: Finished<T>): Recorded<T> {
  const { recording, outputs, inputs, variables } = finished;
  const { backend, errors } = recording.context;
  const { device } = backend;
  const changed = [...ownTensors(recording, outputs), ...variables.keys()].map(({ dataId }) => dataId);
  let isDisposed = false;
  const assertUsable = (name: string): void => {
    if (isDisposed) throw new Error(`Recorded.${name}: the recording must not be disposed of, but it is; record the step again`);
    errors.throwIfAny();
  };
  return {
    outputs,
    write(input, values) {
      assertUsable('write');
      assertValues(inputs, input, values);
      flush(backend);
      const bytes = input.dtype === 'bool' ? Int32Array.from(values) : values;
      device.queue.writeBuffer(uploaded(backend, input), 0, bytes as BufferSource);
      markChanged(backend.tensorMap.get(input.dataId));
    },
    replay() {
      assertUsable('replay');
      for (const [variable, home] of variables) assertAtHome(backend, variable, home);
      flush(backend);
      for (const part of recording.changing) writeUniforms(device, part);
      device.queue.submit([encodeCommands(device, recording.commands)]);
      for (const dataId of changed) noteChange(backend, dataId);
    },
    dispose() {
      if (!isDisposed) finished.dispose();
      isDisposed = true;
    },
  };
}

function noteChange({ tensorMap }: OpenBackend, dataId: object): void {
  if (tensorMap.has(dataId) && tensorMap.get(dataId).resource) markChanged(tensorMap.get(dataId));
}

function writeUniforms({ queue }: GPUDevice, { uniforms, buffers }: ChangingPart): void {
  uniforms().forEach((data, i) => queue.writeBuffer(buffers[i], 0, data));
}

const ARRAYS = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

function assertValues(inputs: readonly Tensor[], input: Tensor, values: TypedArray): void {
  if (!inputs.includes(input)) throw new Error('Recorded.write: input must be one of the inputs that were recorded, but is not');
  if (input.isDisposed)
    throw new Error(`Recorded.write: input must not be disposed of, but the one of shape [${input.shape}] is`);
  const expected = ARRAYS[input.dtype as keyof typeof ARRAYS];
  if (values instanceof expected && values.length === input.size) return;
  const got = `a ${values?.constructor?.name} of ${values?.length}`;
  throw new Error(
    `Recorded.write: values must be a ${expected.name} of ${input.size} for an input of shape [${input.shape}], got ${got}`,
  );
}
