import { backend_util, util } from '@tensorflow/tfjs-core';
import type { ConcatAttrs, SplitVAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';
import { copyJob } from '../copy-job';
import { CopyJob, Operation } from '../generated/job-fields';

/** Floats below which the stock kernel is as fast. */
const LEAST_FLOATS = 32_768;
/** Parts whose jobs fit the block in which they are written. */
const MOST_PARTS = 1024;

/** Tensors joined along an axis; undefined (the stock kernel's) for a few values, strings, and tensors without values. */
export function concat(context: KernelContext, inputs: readonly TensorInfo[], { axis }: ConcatAttrs): TensorInfo | undefined {
  const [{ shape, dtype }] = inputs;
  const shapes = inputs.map((input) => input.shape);
  const ownAxis = util.parseAxisParam(axis, shape)[0];
  const outShape = backend_util.computeOutShape(shapes, ownAxis);
  const isCovered = inputs.length > 1 && inputs.every((input) => input.dtype === dtype);
  if (!isCovered || !isOurs(context, { shape: outShape, dtype }, inputs.length)) return undefined;
  backend_util.assertParamsConsistent(shapes, ownAxis);
  const y = context.heap.backend.makeOutput(outShape, dtype);
  copyParts(context, y, inputs, { axis: ownAxis, isJoining: true });
  return y;
}

/** The parts of a tensor along an axis; undefined (the stock kernel's), likewise. */
export function splitV(
  context: KernelContext,
  { x }: Record<'x', TensorInfo>,
  { numOrSizeSplits, axis }: SplitVAttrs,
): TensorInfo[] | undefined {
  const [ownAxis] = util.parseAxisParam(axis, x.shape);
  const sizes = backend_util.prepareSplitSize(x as never, numOrSizeSplits, ownAxis);
  if (!isOurs(context, x, sizes.length)) return undefined;
  const parts = sizes.map((size) => {
    const shape = x.shape.map((whole, i) => (i === ownAxis ? size : whole));
    return context.heap.backend.makeOutput(shape, x.dtype);
  });
  copyParts(context, x, parts, { axis: ownAxis, isJoining: false });
  return parts;
}

function isOurs({ isRecorded }: KernelContext, { shape, dtype }: Pick<TensorInfo, 'shape' | 'dtype'>, parts: number): boolean {
  const count = util.sizeFromShape(shape);
  const isWorthwhile = isRecorded === true || count >= LEAST_FLOATS;
  return isWorthwhile && count > 0 && dtype !== 'string' && dtype !== 'complex64' && parts <= MOST_PARTS;
}

/** Copies parts, which follow each other along an axis, to the whole tensor or from it. */
function copyParts(
  { heap, pool }: KernelContext,
  whole: TensorInfo,
  parts: readonly TensorInfo[],
  { axis, isJoining }: { axis: number; isJoining: boolean },
): void {
  const rows = util.sizeFromShape(whole.shape.slice(0, axis));
  const rowBytesOf = ({ shape, dtype }: TensorInfo) => util.sizeFromShape(shape.slice(axis)) * util.bytesPerElement(dtype);
  const pitch = rowBytesOf(whole);
  let inWhole = heap.address(whole);
  const jobs = parts.map((part) => {
    const [rowBytes, inPart] = [rowBytesOf(part), heap.address(part)];
    const ends = isJoining
      ? { source: inPart, destination: inWhole, destinationPitch: pitch }
      : { source: inWhole, destination: inPart, sourcePitch: pitch };
    inWhole += rowBytes;
    return copyJob({ rows, rowBytes, ...ends });
  });
  const isSmall = util.sizeFromShape(whole.shape) < LEAST_FLOATS;
  pool.run(Operation.copy, heap.writeJobs(CopyJob, jobs), jobs.length, isSmall);
}
