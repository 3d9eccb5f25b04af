import { engine } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** Another tensor with the same values in the same memory, through which no gradient passes: a clone without a kernel. The caller owns it. */
export function withoutGradient<T extends Tensor>({ dataId, shape, dtype }: T): T {
  const { backend } = engine().state.tensorInfo.get(dataId)!;
  backend.incRef(dataId);
  return engine().makeTensorFromTensorInfo({ dataId, shape, dtype }, backend) as T;
}
