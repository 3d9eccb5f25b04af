/// <reference types="@webgpu/types" />
import { engine, keep, scalar, tensor_util, tidy, Variable } from '@tensorflow/tfjs-core';
import type { Tensor, TensorContainer } from '@tensorflow/tfjs-core';
import { setActiveRecording } from '../../record';
import type { Recorded, Recorder } from '../../record';
import { assertNoNewVariables, assertNothingLeft, assertSynchronous, refuseRandomNumbers } from '../../recording-rules';
import type { KernelContext } from '../context';
import { createRecordingBuffers } from './buffers';
import { flush, placeOutputs, placesOf, settle, uploaded } from './places';
import type { Place } from './places';
import { createReplayer } from './replayer';
import { intercept } from './intercept';
import type { Recording } from './recording';

/** Records the WebGPU commands of a step. A replay encodes them again in one pass, with the same buffers, and submits them at once. */
export function createRecorder(current: () => KernelContext): Recorder {
  return { record: (step, inputs) => recordStep(current, step, inputs) };
}

async function recordStep<T extends TensorContainer>(
  current: () => KernelContext,
  step: () => T,
  inputs: readonly Tensor[],
): Promise<Recorded<T>> {
  const context = current();
  const { backend, compilation } = context;
  await compilation.finished();
  compilation.finish();
  const buffers = createRecordingBuffers(backend.bufferManager);
  const recording: Recording = {
    context,
    buffers,
    commands: [],
    changing: [],
    used: new Set(),
    made: new Set(),
    isActive: false,
  };
  try {
    const all = placesOf(backend, buffers, [...Object.values(engine().registeredVariables), ...inputs]);
    settle(backend, buffers, all);
    const variables = all.filter(({ holder }) => holder instanceof Variable);
    const places = all.filter(({ holder }) => !(holder instanceof Variable));
    const { outputs, outputPlaces } = runRecorded(recording, step, variables);
    await backend.device.queue.onSubmittedWorkDone();
    context.errors.throwIfAny();
    return createReplayer({ recording, current, outputs, outputPlaces, inputs: places, variables: usedOf(recording, variables) });
  } catch (error) {
    buffers.release();
    throw error;
  }
}

/** The variables that the step uses. The others' buffers are no longer reserved. */
function usedOf({ used, buffers }: Recording, variables: readonly Place[]): Place[] {
  for (const { home } of variables) if (!used.has(home)) buffers.release(home);
  return variables.filter(({ home }) => used.has(home));
}

/** Runs the step, and the copies that each replay makes after it. */
function runRecorded<T extends TensorContainer>(recording: Recording, step: () => T, variables: Place[]) {
  const { context, buffers } = recording;
  const { backend } = context;
  const firstTensorId = tidy(() => scalar(0).id);
  const before = Object.values(engine().registeredVariables);
  recordChangingParts(recording, variables);
  const endRefusal = refuseRandomNumbers(() => recording.isActive);
  recording.stop = intercept(recording);
  try {
    const outputs = tidy(() => assertSynchronous(step()));
    if (recording.failure) throw recording.failure;
    assertNotDisposed(variables);
    assertNoNewVariables(before);
    const own = tensor_util.getTensorsInContainer(outputs).filter((one) => one.id > firstTensorId && !(one instanceof Variable));
    const outputPlaces = placeOutputs(backend, buffers, own);
    const assigned = variables.filter(({ holder, home }) => backend.tensorMap.get(holder.dataId).resource !== home);
    for (const { holder } of assigned) uploaded(backend, holder);
    settle(backend, buffers, assigned);
    for (const { home } of assigned) recording.used.add(home);
    assertNothingLeft(shapesLeft(recording, [...outputPlaces, ...variables]));
    for (const output of own) keep(output);
    return { outputs, outputPlaces };
  } finally {
    setActiveRecording(undefined);
    recording.stop();
    endRefusal();
  }
}

/** Lets optimisers give the numbers of a step anew for each replay. What they do to find them is not recorded. */
function recordChangingParts(recording: Recording, variables: readonly Place[]): void {
  const { backend, dispatcher } = recording.context;
  setActiveRecording({
    runChanging(attrs, run) {
      recording.stop!();
      const numbers = attrs();
      settle(
        backend,
        recording.buffers,
        variables.filter(({ holder, dataId }) => holder.dataId !== dataId),
      );
      recording.stop = intercept(recording);
      const uniforms: GPUBuffer[] = (recording.changingUniforms = []);
      run(numbers);
      recording.changingUniforms = undefined;
      const next = () => {
        const later = tidyNumbers(attrs);
        return dispatcher.uniformsOf(() => run(later));
      };
      recording.changing.push({ next, uniforms, written: [] });
    },
  });
}

function tidyNumbers<A>(attrs: () => A): A {
  let numbers: A;
  tidy(() => void (numbers = attrs()));
  return numbers!;
}

function assertNotDisposed(variables: readonly Place[]): void {
  const gone = variables.find(({ holder }) => holder.isDisposed)?.holder as Variable | undefined;
  if (gone) throw new Error(`record: step must not dispose of variables, but disposed of ${gone.name}`);
}

/** The shapes of what the step has made, and neither returned nor disposed of. */
function shapesLeft({ context: { backend }, made }: Recording, places: readonly Place[]): number[][] {
  flush(backend);
  const kept = new Set(places.map(({ holder }) => holder.dataId));
  const left = [...made].filter((dataId) => backend.tensorMap.has(dataId) && !kept.has(dataId));
  return left.map((dataId) => backend.tensorMap.get(dataId).shape);
}
