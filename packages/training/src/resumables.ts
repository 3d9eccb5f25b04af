import type { Random } from '@cmcgan/random';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import { scalar } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Resumable } from './resumable';

const optimizerState = z.object({ stepCount: z.int().min(0) });
const words = z.array(z.int()).length(4);
const randomState = z.object({ origin: words, words });

/** An optimiser's slots and step count as state of a checkpoint. */
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

/** A stream of random numbers as state of a checkpoint. */
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
