import { util } from '@tensorflow/tfjs-core';
import type { Conv2DAttrs, Conv2DBackpropFilterAttrs, Conv2DBackpropInputAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import { assertFloats, assertGradientShape, plainConvolution } from '../../plain-convolution';
import type { KernelContext } from '../context';
import { flatWorkgroups, sliceNumbers, sumSlicesShader } from '../shaders/affine';
import { convolutionProgram, filterGradientProgram } from '../shaders/convolution';
import type { ConvolutionProgram } from '../shaders/convolution-numbers';
import { inputGradientProgram } from '../shaders/input-gradient';

type Inputs = Record<string, TensorInfo>;

/** Runs a product over two tensors; if it has several slices, a second dispatch adds them up. */
function runProgram(
  { dispatcher }: KernelContext,
  program: ConvolutionProgram,
  tensors: TensorInfo[],
  shape: number[],
): TensorInfo {
  const { shader, workgroups, slices, uniforms } = program;

  const result = dispatcher.output(shape);
  if (slices === 1) {
    dispatcher.run({ shader, tensors: [...tensors, result], uniforms, workgroups });
    return result;
  }
  const count = util.sizeFromShape(shape);
  const partial = dispatcher.output([slices, count]);
  dispatcher.run({ shader, tensors: [...tensors, partial], uniforms, workgroups });
  const sum = sliceNumbers(slices, count);
  dispatcher.run({ shader: sumSlicesShader(), tensors: [partial, result], uniforms: sum, workgroups: flatWorkgroups(count) });
  dispatcher.release(partial);
  return result;
}

/** y = x ⋆ filter, [B, OH, OW, Co]. */
export function conv2d(context: KernelContext, { x, filter }: Inputs, attrs: Conv2DAttrs): TensorInfo | undefined {
  const info = plainConvolution(x.shape, filter.shape, attrs);
  if (!info) return undefined;
  assertFloats('Conv2D', 'webgpu', { x, filter });
  return runProgram(context, convolutionProgram(info), [x, filter], info.outShape);
}

/** The gradient at the input, [B, H, W, Ci]; also a transposed convolution's forward pass. */
export function conv2dBackpropInput(
  context: KernelContext,
  { dy, filter }: Inputs,
  attrs: Conv2DBackpropInputAttrs,
): TensorInfo | undefined {
  const info = plainConvolution(attrs.inputShape, filter.shape, { ...attrs, dilations: 1 });
  if (!info) return undefined;
  assertFloats('Conv2DBackpropInput', 'webgpu', { dy, filter });
  assertGradientShape('Conv2DBackpropInput (webgpu)', dy, info.outShape);
  return runProgram(context, inputGradientProgram(info), [dy, filter], info.inShape);
}

/** The gradient of the filter, [kh, kw, Ci, Co]. */
export function conv2dBackpropFilter(
  context: KernelContext,
  { x, dy }: Inputs,
  attrs: Conv2DBackpropFilterAttrs,
): TensorInfo | undefined {
  const info = plainConvolution(x.shape, attrs.filterShape, { ...attrs, dilations: 1 });
  if (!info) return undefined;
  assertFloats('Conv2DBackpropFilter', 'webgpu', { x, dy });
  assertGradientShape('Conv2DBackpropFilter (webgpu)', dy, info.outShape);
  return runProgram(context, filterGradientProgram(info), [x, dy], info.filterShape);
}
