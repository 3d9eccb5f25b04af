import type { CastAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';

/** A new tensor with the same values, which are reference-counted instead of copied. */
export function identity({ heap }: KernelContext, { x }: Record<string, TensorInfo>): TensorInfo {
  heap.backend.incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
}

/**
 * The same for a cast to x's own type. In a cast to bool all but 0 is true: the stock kernel truncates 0.5 to false, and makes 4 of 4.
 * Undefined (the stock kernel's) for other types.
 */
export function cast(context: KernelContext, inputs: Record<string, TensorInfo>, { dtype }: CastAttrs): TensorInfo | undefined {
  if (dtype === inputs.x.dtype) return identity(context, inputs);
  return dtype === 'bool' ? castToBool(context, inputs.x) : undefined;
}

function castToBool({ heap: { backend } }: KernelContext, x: TensorInfo): TensorInfo {
  const y = backend.makeOutput(x.shape, 'bool');
  const [from, to] = [x, y].map((tensor) => backend.typedArrayFromHeap(tensor) as Uint8Array);
  from.forEach((value, i) => (to[i] = Number(value !== 0)));
  return y;
}
