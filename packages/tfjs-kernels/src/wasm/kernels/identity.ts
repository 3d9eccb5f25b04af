import type { CastAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';

/** A new tensor with the same values, which are reference-counted instead of copied. */
export function identity({ heap }: KernelContext, { x }: Record<string, TensorInfo>): TensorInfo {
  heap.backend.incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
}

/** The same for a cast to x's own type; undefined (the stock kernel's) for other types. */
export function cast(context: KernelContext, inputs: Record<string, TensorInfo>, { dtype }: CastAttrs): TensorInfo | undefined {
  return dtype === inputs.x.dtype ? identity(context, inputs) : undefined;
}
