import { engine, Tensor, util, Variable } from '@tensorflow/tfjs-core';
import type { TypedArray } from '@tensorflow/tfjs-core';
import { activeRecording } from './record';

/** Until the function that is returned is called, Math.random throws: numbers that a recorded step draws would be the same in each replay. */
export function refuseRandomNumbers(isRecording: () => boolean): () => void {
  const { random } = Math;
  Math.random = () => {
    if (isRecording())
      throw new Error(
        'record: step must not draw random numbers (Math.random, randomNormal, dropout), which each replay would repeat: pass them as inputs',
      );
    return random();
  };
  return () => void (Math.random = random);
}

/** Returns what the step returned, unless that is a promise. */
export function assertSynchronous<T>(result: T): T {
  if (util.isPromise(result)) {
    Promise.resolve(result).catch(() => undefined);
    throw new Error('record: step must be synchronous, got an async function');
  }
  return result;
}

/** @param before the variables that there were before the step */
export function assertNoNewVariables(before: readonly Variable[]): void {
  const added = Object.values(engine().registeredVariables).filter((variable) => !before.includes(variable));
  if (added.length === 0) return;
  const names = added.map(({ name }) => name).slice(0, 3);
  throw new Error(
    `record: step must not create variables, got ${names.join(', ')}${added.length > 3 ? ', …' : ''}; run it once before it is recorded`,
  );
}

/** @param shapes those of the tensors that the step has made, and neither returned nor disposed of */
export function assertNothingLeft(shapes: readonly (readonly number[])[]): void {
  if (shapes.length === 0) return;
  const some = shapes.slice(0, 3).map((shape) => `[${shape}]`);
  throw new Error(
    `record: step must return or dispose of every tensor that it makes, but keeps ${shapes.length} (of shape ${some.join(', ')})`,
  );
}

/** @param variables those that a replay needs; other tensors among them may be gone */
export function assertVariablesHeld(variables: readonly Tensor[]): void {
  const gone = variables.find((holder) => holder instanceof Variable && holder.isDisposed) as Variable | undefined;
  if (gone) throw new Error(`replay: variables must not be disposed of after recording, but ${gone.name} is`);
}

/** @param caller the recording's function that was called */
export function assertInUse(caller: string, isDisposed: boolean): void {
  if (isDisposed) throw new Error(`${caller}: the recording must not be disposed of, but it is`);
  if (activeRecording()) throw new Error(`${caller}: must not be called while a step is recorded`);
}

const ARRAYS: Partial<Record<string, string>> = { float32: 'Float32Array', int32: 'Int32Array', bool: 'Uint8Array' };

/** The values must be as many as the input has, and of its type. */
export function assertFits({ dtype, size, shape }: Tensor, values: TypedArray | Tensor): void {
  if (values instanceof Tensor) {
    if (values.dtype === dtype && values.size === size && !values.isDisposed) return;
    const got = values.isDisposed ? 'one that is disposed of' : `${values.dtype} [${values.shape}]`;
    throw new Error(`write: values must be a tensor of ${size} ${dtype} for an input of shape [${shape}], got ${got}`);
  }
  const kind = ArrayBuffer.isView(values) ? values.constructor.name : typeof values;
  if (kind === ARRAYS[dtype] && values.length === size) return;
  const wanted = `${ARRAYS[dtype]} of ${size} for an input of shape [${shape}]`;
  throw new Error(`write: values must be a ${wanted}, got ${kind} of ${values?.length}`);
}
