/// <reference types="@webgpu/types" />
import { Tensor } from '@tensorflow/tfjs-core';
import type { TensorContainer, TypedArray } from '@tensorflow/tfjs-core';
import type { Recorded } from '../../record';
import { assertFits, assertInUse, assertVariablesHeld } from '../../recording-rules';
import type { KernelContext } from '../context';
import { encodeCommands } from './commands';
import { copyTensor, flush, knownValues, noteChange, settle } from './places';
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
    assertInUse(caller, isDisposed);
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
      assertFits(input, values);
      settle(backend, buffers, [place]);
      const numbers = values instanceof Tensor ? knownValues(backend, values) : values;
      if (numbers) device.queue.writeBuffer(place.home, 0, bytesOf(input, numbers));
      else copyTensor(backend, values as Tensor, place);
      noteChange(backend, place);
    },
    replay() {
      assertUsable('replay');
      assertVariablesHeld(variables.map(({ holder }) => holder));
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

/** The values as a GPU holds them. */
function bytesOf(input: Tensor, values: TypedArray): BufferSource {
  return (input.dtype === 'bool' ? Int32Array.from(values) : values) as BufferSource;
}
