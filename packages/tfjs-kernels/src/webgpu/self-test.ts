import { backend_util, engine, tensor, tidy } from '@tensorflow/tfjs-core';
import type { NamedAttrMap, NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import { convolutionReference, filterGradientReference, inputGradientReference } from '../wasm/kernels/convolutions.reference';
import { largestDifference } from '../largest-difference';

/** Largest difference from the reference, relative to the largest value. */
const TOLERANCE = 1e-4;

const info = backend_util.computeConv2DInfo([3, 7, 6, 5], [5, 5, 5, 18], 2, 1, 'same');

/** Throws unless the convolution kernels of the current backend compute correct results, since drivers differ. */
export async function assertRightResults(): Promise<void> {
  const values = (shape: number[], frequency: number) =>
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(frequency * i));
  const [x, filter, dy] = [values(info.inShape, 1), values(info.filterShape, 1.3), values(info.outShape, 1.7)];
  const expected = {
    Conv2D: convolutionReference(info, x, filter),
    Conv2DBackpropInput: inputGradientReference(info, dy, filter),
    Conv2DBackpropFilter: filterGradientReference(info, x, dy),
  };
  const results = runKernels({
    x: tensor(x, info.inShape),
    filter: tensor(filter, info.filterShape),
    dy: tensor(dy, info.outShape),
  });
  for (const [name, result] of Object.entries(results)) {
    const error = largestDifference(await result.data<'float32'>(), expected[name as keyof typeof expected]);
    result.dispose();
    if (!(error <= TOLERANCE))
      throw new Error(`useWebgpuKernels: ${name} must pass its self-test on this GPU, but is wrong by ${error}`);
  }
}

function runKernels({ x, filter, dy }: Record<'x' | 'filter' | 'dy', Tensor>): Record<string, Tensor> {
  const attrs = { strides: 2, pad: 'same', dataFormat: 'NHWC', dilations: 1 };
  const run = (name: string, inputs: NamedTensorMap, more: object = {}): Tensor =>
    engine().runKernel(name, inputs, { ...attrs, ...more } as unknown as NamedAttrMap);
  const results = tidy(() => ({
    Conv2D: run('Conv2D', { x, filter }),
    Conv2DBackpropInput: run('Conv2DBackpropInput', { dy, filter }, { inputShape: info.inShape }),
    Conv2DBackpropFilter: run('Conv2DBackpropFilter', { x, dy }, { filterShape: info.filterShape }),
  }));
  for (const operand of [x, filter, dy]) operand.dispose();
  return results;
}
