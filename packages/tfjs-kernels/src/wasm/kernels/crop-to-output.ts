import { getKernel, util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Heap } from '../heap';

/**
 * The rows and columns of dy [B, H, W, C] that the output has, where dy has more: a `conv2dTranspose` to a smaller size than its input's, of
 * which every backend of TensorFlow.js uses the first ones. To be disposed of. Undefined for every other shape.
 */
export function cropToOutput({ backend }: Heap, dy: TensorInfo, outShape: number[]): TensorInfo | undefined {
  const [batch, height, width, channels] = dy.shape;
  const isLarger = height >= outShape[1] && width >= outShape[2] && !util.arraysEqual(dy.shape, outShape);
  if (!isLarger || batch !== outShape[0] || channels !== outShape[3]) return undefined;
  const attrs = { begin: [0, 0, 0, 0], size: outShape };
  return getKernel('Slice', 'wasm').kernelFunc({ inputs: { x: dy }, backend, attrs }) as TensorInfo;
}
