import type { StudioState } from './state';
import type { Store } from './store';

/** Throws if another turn has begun: nobody waits for this one's result any more. */
export type Go = () => void;

/** Takes a turn, which ends as soon as another one begins. An error is shown. */
export type TakeTurn = (work: (go: Go) => Promise<void>) => Promise<void>;

class Superseded extends Error {}

/** A function that takes turns, one at a time, and says on the page when none is left. */
export function createTurns({ set }: Store<StudioState>): TakeTurn {
  let turn = 0;
  return async (work) => {
    const mine = ++turn;
    try {
      await work(() => {
        if (mine !== turn) throw new Superseded();
      });
      if (mine === turn) set({ busy: undefined });
    } catch (error) {
      if (mine === turn) set({ busy: undefined, error: sentenceOf(error) });
    }
  };
}

/** An error without the name of the function that it comes from, which readers of the page did not call. */
export function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^\w+: /, '');
}
