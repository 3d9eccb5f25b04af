import {
  AdadeltaOptimizer,
  AdagradOptimizer,
  AdamaxOptimizer,
  AdamOptimizer,
  engine,
  fill,
  getBackend,
  getKernel,
  mul,
  MomentumOptimizer,
  RMSPropOptimizer,
  scalar,
  SGDOptimizer,
  tidy,
  zerosLike,
} from '@tensorflow/tfjs-core';
import type { Optimizer, Scalar, Tensor, Variable } from '@tensorflow/tfjs-core';
import { FUSED_KERNELS } from './fused-kernels';
import type { FusedKernelName } from './fused-kernels';
import { canChangeInPlace, runInPlace } from './in-place';

type Gradients = Parameters<Optimizer['applyGradients']>[0];

/** An optimiser's slots per variable, in the order in which it first saw the variables. */
type Slots = { originalName: string; variable: Variable }[];

/** Fields of TensorFlow.js' optimisers that their types hide. */
interface State {
  learningRate: number;
  epsilon: number;
  beta1: number;
  beta2: number;
  rho: number;
  decay: number;
  momentum: number;
  centered: boolean;
  useNesterov: boolean;
  initialAccumulatorValue: number;
  c: Scalar;
  m: Scalar;
  accBeta1: Variable;
  accBeta2: Variable;
  iteration: Variable;
  iterations: number;
  accumulatedFirstMoment: Slots;
  accumulatedSecondMoment: Slots;
  accumulatedWeightedInfNorm: Slots;
  accumulatedMeanSquares: Slots;
  accumulatedMoments: Slots;
  accumulatedMeanGrads: Slots;
  accumulations: Slots;
  accumulatedGrads: Slots;
  accumulatedUpdates: Slots;
  incrementIterations(): void;
}

/** How to take one step in place. */
interface Step {
  kernelName: FusedKernelName;
  /** The numbers of the step that is about to be taken. */
  attrs: () => Record<string, number>;
  /** Lists of slots, and the suffixes of their names. */
  slots: [list: Slots, suffix: string][];
  /** The first value of a slot; default 0. */
  initialValue?: number;
}

/** As numbered in assembly/stock-optimizers.ts. */
const Rule = { gradientDescent: 0, nesterov: 1, rmsProp: 2, centredRmsProp: 3, adagrad: 4, adamax: 5, adadelta: 6 } as const;

const numberOf = (tensor: Tensor): number => tensor.dataSync()[0];

/** The power of a beta that the optimiser's own variable `accBeta1` or `accBeta2` holds before the next step; a GPU's can't be read here. */
const powerOf = (beta: number, { iterations }: State): number => beta ** (iterations + 1);

const steps = (rule: number, slots: Step['slots'], attrs: Step['attrs']): Pick<Step, 'kernelName' | 'attrs' | 'slots'> => ({
  kernelName: FUSED_KERNELS.stockOptimizerSteps,
  attrs: () => ({ rule, slots: slots.length, ...attrs() }),
  slots,
});

function adamStep(state: State): Step {
  return {
    kernelName: FUSED_KERNELS.adamSteps,
    attrs: () => {
      const { learningRate, beta1, beta2, epsilon } = state;
      const secondCorrection = Math.sqrt(1 - powerOf(beta2, state));
      const stepSize = (learningRate * secondCorrection) / (1 - powerOf(beta1, state));
      return { beta1, beta2, stepSize, epsilon: epsilon * secondCorrection };
    },
    slots: [
      [state.accumulatedFirstMoment, 'm'],
      [state.accumulatedSecondMoment, 'v'],
    ],
  };
}

// The optimiser reads its rate and momentum from tensors, but setMomentum doesn't change its own.
const sgdStep = (state: State): Step => steps(Rule.gradientDescent, [], () => ({ learningRate: -numberOf(state.c) }));

function momentumStep(state: State): Step {
  const numbers = () => ({ learningRate: -numberOf(state.c), momentum: numberOf(state.m) });
  const slots: Step['slots'] = [[state.accumulations, 'momentum']];
  if (!state.useNesterov) return { kernelName: FUSED_KERNELS.momentumSteps, attrs: numbers, slots };
  return steps(Rule.nesterov, slots, () => {
    const { learningRate, momentum } = numbers();
    return { learningRate, decay: momentum };
  });
}

function rmsPropStep(state: State): Step {
  const { centered, accumulatedMeanSquares, accumulatedMoments, accumulatedMeanGrads } = state;
  const slots: Step['slots'] = [
    [accumulatedMeanSquares, 'rms'],
    [accumulatedMoments, 'momentum'],
  ];
  if (centered) slots.push([accumulatedMeanGrads, 'mg']);
  return steps(centered ? Rule.centredRmsProp : Rule.rmsProp, slots, () => {
    const { learningRate, decay, momentum, epsilon } = state;
    return { learningRate, decay, momentum, epsilon };
  });
}

function adagradStep(state: State): Step {
  const attrs = () => ({ learningRate: state.learningRate, epsilon: engine().backend.epsilon() });
  const slots: Step['slots'] = [[state.accumulatedGrads, 'accumulator']];
  return { ...steps(Rule.adagrad, slots, attrs), initialValue: state.initialAccumulatorValue };
}

function adamaxStep(state: State): Step {
  const slots: Step['slots'] = [
    [state.accumulatedFirstMoment, 'm'],
    [state.accumulatedWeightedInfNorm, 'v'],
  ];
  return steps(Rule.adamax, slots, () => {
    const { beta1: momentum, beta2: decay, epsilon } = state;
    const rate = state.learningRate / (state.iterations * state.decay + 1);
    return { learningRate: rate / (1 - powerOf(momentum, state)), momentum, decay, epsilon };
  });
}

function adadeltaStep(state: State): Step {
  const slots: Step['slots'] = [
    [state.accumulatedGrads, 'accum_grad'],
    [state.accumulatedUpdates, 'accum_var'],
  ];
  return steps(Rule.adadelta, slots, () => {
    const { learningRate, rho: decay, epsilon } = state;
    return { learningRate, decay, epsilon };
  });
}

/** Updates the optimiser's other state once a step is counted. */
const advanceAdam = (state: State): void => {
  state.accBeta1.assign(scalar(powerOf(state.beta1, state)));
  state.accBeta2.assign(scalar(powerOf(state.beta2, state)));
};
const advanceAdamax = (state: State): void => {
  state.iteration.assign(scalar(state.iterations));
  state.accBeta1.assign(scalar(powerOf(state.beta1, state)));
};
const nothing = (): void => undefined;

const OPTIMIZERS: [{ prototype: Optimizer }, (state: State) => Step, (state: State) => void][] = [
  [AdamOptimizer, adamStep, advanceAdam],
  [SGDOptimizer, sgdStep, nothing],
  [MomentumOptimizer, momentumStep, nothing],
  [RMSPropOptimizer, rmsPropStep, nothing],
  [AdagradOptimizer, adagradStep, nothing],
  [AdamaxOptimizer, adamaxStep, advanceAdamax],
  [AdadeltaOptimizer, adadeltaStep, nothing],
];

/** Marks an optimiser for every copy of this file: the package's entries may each bundle one. */
const IS_FAST = Symbol.for('@cmcgan/tfjs-kernels/fast');

/**
 * Makes `tf.train.adam` and TensorFlow.js' other optimisers update their variables and slots in place, if the current backend has the
 * kernels; on other backends they work as before, except for centred RMSProp. The slots stay where `getWeights` looks for them.
 */
export function speedStockOptimizersUp(): void {
  for (const [{ prototype }, stepOf, advance] of OPTIMIZERS) {
    if (Object.hasOwn(prototype, IS_FAST)) continue;
    Object.defineProperty(prototype, IS_FAST, { value: true });
    const applyStock = prototype.applyGradients;
    prototype.applyGradients = function (this: Optimizer, gradients: Gradients) {
      const state = this as unknown as State;
      const pairs = pairsOf(gradients);
      if (!isCovered(pairs)) return withEpsilonAdded(state, () => applyStock.call(this, gradients));
      const step = stepOf(state);
      const attrs = () => {
        const numbers = step.attrs();
        state.incrementIterations();
        tidy(() => advance(state));
        return numbers;
      };
      applyInPlace({ ...step, attrs }, pairs);
    };
  }
}

/**
 * Calls tfjs-core's own step, with the sign of a centred RMSProp's epsilon changed: it subtracts epsilon from the variance, where TensorFlow
 * adds it, and makes NaN of a gradient that does not vary.
 */
function withEpsilonAdded(state: State, step: () => void): void {
  const { epsilon, centered } = state;
  if (!centered) return step();
  try {
    state.epsilon = -Math.abs(epsilon);
    step();
  } finally {
    state.epsilon = epsilon;
  }
}

/** A variable and its gradient; null where it has none. */
type Pair = [value: Variable, gradient: Tensor | null];

function pairsOf(gradients: Gradients): Pair[] {
  const { registeredVariables } = engine();
  if (Array.isArray(gradients)) return gradients.map(({ name, tensor }) => [registeredVariables[name], tensor]);
  return Object.entries(gradients).map(([name, tensor]) => [registeredVariables[name], tensor]);
}

/** Whether the backend has the kernels, and every pair is float32 and equal in shape. */
const isCovered = (pairs: Pair[]): boolean =>
  getKernel(FUSED_KERNELS.stockOptimizerSteps, getBackend()) != null &&
  pairs.every(
    ([value, gradient]) =>
      value.dtype === 'float32' &&
      (gradient == null || (gradient.dtype === 'float32' && gradient.shape.join() === value.shape.join())),
  );

function applyInPlace({ kernelName, attrs, slots, initialValue = 0 }: Step, pairs: Pair[]): void {
  const tensors = pairs.flatMap(([value, gradient], index) => {
    // TensorFlow.js also makes slots for variables without a gradient.
    const kept = slots.map(([list, suffix]) => slotOf(list, index, value, suffix, initialValue));
    if (gradient == null) return [];
    for (const changed of [value, ...kept]) ensureOwn(kernelName, changed);
    return [value, gradient, ...kept];
  });
  if (tensors.length > 0) runInPlace(kernelName, tensors, attrs);
  else attrs();
}

function slotOf(list: Slots, index: number, value: Variable, suffix: string, initialValue: number): Variable {
  const make = () => (initialValue === 0 ? zerosLike(value) : fill(value.shape, initialValue)).variable(false);
  list[index] ??= { originalName: `${value.name}/${suffix}`, variable: tidy(make) };
  return list[index].variable;
}

/** Copies the values of a variable that shares them with a clone. */
function ensureOwn(kernelName: FusedKernelName, value: Variable): void {
  if (!canChangeInPlace(kernelName, [value])) tidy(() => value.assign(mul(value, 1)));
}
