import { useEffect, useState } from 'preact/hooks';

/** A value that changes, and those who want to know. */
export interface Store<State> {
  get(): State;
  set(changes: Partial<State>): void;
  /** @returns a function that ends it */
  subscribe(listener: () => void): () => void;
}

export function createStore<State extends object>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(changes) {
      state = { ...state, ...changes };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The state of a store, for a component, which is drawn again when it changes. */
export function useStore<State>({ get, subscribe }: Store<State>): State {
  const [state, setState] = useState(get);
  useEffect(() => {
    setState(get());
    return subscribe(() => setState(get()));
  }, [get, subscribe]);
  return state;
}
