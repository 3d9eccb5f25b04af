import { getKernel, util } from '@tensorflow/tfjs-core';
import type { FusedBatchNormAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';
import { Operation } from '../generated/job-fields';
import { channelsJob, runSteps, workspaceOf } from './channels';

type Inputs = Record<'x' | 'mean' | 'variance', TensorInfo> & Partial<Record<'scale' | 'offset', TensorInfo>>;

const LINEAR = { activation: 'linear', alpha: 1 } as const;

/** scale · (x - mean) / √(variance + ε) + offset; undefined (the stock kernel's) where these differ in shape or type. */
export function batchNorm(
  context: KernelContext,
  inputs: Inputs,
  { varianceEpsilon }: FusedBatchNormAttrs,
): TensorInfo | undefined {
  const { x, mean, variance, scale, offset } = inputs;
  const channels = x.shape[x.shape.length - 1];
  const vectors = [mean, variance, scale, offset].filter((vector) => vector !== undefined);
  if ([x, ...vectors].some(({ dtype }) => dtype !== 'float32')) return undefined;
  if (vectors.some(({ shape }) => !util.arraysEqual(shape, mean.shape))) return undefined;
  if (mean.shape.length !== 1 || mean.shape[0] !== channels) return alongOtherAxes(context, inputs, varianceEpsilon);
  const { heap } = context;
  const y = heap.output(x.shape);
  const job = channelsJob(x, { ...LINEAR, epsilon: varianceEpsilon });
  const { partials, vector } = workspaceOf(context, job, 2);
  const ones = heap.constants(new Float32Array(2 * channels).fill(1, 0, channels));
  const zeros = ones + 4 * channels;
  Object.assign(job, { x: heap.address(x), y: heap.address(y), partials, scale: vector(0), shift: vector(1) });
  Object.assign(job, { mean: heap.address(mean), variance: heap.address(variance) });
  Object.assign(job, { gamma: scale ? heap.address(scale) : ones, beta: offset ? heap.address(offset) : zeros });
  runSteps(context, job, [Operation.normalisationScale, Operation.scaleShiftActivation]);
  return y;
}

/** The same with vectors that are repeated along any axes, which the stock kernel mistakes for one per channel. */
function alongOtherAxes({ heap }: KernelContext, { x, mean, variance, scale, offset }: Inputs, epsilon: number): TensorInfo {
  const { backend } = heap;
  const [factors, shifts] = [heap.output(mean.shape), heap.output(mean.shape)];
  const values = (tensor: TensorInfo): Float32Array => heap.floats(heap.address(tensor), util.sizeFromShape(mean.shape));
  const [means, variances, factor, shift] = [mean, variance, factors, shifts].map(values);
  const [scales, offsets] = [scale, offset].map((vector) => vector && values(vector));
  for (let i = 0; i < means.length; i++) {
    factor[i] = (scales?.[i] ?? 1) / Math.sqrt(variances[i] + epsilon);
    shift[i] = (offsets?.[i] ?? 0) - means[i] * factor[i];
  }
  const product = getKernel('Multiply', 'wasm').kernelFunc({ inputs: { a: x, b: factors }, backend, attrs: {} }) as TensorInfo;
  const y = getKernel('Add', 'wasm').kernelFunc({ inputs: { a: product, b: shifts }, backend, attrs: {} }) as TensorInfo;
  for (const { dataId } of [factors, shifts, product]) backend.disposeData(dataId);
  return y;
}

/** [Σ dy · (x - mean) / √(variance + ε), Σ dy], the gradients of scale and offset. */
export function batchNormGradientSums(
  context: KernelContext,
  { x, dy, mean, variance }: Record<'x' | 'dy' | 'mean' | 'variance', TensorInfo>,
  { epsilon }: { epsilon: number },
): TensorInfo[] {
  const { heap } = context;
  const job = channelsJob(x, { ...LINEAR, epsilon });
  const [dScale, dOffset] = [heap.output([job.channels]), heap.output([job.channels])];
  const { partials, vector } = workspaceOf(context, job, 3);
  const ones = heap.constants(new Float32Array(job.channels).fill(1));
  Object.assign(job, {
    x: heap.address(x),
    dy: heap.address(dy),
    partials,
    mean: heap.address(mean),
    variance: heap.address(variance),
  });
  // With a linear activation the scale, the shift and gamma don't matter.
  Object.assign(job, { scale: ones, shift: ones, gamma: ones, gradientScale: vector(0), centredScale: vector(1) });
  Object.assign(job, { gradientShift: vector(2), dGamma: heap.address(dScale), dBeta: heap.address(dOffset) });
  runSteps(context, job, [Operation.batchNormGradientSums, Operation.mergeGradientSums]);
  return [dScale, dOffset];
}
