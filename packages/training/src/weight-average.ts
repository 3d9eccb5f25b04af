import { copyGenerator, type ChenGan, type Cmcgan } from '@cmcgan/model';
import { moveAverages } from '@cmcgan/tfjs-kernels';
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Resumable } from './resumable';
import { copyTensors } from './copy-tensors';

type Model = Cmcgan | ChenGan;

/** An exponential moving average (EMA) of a generator's weights and batch-norm averages, usable as a model. */
export interface WeightAverage {
  /** The averaged generator with the trained discriminator: the model to generate with, which a checkpoint's model.safetensors holds. */
  readonly model: Model;
  /** Adds the trained weights to the average. To be called after each step. */
  update(): void;
  /** Resets the average to the trained weights, as before the first step. */
  restart(): void;
  /** Copies the averaged weights to the trained model. */
  give(): void;
  /** State for checkpoints: the trained generator, from which training continues, and the number of updates. */
  readonly resumable: Resumable;
  /** Disposes of the average, not of the trained model. */
  dispose(): void;
}

const stateSchema = z.object({ updates: z.int().min(0) });

/** The variables of a model's generator, moving averages included, by name. */
const generatorOf = (model: Model): Record<string, Variable> =>
  Object.fromEntries(Object.entries(model.tensors()).filter(([name]) => !name.startsWith('discriminator.')));

/** The decay after n = `updates` updates: min(decay, (1 + n) / (10 + n)), so that the first weights are soon forgotten. */
export function decayAfter(updates: number, decay: number): number {
  return Math.min(decay, (1 + updates) / (10 + updates));
}

/**
 * Starts an average of `trained`'s generator. After each step, average = d · average + (1 - d) · weights, where d is `decay`, or
 * (1 + n) / (10 + n) after n updates while that is less: so the first weights are soon forgotten.
 *
 * @param decay in [0, 1)
 */
export function createWeightAverage(trained: Model, decay: number): WeightAverage {
  const model = copyGenerator(trained);
  const [weights, averaged] = [generatorOf(trained), generatorOf(model)];
  let updates = 0;
  return {
    model,
    update() {
      const moves = Object.entries(averaged).map(([name, average]) => ({ average, values: [weights[name]] }));
      moveAverages(moves, decayAfter(updates++, decay));
    },
    restart() {
      updates = 0;
      copyTensors(weights, averaged);
    },
    give: () => copyTensors(averaged, weights),
    resumable: {
      name: 'trained-weights',
      state: () => ({ json: { updates }, tensors: clones(weights) }),
      restore({ json, tensors: saved }) {
        updates = stateSchema.parse(json).updates;
        copyTensors(saved, weights);
      },
    },
    dispose: () => model.dispose(),
  };
}

function clones(variables: Readonly<Record<string, Variable>>): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(variables).map(([name, variable]) => [name, variable.clone()]));
}
