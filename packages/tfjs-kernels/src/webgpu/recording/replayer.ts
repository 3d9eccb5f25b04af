/// <reference types="@webgpu/types" />
import type { Tensor, TensorContainer, TypedArray } from '@tensorflow/tfjs-core';
import { activeRecording } from '../../record';
import type { Recorded } from '../../record';
import type { KernelContext } from '../context';
import { encodeCommands } from './commands';
import { assertVariables, flush, noteChange, settle } from './places';
import type { Place } from './places';
import type { ChangingPart, Recording } from './recording';

/** A recorded step, and the places of its tensors. */
export interface RecordedStep<T> {
  recording: Recording;
  /** The kernels in use by now. */
  current: () => KernelContext;
  outputs: T;
  outputPlaces: Place[];
  /** Of the inputs that are not variables. */
  inputs: Place[];
  /** Of those variables that the step uses. */
  variables: Place[];
}

export function createReplayer<T extends TensorContainer>(recorded: RecordedStep<T>): Recorded<T> {
  const { recording, outputs, outputPlaces, inputs, variables } = recorded;
  const { commands, changing, buffers, context } = recording;
  const { backend, errors } = context;
  const { device } = backend;
  let isDisposed = false;
  const assertUsable = (caller: string): void => {
    if (isDisposed) throw new Error(`${caller}: the recording must not be disposed of, but it is`);
    if (activeRecording()) throw new Error(`${caller}: must not be called while a step is recorded`);
    if (recorded.current() !== context)
      throw new Error(
        `${caller}: the webgpu backend must be the one that recorded the step, but it was restarted; record the step again`,
      );
    errors.throwIfAny();
  };
  return {
    outputs,
    write(input, values) {
      assertUsable('write');
      const place = inputs.find(({ holder }) => holder === input);
      if (!place) throw new Error('write: input must be one of the inputs that were given to record, got another tensor');
      const bytes = bytesOf(input, values);
      settle(backend, buffers, [place]);
      device.queue.writeBuffer(place.home, 0, bytes);
      noteChange(backend, place);
    },
    replay() {
      assertUsable('replay');
      assertVariables(variables);
      for (const part of changing) writeUniforms(device, part);
      settle(backend, buffers, [...variables, ...inputs, ...outputPlaces]);
      device.queue.submit([encodeCommands(device, commands)]);
      for (const place of [...variables, ...outputPlaces]) noteChange(backend, place);
    },
    isUsable: () => !isDisposed && recorded.current() === context,
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      for (const { holder } of outputPlaces) holder.dispose();
      flush(backend);
      buffers.release();
    },
  };
}

/** Most parts, such as averages, have the same numbers in every step. */
function writeUniforms({ queue }: GPUDevice, { next, uniforms, written }: ChangingPart): void {
  next().forEach((data, i) => {
    const numbers = new Uint32Array(data);
    if (written[i]?.every((number, k) => number === numbers[k])) return;
    queue.writeBuffer(uniforms[i], 0, data);
    written[i] = numbers;
  });
}

const ARRAYS: Partial<Record<string, string>> = { float32: 'Float32Array', int32: 'Int32Array', bool: 'Uint8Array' };

/** The values as a GPU holds them. */
function bytesOf({ dtype, size, shape }: Tensor, values: TypedArray): BufferSource {
  const kind = ArrayBuffer.isView(values) ? values.constructor.name : typeof values;
  if (kind !== ARRAYS[dtype] || values.length !== size) {
    const wanted = `${ARRAYS[dtype]} of ${size} for an input of shape [${shape}]`;
    throw new Error(`write: values must be a ${wanted}, got ${kind} of ${values?.length}`);
  }
  return (dtype === 'bool' ? Int32Array.from(values) : values) as BufferSource;
}
