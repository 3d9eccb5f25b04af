import { tidy, Variable } from '@tensorflow/tfjs-core';
import type { NamedAttrMap, Tensor, TensorContainer, TypedArray } from '@tensorflow/tfjs-core';
import type { OnPause, Recorded } from '../../record';
import { assertInUse, assertVariablesHeld } from '../../recording-rules';
import type { KernelContext } from '../context';
import { forgetPacked, withRecordedTensors } from './calls';
import { withContext } from './context-in-use';
import type { List } from './list';
import { floatsOf, moveAway, settle, writePlace } from './places';
import type { Place } from './places';
import type { Session } from './watch-step';

export interface Recording<T> {
  session: Session;
  /** The context in which the step was recorded, and the present one. */
  context: KernelContext;
  current: () => KernelContext;
  /** One for each part of the step, which pauses between them. */
  lists: readonly List[];
  pauses: readonly Pause[];
  onPause: OnPause;
  outputs: T;
  /** Of variables and inputs. */
  places: readonly Place[];
  outputPlaces: readonly Place[];
}

/** Where a step pauses: the place of the tensor that it yields, and how many groups are recorded by then. */
export type Pause = Place & { readonly groups: number };

/** Replays a step without pauses, or one with them. */
export interface Replayer<T> extends Recorded<T> {
  replayWithPauses(): Promise<void>;
}

/** A step whose kernels are recorded in lists. */
export function createReplayer<T extends TensorContainer>(recording: Recording<T>): Replayer<T> {
  const { session, lists, pauses, onPause, outputs, places, outputPlaces } = recording;
  const { backend, guard } = session;
  const { calls, changing } = session.tape;
  let isDisposed = false;
  const changed = changedVariables(recording);
  const assertUsable = (caller: string): void => {
    assertInUse(caller, isDisposed);
    const reason = reasonToRecordAgain(recording);
    if (reason) throw new Error(`${caller}: ${reason}; record the step again`);
  };
  const begin = (): void => {
    assertUsable('replay');
    for (const { next, targets } of changing) {
      let attrs: NamedAttrMap = {};
      tidy(() => void (attrs = next()));
      for (const target of targets) target(attrs);
    }
    assertVariablesHeld(places.map(({ holder }) => holder));
  };
  const run = (list: List): void => {
    settle(backend, guard, [...places, ...outputPlaces]);
    runList(recording.current(), list, list.calls.length > 0);
  };
  const end = (): void => {
    for (const { dataId } of changed) forgetPacked(backend, dataId);
  };
  return {
    outputs,
    write(input: Tensor, values: TypedArray | Tensor) {
      assertUsable('write');
      const place = places.find(({ holder }) => holder === input && !(holder instanceof Variable));
      if (!place) throw new Error('write: input must be one of the inputs that were given to record, got another tensor');
      settle(backend, guard, [place]);
      writePlace(backend, place, values);
    },
    replay() {
      begin();
      lists.forEach(run);
      end();
    },
    async replayWithPauses() {
      begin();
      for (const [index, list] of lists.entries()) {
        run(list);
        if (index < pauses.length) await onPause(floatsOf(backend, pauses[index]));
      }
      end();
    },
    isUsable: () => !isDisposed && reasonToRecordAgain(recording) === undefined,
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      if (!backend.wasm) return; // disposed of, with its memory
      for (const { holder, dataId } of outputPlaces) {
        holder.dispose();
        if (backend.dataIdMap.has(dataId)) moveAway(backend, dataId); // clones go on
      }
      for (const call of calls) call.dispose();
      guard.release(session.owner, [session.arena, session.constants]);
    },
  };
}

/** Runs a list; kernels that it calls run their jobs on this thread, since all others walk the list. */
function runList({ heap, pool }: KernelContext, { address, calls }: List, hasCalls: boolean): void {
  if (!hasCalls) return pool.replay(address, calls);
  const run: typeof pool.run = (operation, job, jobs) => pool.run(operation, job, jobs, true);
  const alone: KernelContext = { heap, pool: { ...pool, threads: pool.threads, run } };
  withRecordedTensors(heap.backend, () => withContext(alone, () => pool.replay(address, calls)));
}

/** The variables that a replay changes. */
function changedVariables({ session, places }: Pick<Recording<unknown>, 'session' | 'places'>): Place[] {
  const written = new Set(session.tape.groups.flatMap(({ writes }) => writes.map(({ start }) => start)));
  return places.filter(({ holder, address }) => holder instanceof Variable && written.has(address));
}

/** Why a recording has ended; undefined if it hasn't. */
function reasonToRecordAgain({ context, current }: Pick<Recording<unknown>, 'context' | 'current'>): string | undefined {
  const { heap, pool } = current();
  if (heap.backend !== context.heap.backend || !heap.backend.wasm)
    return 'the wasm backend must be the one that recorded the step, but it was restarted';
  if (pool.module !== context.pool.module)
    return 'the variant must be the one that recorded the step, but useWasmKernels has changed it';
  return undefined;
}
