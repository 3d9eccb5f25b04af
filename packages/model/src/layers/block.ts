import { batchNormActivation, batchNormActivationInference, biasActivation, moveAverages } from '@cmcgan/tfjs-kernels';
import { add, concat, split, tensor, tidy } from '@tensorflow/tfjs-core';
import type { Activation, BatchNormActivationOptions } from '@cmcgan/tfjs-kernels';
import type { Tensor, Tensor1D, Tensor4D, Variable, serialization } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { LayerVariable, initializers } from '@tensorflow/tfjs-layers';
import { LEAKY_SLOPE } from '../architecture';
import type { Role } from '../paths';
import { averageMoves } from './apply-arguments';
import type { ApplyArguments, MovingStatistics } from './apply-arguments';
import { seededInitialValues } from './initial-values';
import type { Initialisation, InitialValue, InitialValues } from './initial-values';

/** Added to the variance, as in PyTorch. */
export const BATCH_NORM_EPSILON = 1e-5;

/** Momentum of the moving averages in TensorFlow.js' own training loop (`fit`). */
const FIT_MOMENTUM = 0.9;

/** What follows a block's product: batch normalisation or a bias, then the activation. */
export interface BlockEnding {
  normalisation: 'batch' | 'none';
  /** 'tanh' is possible only without normalisation. */
  activation: 'relu' | 'leakyRelu' | 'tanh' | 'linear';
  /** With batch normalisation, each role has a pair of moving averages; null for a single pair for all roles. */
  roles?: readonly Role[] | null;
}

/** Options of every block; plain JSON except `initialValues`. */
export interface BlockArguments extends BlockEnding {
  /** Prefix of the stable names of its weights. */
  name?: string;
  trainable?: boolean;
  initialisation?: Initialisation;
  /** Seed of the initial weights, together with their names. */
  seed?: number;
  /** Provides the initial weights instead; not saved with the layer. */
  initialValues?: InitialValues;
}

/** The arguments that TensorFlow.js passes to `call`: our options, and its own `training` during `fit`. */
type CallArguments = ApplyArguments & { training?: boolean };

/** The variable behind a layer's weight. */
export const variableOf = (weight: LayerVariable): Variable => weight.read() as Variable;

/**
 * A product with weights and what follows it, as one layer: batch normalisation or bias, then activation, fused if the backend supports
 * that. Weights are `gamma`, `beta` and `movingMean.<role>`, `movingVariance.<role>` (without the role if there is a single pair), or
 * `bias`.
 */
export abstract class Block<Arguments extends BlockArguments = BlockArguments> extends layers.Layer {
  readonly settings: Arguments;
  /** Weights by name, in the order of their creation. */
  readonly named = new Map<string, LayerVariable>();
  private readonly initialValues: InitialValues;
  private moving = new Map<Role | null, Record<keyof MovingStatistics, LayerVariable>>();

  constructor(given: Arguments) {
    const { name, trainable } = given;
    super({ ...(name === undefined ? {} : { name }), ...(trainable === undefined ? {} : { trainable }) });
    this.settings = given.roles ? { ...given, roles: given.roles.map(givenRole) } : given;
    this.initialValues = given.initialValues ?? seededInitialValues(given.seed ?? 0);
  }

  protected get initialisation(): Initialisation {
    return this.settings.initialisation ?? 'he';
  }

  protected addNamedWeight(name: string, shape: number[], initial: InitialValue, trainable = true): LayerVariable {
    const apply = () => {
      const values = this.initialValues(`${this.name}.${name}`, shape, initial);
      return values instanceof Float32Array ? tensor(values, shape) : values;
    };
    const initializer = { apply } as unknown as ReturnType<typeof initializers.zeros>; // addWeight calls nothing else of it
    const weight = this.addWeight(name, shape, 'float32', initializer, undefined, trainable);
    this.named.set(name, weight);
    return weight;
  }

  /** Adds the weights of what follows the product. */
  protected addEnding(channels: number): void {
    const { normalisation, activation, roles = null } = this.settings;
    if (normalisation === 'none') {
      this.addNamedWeight('bias', [channels], { constant: 0 });
      return;
    }
    if (activation === 'tanh') throw new Error(`${this.name}: normalisation must be none with the activation tanh, got batch`);
    this.addNamedWeight('gamma', [channels], { constant: 1 });
    this.addNamedWeight('beta', [channels], { constant: 0 });
    for (const role of roles ?? [null]) {
      const suffix = role === null ? '' : `.${role}`;
      this.moving.set(role, {
        mean: this.addNamedWeight(`movingMean${suffix}`, [channels], { constant: 0 }, false),
        variance: this.addNamedWeight(`movingVariance${suffix}`, [channels], { constant: 1 }, false),
      });
    }
  }

  /** Applies what follows the product: [B, H, W, C] (or [B, C] without normalisation) → the same shape. */
  protected end(x: Tensor, options: CallArguments): Tensor {
    const { normalisation, activation } = this.settings;
    if (normalisation === 'batch') return this.normalise(x as Tensor4D, options);
    const bias = this.weight('bias') as Tensor as Tensor1D;
    if (activation === 'linear') return add(x, bias);
    return biasActivation(x as Tensor4D, bias, { activation, alpha: LEAKY_SLOPE });
  }

  protected weight(name: string): Variable {
    return variableOf(this.named.get(name)!);
  }

  private normalise(x: Tensor4D, { role, statistics, training, onStatistics }: CallArguments): Tensor4D {
    const [gamma, beta] = [this.weight('gamma') as Variable & Tensor1D, this.weight('beta')];
    const moving = this.movingOf(role, x.shape[0]);
    const fits = training === true && this.trainable && gamma.trainable; // a frozen model freezes its weights, not its layers
    if ((statistics ?? (fits ? 'batch' : 'moving')) === 'moving') return this.normaliseByAverages(x, moving);
    const { y, mean, variance } = batchNormActivation(x, gamma, beta, { ...this.activation, groups: moving.length });
    const update = { mean, variance, moving };
    if (onStatistics !== undefined) onStatistics(update);
    else if (fits) moveAverages(averageMoves(update), FIT_MOMENTUM);
    return y;
  }

  private normaliseByAverages(x: Tensor4D, moving: readonly MovingStatistics[]): Tensor4D {
    const weights = { gamma: this.weight('gamma'), beta: this.weight('beta') };
    const blocks: Tensor4D[] = moving.length === 1 ? [x] : split(x, moving.length);
    const results = blocks.map((block, role) =>
      batchNormActivationInference(block, { ...weights, ...moving[role] }, this.activation),
    );
    return results.length === 1 ? results[0] : concat(results);
  }

  private get activation(): BatchNormActivationOptions {
    return { activation: this.settings.activation as Activation, alpha: LEAKY_SLOPE, epsilon: BATCH_NORM_EPSILON };
  }

  /** The moving averages of each role of a batch; by default of the first one. */
  private movingOf(role: ApplyArguments['role'], batchSize: number): MovingStatistics[] {
    const roles = Array.isArray(role) ? (role as Role[]) : [role as Role | undefined];
    if (roles.length === 0 || batchSize % roles.length !== 0) {
      throw new Error(
        `${this.name}: role must list roles whose number divides the batch of ${batchSize}, got ${roles.length} roles`,
      );
    }
    return roles.map((each) => {
      const found = this.moving.get(null) ?? this.moving.get(each ?? [...this.moving.keys()][0]);
      if (found !== undefined) return { mean: variableOf(found.mean), variance: variableOf(found.variance) };
      throw new Error(`${this.name}: role must be one of ${[...this.moving.keys()].join(', ')}, got ${each}`);
    });
  }

  override getConfig(): serialization.ConfigDict {
    const { initialValues: _, roles, ...plain } = this.settings;
    return {
      ...super.getConfig(),
      ...(plain as serialization.ConfigDict),
      name: this.name,
      ...(roles && { roles: roles.map(savedRole) }),
    };
  }
}

/** A role as saved in a topology: TensorFlow.js changes capitals in every string whose key is not a name. */
interface SavedRole {
  name: Role;
  [key: string]: string;
}

const savedRole = (role: Role | SavedRole): SavedRole => (typeof role === 'string' ? { name: role } : role);
const givenRole = (role: Role | SavedRole): Role => (typeof role === 'string' ? role : role.name);

/** The single input tensor of a layer. */
export function onlyInput(inputs: Tensor | Tensor[]): Tensor4D {
  return (Array.isArray(inputs) ? inputs[0] : inputs) as Tensor4D;
}

/** Runs a layer's call and disposes all tensors except its result. */
export const scoped = (compute: () => Tensor): Tensor => tidy(compute);
