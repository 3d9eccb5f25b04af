import { backend_util, util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';
import { Operation } from '../generated/job-fields';
import type { Heap } from '../heap';
import type { Kernel } from '../../replace-kernels';
import { biasJob, runSteps, workspaceOf } from './channels';

interface Attributes {
  axis?: number | number[];
  /** What Max and Min call the axes. */
  reductionIndices?: number | number[];
  keepDims?: boolean;
}

/** What each reduction gives for no values, as in TensorFlow; the stock kernels leave what was in memory, or don't return. */
const OF_NONE = { Sum: 0, Mean: NaN, Prod: 1, Max: -Infinity, Min: Infinity, All: 1, Any: 0 } as const;

/** Reductions of tensors without values; undefined (the stock kernels') for all others. */
export const REDUCTIONS_OF_NONE: Readonly<Record<string, Kernel<KernelContext>>> = Object.fromEntries(
  Object.entries(OF_NONE).map(([kernelName, value]) => [
    kernelName,
    ({ heap }: KernelContext, { x }: Record<'x', TensorInfo>, attrs: Attributes) =>
      ofNone(heap, kernelName === 'Mean' ? { ...x, dtype: 'float32' } : x, attrs, value),
  ]),
);

function ofNone({ backend }: Heap, x: TensorInfo, attrs: Attributes, value: number): TensorInfo | undefined {
  const { reductionIndices, axis = reductionIndices, keepDims } = attrs;
  if (!x.shape.includes(0)) return undefined;
  const axes = util.parseAxisParam(axis ?? [...x.shape.keys()], x.shape);
  const [kept] = backend_util.computeOutAndReduceShapes(x.shape, axes);
  const y = backend.makeOutput(keepDims ? backend_util.expandShapeToKeepDim(kept, axes) : kept, x.dtype);
  (backend.typedArrayFromHeap(y) as Float32Array).fill(value);
  return y;
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
