import { backend_util, engine, reshape, sum } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { dilatedGradients, isDilated } from './dilated-convolution';
import type { ConvolutionAttributes, ConvolutionKind } from './dilated-convolution';

/** Kernels that tfjs-core differentiates by a function of its own, out of a registry's reach. */
const FUSED: Readonly<Record<string, ConvolutionKind | undefined>> = {
  FusedConv2D: 'Conv2D',
  FusedDepthwiseConv2D: 'DepthwiseConv2dNative',
};

interface Call {
  kind: ConvolutionKind;
  attrs: ConvolutionAttributes;
}

type Gradient = (dy: Tensor, saved: Tensor[]) => Tensor | Tensor[];
type CustomFunction = (...inputs: unknown[]) => { value: Tensor; gradFunc: Gradient };

/**
 * Gives fused convolutions (a layer with a bias and no activation makes one) gradients where they are dilated: the engine's `customGrad`
 * gets ours for the results of such kernels. To be called once a process.
 */
export function mendFusedGradients(): void {
  const own = engine() as unknown as {
    runKernel(name: string, inputs: object, attrs: object): Tensor;
    customGrad(f: CustomFunction): (...inputs: Tensor[]) => Tensor;
  };
  const { runKernel, customGrad } = own;
  const calls = new WeakMap<object, Call>();
  own.runKernel = (name, inputs, attrs) => {
    const result = runKernel.call(own, name, inputs, attrs);
    const kind = FUSED[name];
    if (kind && isDilated(attrs as ConvolutionAttributes))
      calls.set(result.dataId, { kind, attrs: attrs as ConvolutionAttributes });
    return result;
  };
  own.customGrad = (f) =>
    customGrad.call(own, (...inputs) => {
      const result = f(...inputs);
      const call = calls.get(result.value.dataId);
      return call ? { value: result.value, gradFunc: gradientOf(call) } : result;
    });
}

/** What tfjs-core saves of a fused convolution is [filter, x, y, bias?]; it fuses only what has no activation while it differentiates. */
const gradientOf =
  ({ kind, attrs }: Call): Gradient =>
  (dy, [filter, x, , bias]) => {
    const gradients = dilatedGradients(kind, dy, { x, filter }, attrs);
    const both = [gradients.x(), gradients.filter()];
    return bias ? [...both, biasGradient(dy, bias)] : both;
  };

function biasGradient(dy: Tensor, bias: Tensor): Tensor {
  return reshape(sum(dy, backend_util.getReductionAxes(bias.shape, dy.shape)), bias.shape);
}
