import type { Optimizer } from '@cmcgan/tfjs-kernels';
import { scalar } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Resumable } from './resumable';

const stateSchema = z.object({ stepCount: z.int().min(0) });

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
      const stepCount = scalar(stateSchema.parse(json).stepCount, 'int32');
      try {
        optimizer.restore({ ...tensors, stepCount });
      } finally {
        stepCount.dispose();
      }
    },
  };
}
