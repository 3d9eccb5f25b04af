import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';
import { ADAM, MOMENTUM, MOVING_AVERAGE, optimizerShader, optimizerWorkgroups } from '../shaders/optimizer';
import { stockNumbers, STOCK_RULES } from '../shaders/stock-optimizers';
import type { OptimizerStep } from '../shaders/optimizer';

/** Maximal number of variables that one dispatch updates: no device has more buffers than that needs. */
const MOST_VARIABLES = 8;

/** A variable with its gradient and slots. */
interface Update {
  tensors: TensorInfo[];
  count: number;
  /** Of the gradient, if it has more rows than the variable. */
  row: number;
}

/** Updates [variable, gradient, ...slots] of every variable in place, with as many variables per dispatch as the device has buffers for. */
function stepAll({ dispatcher }: KernelContext, step: OptimizerStep, updates: Update[], numbers: number[]): TensorInfo[] {
  const perDispatch = Math.max(1, Math.min(MOST_VARIABLES, Math.floor(dispatcher.maxBuffers / (2 + step.slots.length))));
  const stepNumbers = Float32Array.from(numbers).buffer;
  for (const own of chunks(updates, perDispatch)) {
    const [counts, rows] = [own.map(({ count }) => count), own.map(({ row }) => row)];
    dispatcher.run({
      shader: optimizerShader(step, own.length),
      tensors: own.flatMap(({ tensors }) => tensors),
      uniforms: Uint32Array.from([...counts, ...rows]).buffer,
      stepNumbers,
      workgroups: optimizerWorkgroups(counts),
    });
  }
  return [];
}

/** The variables with their gradients and slots, largest first: those in one dispatch should be of similar size. */
function updatesOf(tensors: TensorInfo[], slots: number, rows: readonly number[] = []): Update[] {
  return chunks(tensors, 2 + slots)
    .map((own, i) => ({ tensors: own, count: util.sizeFromShape(own[0].shape), row: rows[i] ?? 0 }))
    .sort((a, b) => b.count - a.count);
}

function chunks<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => values.slice(i * size, (i + 1) * size));
}

export function adamSteps(context: KernelContext, tensors: TensorInfo[], attrs: Record<string, number>): TensorInfo[] {
  const { beta1, beta2, stepSize, epsilon } = attrs;
  return stepAll(context, ADAM, updatesOf(tensors, 2), [beta1, 1 - beta1, beta2, 1 - beta2, stepSize, epsilon]);
}

export function momentumSteps(context: KernelContext, tensors: TensorInfo[], attrs: Record<string, number>): TensorInfo[] {
  return stepAll(context, MOMENTUM, updatesOf(tensors, 1), [attrs.momentum, attrs.learningRate]);
}

/** [average, value] of each; the new value is row `rows[i]` of the i-th tensor. */
export function movingAverages(
  context: KernelContext,
  tensors: TensorInfo[],
  { keep, take, rows }: { keep: number; take: number; rows: number[] },
): TensorInfo[] {
  return stepAll(context, MOVING_AVERAGE, updatesOf(tensors, 0, rows), [keep, take]);
}

/** Steps of TensorFlow.js' own optimisers, by their rule's number; see src/stock-optimizers.ts. */
export function stockOptimizerSteps(context: KernelContext, tensors: TensorInfo[], attrs: Record<string, number>): TensorInfo[] {
  return stepAll(context, STOCK_RULES[attrs.rule], updatesOf(tensors, attrs.slots), stockNumbers(attrs));
}
