import { scalar, tidy, variable, zerosLike } from '@tensorflow/tfjs-core';
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { FusedKernelName } from './fused-kernels';
import { canChangeInPlace, runInPlace } from './in-place';
import { activeRecording } from './record';

/** Updates a fixed list of variables, one step per call. */
export interface Optimizer {
  /** What it updates. */
  readonly variables: readonly Variable[];
  /** May be changed between steps. */
  learningRate: number;
  /** Steps taken so far; restored with the state. */
  readonly stepCount: number;
  /** Applies one gradient per variable, in the order of the variables. The caller disposes the gradients. */
  step(gradients: Tensor[]): void;
  /** Copies of the slots as `<slot>/<index of the variable>`, and `stepCount`, an int32 scalar. The caller disposes them. */
  state(): Record<string, Tensor>;
  /** Restores what `state()` returned; the caller still owns the tensors. */
  restore(state: Record<string, Tensor>): void;
  /** Disposes the slots, not the variables. */
  dispose(): void;
}

/** The update rule of an optimiser. */
export interface OptimizerRule {
  /** The function that was called, for error messages. */
  functionName: string;
  /** Names of the slots kept for each variable, initially zero. */
  slotNames: readonly string[];
  /** A kernel that takes the step in place, given a list `[variable, gradient, ...slots, variable, gradient, ...]`. */
  kernelName: FusedKernelName;
  /** The kernel's numbers for the step that is about to be taken (the first is 1). */
  attrs(stepCount: number, learningRate: number): Record<string, number>;
  /** The same step in ordinary operations: new values of the variable and of its slots. */
  update(value: Tensor, gradient: Tensor, slots: Tensor[], attrs: Record<string, number>): Tensor[];
}

/** An optimiser that follows `rule`. */
export function createOptimizer(rule: OptimizerRule, variables: readonly Variable[], learningRate: number): Optimizer {
  const { functionName } = rule;
  assertArguments(functionName, variables, learningRate);
  const slots = variables.map((value) => rule.slotNames.map(() => tidy(() => variable(zerosLike(value), false))));
  let stepCount = 0;

  return {
    variables,
    learningRate,
    get stepCount() {
      return stepCount;
    },
    step(gradients) {
      assertGradients(functionName, variables, gradients);
      const inPlace: Tensor[] = [];
      const assigned: number[] = [];
      variables.forEach((value, index) => {
        if (!canChangeInPlace(rule.kernelName, [value, ...slots[index]])) assigned.push(index);
        else inPlace.push(value, gradients[index], ...slots[index]);
      });
      if (assigned.length > 0 && activeRecording()) throw cannotRecord(functionName, variables[assigned[0]]);
      const attrsOfNextStep = () => rule.attrs((stepCount += 1), this.learningRate);
      if (assigned.length === 0) return runInPlace(rule.kernelName, inPlace, attrsOfNextStep);
      const attrs = attrsOfNextStep();
      for (const index of assigned) assignUpdate(rule, variables[index], gradients[index], slots[index], attrs);
      if (inPlace.length > 0) runInPlace(rule.kernelName, inPlace, () => attrs);
    },
    state() {
      const entries = slots.flatMap((row, index) => row.map((slot, k) => [slotKey(rule, k, index), slot.clone()] as const));
      return { ...Object.fromEntries(entries), stepCount: scalar(stepCount, 'int32') };
    },
    restore(state) {
      assertState(rule, slots, state);
      stepCount = state.stepCount.dataSync()[0];
      tidy(() => slots.forEach((row, index) => row.forEach((slot, k) => slot.assign(state[slotKey(rule, k, index)].clone()))));
    },
    dispose() {
      for (const slot of slots.flat()) slot.dispose();
    },
  };
}

const slotKey = (rule: OptimizerRule, slot: number, index: number): string => `${rule.slotNames[slot]}/${index}`;

const cannotRecord = (functionName: string, { name }: Variable): Error =>
  new Error(
    `${functionName}: a recorded step must be able to change ${name} in place, but a clone shares its memory; dispose of it`,
  );

function assignUpdate(rule: OptimizerRule, value: Variable, gradient: Tensor, slots: Variable[], attrs: Record<string, number>) {
  // A variable shares the tensor assigned to it; the scope drops the other reference.
  tidy(() => {
    const updated = rule.update(value, gradient, slots, attrs);
    [value, ...slots].forEach((target, index) => target.assign(updated[index]));
  });
}

function assertArguments(functionName: string, variables: readonly Variable[], learningRate: number): void {
  if (variables.length === 0) throw new Error(`${functionName}: variables must hold at least one variable, got none`);
  const strange = variables.find((value) => value.dtype !== 'float32');
  if (strange) throw new Error(`${functionName}: variables must be float32, got ${strange.dtype} for ${strange.name}`);
  if (!(learningRate > 0)) throw new Error(`${functionName}: learningRate must be positive, got ${learningRate}`);
}

function assertGradients(functionName: string, variables: readonly Variable[], gradients: Tensor[]): void {
  if (gradients.length !== variables.length) {
    throw new Error(`${functionName}: gradients must be one per variable (${variables.length}), got ${gradients.length}`);
  }
  gradients.forEach((gradient, index) => {
    const { shape, name } = variables[index];
    if (gradient.dtype !== 'float32' || gradient.shape.join() !== shape.join()) {
      const got = `${gradient.dtype} [${gradient.shape}]`;
      throw new Error(`${functionName}: gradient ${index} must be float32 [${shape}] as ${name}, got ${got}`);
    }
  });
}

function assertState(rule: OptimizerRule, slots: Variable[][], state: Record<string, Tensor>): void {
  const fail = (key: string, must: string, got: string) => {
    throw new Error(`${rule.functionName}: state must hold ${key} ${must}, got ${got}`);
  };
  if (!state.stepCount) fail('stepCount', 'as a scalar', 'nothing');
  slots.forEach((row, index) =>
    row.forEach((slot, k) => {
      const key = slotKey(rule, k, index);
      const tensor = state[key];
      if (tensor?.shape.join() !== slot.shape.join())
        fail(key, `of shape [${slot.shape}]`, tensor ? `[${tensor.shape}]` : 'nothing');
    }),
  );
}
