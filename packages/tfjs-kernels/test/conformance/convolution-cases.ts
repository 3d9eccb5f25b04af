import { backend_util, engine } from '@tensorflow/tfjs-core';
import type { NamedAttrMap, NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import {
  convolutionReference,
  filterGradientReference,
  inputGradientReference,
} from '../../src/wasm/kernels/convolutions.reference';
import { randomTensor } from './random-tensor';

type Pad = 'same' | 'valid' | number | [[number, number], [number, number], [number, number], [number, number]];
type Strides = number | [number, number];
/** [batch, height, width, inChannels, outChannels, filterHeight, filterWidth, strides, pad]. */
export type ConvolutionCase = [number, number, number, number, number, number, number, Strides, Pad];

/** Edge cases of shapes: few channels, sizes next to those of tiles, tiny maps, odd batches. */
export const CONVOLUTIONS: ConvolutionCase[] = [
  [2, 16, 16, 3, 24, 5, 5, 2, 'same'],
  [16, 32, 32, 3, 16, 5, 5, 2, 'same'],
  [3, 16, 8, 1, 16, 5, 5, 2, 'same'],
  [4, 11, 13, 1, 9, 5, 5, 2, 'same'],
  [1, 7, 9, 3, 7, 5, 5, 2, 'same'],
  [5, 6, 6, 2, 5, 4, 4, 2, 'same'],
  [4, 8, 2, 32, 16, 5, 5, 2, 'same'],
  [2, 4, 1, 16, 8, 5, 5, 2, 'same'],
  [16, 2, 2, 20, 12, 5, 5, 2, 'same'],
  [16, 1, 1, 20, 164, 5, 5, 2, 'same'],
  [1, 1, 1, 1, 1, 1, 1, 1, 'same'],
  [1, 1, 1, 3, 5, 5, 5, 1, 'same'],
  [5, 7, 9, 5, 7, 3, 3, 1, 'same'],
  [1, 9, 9, 4, 6, 3, 3, 2, 'valid'],
  [6, 9, 7, 130, 20, 3, 3, 2, 1],
  [2, 6, 5, 70, 33, 3, 2, 1, 'valid'],
  [1, 5, 5, 64, 130, 1, 1, 2, 'same'],
  [7, 8, 8, 65, 15, 1, 1, 1, 'valid'],
  [2, 10, 12, 6, 17, 3, 5, [2, 1], 'same'],
  [3, 9, 10, 4, 10, 2, 3, [1, 3], 'valid'],
  [2, 8, 9, 3, 11, 3, 3, 2, [[0, 0], [2, 1], [0, 2], [0, 0]]], // prettier-ignore
  [4, 24, 40, 16, 32, 5, 5, 2, 'same'],
  [4, 10, 20, 16, 40, 5, 5, 1, 'same'],
  [4, 6, 6, 140, 72, 3, 3, 1, 'same'],
  [2, 20, 300, 2, 130, 3, 5, [1, 2], 'same'],
  [1, 3, 1100, 1, 5, 3, 3, 1, 'valid'],
  [2, 12, 38, 3, 8, 5, 5, 2, 'same'],
  [3, 40, 70, 1, 24, 5, 5, 2, 'same'],
  [2, 4, 5, 3, 8, 3, 3, 1, 4],
  [3, 9, 11, 1, 8, 5, 5, 2, 'same'],
  [2, 16, 24, 3, 8, 5, 2, 2, 'same'],
  [2, 16, 24, 3, 2, 2, 5, 2, 'same'],
  [3, 19, 21, 6, 3, 5, 5, 1, 'same'],
  [5, 17, 30, 5, 1, 5, 4, 2, 'same'],
  [2, 1, 33, 7, 2, 1, 3, 1, 'same'],
  [1, 1, 1, 2, 8, 3, 3, 13, [[0, 0], [5, 5], [5, 5], [0, 0]]], // prettier-ignore
];

type Results<T> = Record<'forward' | 'inputGradient' | 'filterGradient', T>;

/** Runs the three kernels of a convolution on the current backend, over random operands; the caller disposes. */
export function convolve([batch, height, width, ci, co, fh, fw, strides, pad]: ConvolutionCase): Results<Tensor> {
  const { info, x, filter, dy } = operands([batch, height, width, ci, co, fh, fw, strides, pad]);
  const attrs = { strides, pad, dataFormat: 'NHWC' };
  const run = (name: string, inputs: NamedTensorMap, more: object): Tensor =>
    engine().runKernel(name, inputs, { ...attrs, ...more } as unknown as NamedAttrMap);
  const results = {
    forward: run('Conv2D', { x, filter }, { dilations: 1 }),
    inputGradient: run('Conv2DBackpropInput', { dy, filter }, { inputShape: info.inShape }),
    filterGradient: run('Conv2DBackpropFilter', { x, dy }, { filterShape: info.filterShape }),
  };
  for (const operand of [x, filter, dy]) operand.dispose();
  return results;
}

function operands([batch, height, width, ci, co, fh, fw, strides, pad]: ConvolutionCase) {
  const info = backend_util.computeConv2DInfo([batch, height, width, ci], [fh, fw, ci, co], strides, 1, pad);
  const [x, filter, dy] = [info.inShape, info.filterShape, info.outShape].map((shape, i) => randomTensor(shape, i + 1));
  return { info, x, filter, dy };
}

const references = new Map<string, Results<Float64Array>>();

/** The expected results of {@link convolve}, in double precision; computed once for all backends. */
export async function expectedConvolution(shape: ConvolutionCase): Promise<Results<Float64Array>> {
  const key = JSON.stringify(shape);
  const known = references.get(key);
  if (known) return known;
  const { info, ...tensors } = operands(shape);
  const [x, filter, dy] = await Promise.all([tensors.x, tensors.filter, tensors.dy].map((tensor) => tensor.data<'float32'>()));
  const results = {
    forward: convolutionReference(info, x, filter),
    inputGradient: inputGradientReference(info, dy, filter),
    filterGradient: filterGradientReference(info, x, dy),
  };
  for (const tensor of Object.values(tensors)) tensor.dispose();
  references.set(key, results);
  return results;
}
