import { backend_util, util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';
import { Operation } from '../generated/job-fields';
import { biasJob, runSteps, workspaceOf } from './channels';

interface Attributes {
  axis?: number | number[];
  keepDims?: boolean;
}

/** Σ x over leading axes, as in the gradient of a bias; undefined (the stock kernel's) for other axes and types. */
export function sum(context: KernelContext, inputs: Record<'x', TensorInfo>, attrs: Attributes): TensorInfo | undefined {
  return reduce(context, inputs.x, attrs, false);
}

/** The mean over leading axes. */
export function mean(context: KernelContext, inputs: Record<'x', TensorInfo>, attrs: Attributes): TensorInfo | undefined {
  return reduce(context, inputs.x, attrs, true);
}

/** Sums over leading axes, or means. */
function reduce(context: KernelContext, x: TensorInfo, { axis, keepDims }: Attributes, isMean: boolean): TensorInfo | undefined {
  const axes = util.parseAxisParam(axis ?? [...x.shape.keys()], x.shape).sort((a, b) => a - b);
  const isLeading = axes.length > 0 && axes.length < x.shape.length && axes.every((one, index) => one === index);
  if (x.dtype !== 'float32' || !isLeading || x.shape.includes(0)) return undefined;
  const kept = x.shape.slice(axes.length);
  const channels = util.sizeFromShape(kept);
  const rows = util.sizeFromShape(x.shape) / channels;
  const { heap } = context;
  const y = heap.output(keepDims ? backend_util.expandShapeToKeepDim(kept, axes) : kept);
  const job = biasJob({ ...x, shape: [rows, channels] }, { activation: 'linear', alpha: 1 });
  const { partials } = workspaceOf(context, job, 0);
  Object.assign(job, { x: heap.address(x), partials, dBeta: heap.address(y), divisor: isMean ? rows : 1 });
  runSteps(context, job, [Operation.columnSums, Operation.mergeColumnSums]);
  return y;
}
