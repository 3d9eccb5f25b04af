import { seededNormal } from '@cmcgan/random';
import type { Modality } from '@cmcgan/model';
import { add, dispose, matMul, tensor2d, variable, zeros } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core';

/** The features of a batch by modality, [B, F]; null: the modality is missing. */
export type GivenFeatures = Readonly<Record<Modality, Tensor2D | null>>;

/** The part of a classifier after its image trunk and its sound trunk; it can do without one of them. */
export interface RobustHead {
  readonly variables: readonly Variable[];
  /** Tensors that are not trained. */
  readonly constants: readonly Tensor[];
  /** Features of at least one modality → logits [B, classes]. */
  logits(features: GivenFeatures): Tensor2D;
  /** A loss of the complete training batch besides cross-entropy. */
  penalty(features: Readonly<Record<Modality, Tensor2D>>): Scalar;
}

/** What heads are built from. */
export interface HeadSource {
  /** Length of each modality's features. */
  readonly featureSizes: Readonly<Record<Modality, number>>;
  readonly classCount: number;
  readonly seed: number;
}

/** A fully connected layer. */
export interface Dense {
  readonly variables: readonly Variable[];
  apply(x: Tensor2D): Tensor2D;
}

/** Creates a fully connected layer with He initialisation, drawn from the seed and the name. */
export function dense(name: string, { inputs, units, seed }: { inputs: number; units: number; seed: number }): Dense {
  const initial = tensor2d(seededNormal(seed, name, inputs * units, Math.sqrt(2 / inputs)), [inputs, units]);
  const none = zeros([1, units]);
  const [weight, bias] = [variable(initial) as Variable, variable(none) as Variable];
  dispose([initial, none]);
  return { variables: [weight, bias], apply: (x) => add(matMul(x, weight as unknown as Tensor2D), bias) };
}
