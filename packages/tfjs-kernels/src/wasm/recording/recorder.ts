import { engine, keep, tensor_util, tidy, util, Variable } from '@tensorflow/tfjs-core';
import type { NamedAttrMap, Tensor, Tensor1D, TensorContainer } from '@tensorflow/tfjs-core';
import { setActiveRecording } from '../../record';
import type { OnPause, PausingStep, Recorder } from '../../record';
import { assertNoNewVariables, assertNothingLeft, assertSynchronous } from '../../recording-rules';
import type { KernelContext } from '../context';
import { withContext } from './context-in-use';
import { writeList } from './list';
import { memoryGuardOf } from './memory-guard';
import { addressOf, floatsOf, giveData, moveAway, placeOf, settle } from './places';
import type { Place } from './places';
import { createReplayer } from './replayer';
import type { Pause, Replayer } from './replayer';
import { createTape } from './tape';
import { watchStep } from './watch-step';
import type { Session } from './watch-step';

/** Records steps on the wasm backend. `current` gives its present context. */
export function createRecorder(current: () => KernelContext): Recorder {
  const noPause = () => Promise.resolve();
  return {
    record: (step, inputs) => recordStep(current, () => withoutPauses(step), { inputs, onPause: noPause }),
    async recordWithPauses(step, inputs, onPause) {
      const { replayWithPauses, ...recorded } = await recordStep(current, step, { inputs, onPause });
      return { ...recorded, replay: replayWithPauses };
    },
  };
}

// eslint-disable-next-line require-yield -- it has no pauses
function* withoutPauses<T extends TensorContainer>(step: () => T): PausingStep<T> {
  return tidy(() => assertSynchronous(step()));
}

interface StepOptions {
  inputs: readonly Tensor[];
  onPause: OnPause;
}

async function recordStep<T extends TensorContainer>(
  current: () => KernelContext,
  step: () => PausingStep<T>,
  { inputs, onPause }: StepOptions,
): Promise<Replayer<T>> {
  const context = current();
  const session = openSession(context);
  const variables = Object.values(engine().registeredVariables);
  const places = placesOf(session, [...variables, ...inputs]);
  try {
    const { outputs, pauses } = await runRecorded(session, step, { places, onPause });
    assertNoNewVariables(variables);
    const outputPlaces = placeOutputs(session, outputs, inputs);
    writeBack(session, places);
    assertNothingLeft(shapesLeft(session, outputPlaces));
    holdOutside(session);
    const starts = [0, ...pauses.map(({ groups }) => groups)];
    const lists = starts.map((start, i) =>
      writeList(context.heap, session.tape.groups.slice(start, starts[i + 1]), session.constants.allocate),
    );
    return createReplayer({ session, current, context, lists, pauses, onPause, outputs, places, outputPlaces });
  } catch (error) {
    closeSession(session);
    throw error;
  }
}

function openSession(context: KernelContext): Session {
  const { backend } = context.heap;
  const guard = memoryGuardOf(backend);
  const [arena, constants] = [guard.createArena({ reuses: true }), guard.createArena({ reuses: false })];
  const tape = createTape(context, arena, constants);
  return { owner: {}, backend, guard, arena, constants, tape, made: new Set(), isRecording: false };
}

/** Frees the memory of a recording that failed. What its step has made and left keeps its values. */
function closeSession({ owner, backend, guard, arena, constants, tape, made }: Session): void {
  for (const dataId of made) if (backend.dataIdMap.has(dataId)) moveAway(backend, dataId);
  for (const call of tape.calls) call.dispose();
  guard.release(owner, [arena, constants]);
}

/** The places of tensors that the step may read or change, each alone in its memory, which is held. */
function placesOf({ backend, guard, owner }: Session, holders: readonly Tensor[]): Place[] {
  return [...new Set(holders)].flatMap((holder) => {
    const place = placeOf(backend, holder);
    if (!place) return [];
    settle(backend, guard, [place]); // before the next one is placed, which may share its memory
    guard.hold(owner, place.address);
    return [place];
  });
}

/** Runs the step's parts, each recorded, and what happens in the pauses between them. */
async function runRecorded<T extends TensorContainer>(
  session: Session,
  step: () => PausingStep<T>,
  { places, onPause }: { places: readonly Place[]; onPause: OnPause },
): Promise<{ outputs: T; pauses: Pause[] }> {
  const { backend, tape } = session;
  const parts = step();
  const pauses: Pause[] = [];
  let next = runPart(session, places, () => parts.next());
  while (!next.done) {
    const yielded: Tensor1D = next.value;
    const place = placeOf(backend, yielded);
    if (!place || yielded.dtype !== 'float32')
      throw new Error(`recordWithPauses: step must yield float32 tensors, got ${yielded.dtype}`);
    pauses.push({ ...place, groups: tape.groups.length });
    await onPause(floatsOf(backend, place));
    next = runPart(session, places, () => parts.next(yielded));
  }
  return { outputs: next.value, pauses };
}

function runPart<R>(session: Session, places: readonly Place[], run: () => R): R {
  const { backend, guard, arena, tape, owner } = session;
  const setRecording = (isRecording: boolean): void => {
    session.isRecording = isRecording;
    guard.allocateFrom(isRecording ? arena : undefined);
  };
  const unrecorded = <A>(other: () => A): A => {
    const before = places.map(({ holder }) => holder.dataId);
    setRecording(false);
    try {
      return withContext(undefined, other);
    } finally {
      // What it assigns to variables is not the step's, and is not written back in each replay.
      const assigned = places.filter(({ holder }, index) => holder.dataId !== before[index]);
      settle(backend, guard, assigned);
      setRecording(true);
    }
  };
  setActiveRecording({
    runChanging(attrs, change) {
      const next = (): NamedAttrMap => attrs() as NamedAttrMap;
      tape.runChanging(next, unrecorded(next), (numbers) => change(numbers as never));
    },
  });
  const endWatch = watchStep(session);
  guard.keepFreed(owner);
  setRecording(true);
  try {
    return withContext(tape.context, run);
  } finally {
    setRecording(false);
    guard.stopKeeping();
    endWatch();
    setActiveRecording(undefined);
  }
}

/** Gives every output memory of its own, which nothing else of the recording uses. Inputs and variables stay where they are. */
function placeOutputs(
  { backend, arena, constants, tape, made }: Session,
  outputs: TensorContainer,
  inputs: readonly Tensor[],
): Place[] {
  const tensors = new Set(tensor_util.getTensorsInContainer(outputs));
  const own = [...tensors].filter((tensor) => !(tensor instanceof Variable) && !inputs.includes(tensor));
  return own.map((tensor) => {
    const { memoryOffset: source, refCount } = backend.dataIdMap.get(keep(tensor).dataId);
    const bytes = tensor.size * util.bytesPerElement(tensor.dtype);
    if (refCount > 1 || !(arena.owns(source) || constants.owns(source))) {
      const address = arena.allocate(bytes);
      tape.copy(source, address, bytes);
      giveData(backend, tensor, address);
      made.add(tensor.dataId);
    }
    return placeOf(backend, tensor) as Place;
  });
}

/** Copies what the step assigned to variables to where they were, as each replay will, and lets them stay there. */
function writeBack({ backend, guard, arena, tape }: Session, places: readonly Place[]): void {
  const variables = places.filter(({ holder }) => holder instanceof Variable);
  const gone = variables.find(({ holder }) => holder.isDisposed)?.holder as Variable | undefined;
  if (gone) throw new Error(`record: step must not dispose of variables, but disposed of ${gone.name}`);
  const assigned = variables.filter(({ holder, address }) => addressOf(backend, holder) !== address);
  // As in `settle`, values leave the others' places before any place is overwritten.
  const homes = new Set(assigned.map(({ address }) => address));
  for (const { holder, bytes } of assigned.filter(({ holder }) => homes.has(addressOf(backend, holder)))) {
    const copy = arena.allocate(bytes);
    tape.copy(addressOf(backend, holder), copy, bytes);
    giveData(backend, holder, copy);
  }
  for (const { holder, address, bytes } of assigned) tape.copy(addressOf(backend, holder), address, bytes);
  settle(backend, guard, variables);
}

/** The shapes of what the step has made, and neither returned nor disposed of. */
function shapesLeft({ backend, made }: Session, outputs: readonly Place[]): number[][] {
  const returned = new Set(outputs.map(({ dataId }) => dataId));
  const left = [...made].filter((dataId) => backend.dataIdMap.has(dataId) && !returned.has(dataId));
  return left.map((dataId) => backend.dataIdMap.get(dataId).shape);
}

/** Keeps the memory of all other tensors that the step has read, beyond their end. */
function holdOutside({ owner, guard, arena, constants, tape }: Session): void {
  const isOutside = (address: number): boolean => !arena.owns(address) && !constants.owns(address);
  for (const { reads } of tape.groups) {
    for (const { start } of reads) if (isOutside(start)) guard.hold(owner, start);
  }
}
