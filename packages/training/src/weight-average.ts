import type { ChenGan, Cmcgan } from '@cmcgan/model';
import { moveAverages } from '@cmcgan/tfjs-kernels';
import { mul, tidy } from '@tensorflow/tfjs-core';
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

const ofDiscriminator = (name: string) => name.startsWith('discriminator.');

function entriesOf(tensors: Record<string, Variable>, judging: boolean): Record<string, Variable> {
  return Object.fromEntries(Object.entries(tensors).filter(([name]) => ofDiscriminator(name) === judging));
}

/** The decay after n = `updates` updates: min(decay, (1 + n) / (10 + n)), so that the first weights are soon forgotten. */
export function decayAfter(updates: number, decay: number): number {
  return Math.min(decay, (1 + updates) / (10 + updates));
}

/**
 * Starts an average of `trained`'s generator. After each step, average = d · average + (1 - d) · weights, where d is {@link decayAfter}.
 *
 * @param copy a model of the same configuration with any weights, whose generator becomes the average; its discriminator is disposed of
 * @param decay in [0, 1)
 */
export function createWeightAverage(trained: Model, copy: Model, decay: number): WeightAverage {
  const weights = entriesOf(trained.tensors(), false);
  const averaged = entriesOf(copy.tensors(), false);
  Object.values(entriesOf(copy.tensors(), true)).forEach((variable) => variable.dispose());
  // Through a product, whose result has its own memory: the trained variables are changed in place from the first step on.
  tidy(() => Object.entries(averaged).forEach(([name, variable]) => variable.assign(mul(weights[name], 1))));
  const judging = { discriminator: trained.discriminator, discriminatorVariables: trained.discriminatorVariables };
  const tensors = () => ({ ...averaged, ...entriesOf(trained.tensors(), true) });
  let updates = 0;
  return {
    model: { ...copy, ...judging, tensors } as Model,
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
    dispose: () => Object.values(averaged).forEach((variable) => variable.dispose()),
  };
}

function clones(variables: Readonly<Record<string, Variable>>): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(variables).map(([name, variable]) => [name, variable.clone()]));
}
