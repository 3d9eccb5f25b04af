import type { Random } from '@cmcgan/random';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import { scalar } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';

/** A JSON value. JSON has no NaN and no infinities: write null or leave the key out. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** State that is kept from one step to the next. */
export interface ResumableState {
  readonly json?: Json;
  /** Tensors by names without '='. They are copies, which the caller disposes of. */
  readonly tensors?: Readonly<Record<string, Tensor>>;
}

/**
 * State that a run needs in order to continue as if it had never stopped. Every checkpoint holds the state of all resumables: the JSON in
 * training.json under `states`, the tensors in `<name>.safetensors`.
 */
export interface Resumable {
  /** Unique in a run; letters and dashes, as it names a file. */
  readonly name: string;
  /** Whether a checkpoint without this state can be resumed; the state then starts afresh, with a note. */
  readonly optional?: boolean;
  state(): ResumableState;
  /** Restores what `state` returned; the caller keeps the tensors. Throws if the state doesn't fit. */
  restore(state: Required<ResumableState>): void;
}

const optimizerState = z.object({ stepCount: z.int().min(0) });
const words = z.array(z.int()).length(4);
const randomState = z.object({ origin: words, words });

/** A resumable for an optimiser's slots and step count. */
export function optimizerResumable(name: string, optimizer: Optimizer): Resumable {
  return {
    name,
    state() {
      const { stepCount, ...tensors } = optimizer.state();
      stepCount.dispose();
      return { json: { stepCount: optimizer.stepCount }, tensors };
    },
    restore({ json, tensors }) {
      const stepCount = scalar(optimizerState.parse(json).stepCount, 'int32');
      try {
        optimizer.restore({ ...tensors, stepCount });
      } finally {
        stepCount.dispose();
      }
    },
  };
}

/** A resumable for a random stream. */
export function randomResumable(name: string, random: Random): Resumable {
  return {
    name,
    state() {
      const { origin, words } = random.getState();
      return { json: { origin, words } };
    },
    restore: ({ json }) => random.setState(randomState.parse(json)),
  };
}
