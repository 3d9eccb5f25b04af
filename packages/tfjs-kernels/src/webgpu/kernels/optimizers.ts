import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';
import { ADAM, MOMENTUM, MOVING_AVERAGE, optimizerNumbers, optimizerShader, optimizerWorkgroups } from '../shaders/optimizer';
import type { OptimizerStep } from '../shaders/optimizer';

/** Maximal number of variables that one dispatch updates: no device has more buffers than that needs. */
const MOST_VARIABLES = 8;

/** Updates [variable, gradient, ...slots] of every variable in place, with as many variables per dispatch as the device has buffers for. */
function stepAll({ dispatcher }: KernelContext, step: OptimizerStep, tensors: TensorInfo[], numbers: number[]): TensorInfo[] {
  const perVariable = 2 + step.slots.length;
  const perDispatch = Math.max(1, Math.min(MOST_VARIABLES, Math.floor(dispatcher.maxBuffers / perVariable)));
  for (const own of chunks(bySize(tensors, perVariable), perDispatch)) {
    const counts = own.map(([value]) => util.sizeFromShape(value.shape));
    dispatcher.run({
      shader: optimizerShader(step, own.length),
      tensors: own.flat(),
      uniforms: { data: optimizerNumbers(numbers, counts), fixed: false },
      workgroups: optimizerWorkgroups(counts),
    });
  }
  return [];
}

/** The variables with their gradients and slots, largest first: those in one dispatch should be of similar size. */
function bySize(tensors: TensorInfo[], perVariable: number): TensorInfo[][] {
  return chunks(tensors, perVariable).sort(([a], [b]) => util.sizeFromShape(b.shape) - util.sizeFromShape(a.shape));
}

function chunks<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => values.slice(i * size, (i + 1) * size));
}

export function adamSteps(context: KernelContext, tensors: TensorInfo[], attrs: Record<string, number>): TensorInfo[] {
  const { beta1, beta2, stepSize, epsilon } = attrs;
  return stepAll(context, ADAM, tensors, [beta1, 1 - beta1, beta2, 1 - beta2, stepSize, epsilon]);
}

export function momentumSteps(context: KernelContext, tensors: TensorInfo[], attrs: Record<string, number>): TensorInfo[] {
  return stepAll(context, MOMENTUM, tensors, [attrs.momentum, attrs.learningRate]);
}

export function movingAverages(context: KernelContext, tensors: TensorInfo[], attrs: Record<string, number>): TensorInfo[] {
  return stepAll(context, MOVING_AVERAGE, tensors, [attrs.keep, attrs.take]);
}
