import { getKernel } from '@tensorflow/tfjs-core';
import type { FusedConv2DAttrs, FusedDepthwiseConv2DAttrs, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { Kernel } from '../../replace-kernels';
import type { KernelContext } from '../context';
import { conv2d } from './convolutions';
import { depthwiseConv2d } from './depthwise';

type Inputs = Record<string, TensorInfo>;
type Attributes = FusedConv2DAttrs | FusedDepthwiseConv2DAttrs;

/** The kernel of each activation that may be fused, by tfjs-core's names for them. */
const ACTIVATIONS: Record<string, string | undefined> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  prelu: 'Prelu',
  leakyrelu: 'LeakyRelu',
};

/** activation(x ⋆ filter + bias): the stock kernel gives zeros where the filter is narrower than the stride. */
export const fusedConv2d = fused(conv2d);

/** {@link fusedConv2d} for a depthwise convolution. */
export const fusedDepthwiseConv2d = fused(depthwiseConv2d);

function fused(convolve: Kernel<KernelContext>) {
  return (context: KernelContext, inputs: Inputs, attrs: Attributes): TensorInfo | undefined => {
    const convolved = convolve(context, inputs, attrs) as TensorInfo | undefined;
    if (!convolved) return undefined;
    const { bias, preluActivationWeights } = inputs;
    const sum = bias ? runOn(context, 'Add', { a: convolved, b: bias }, {}, convolved) : convolved;
    const { activation = 'linear', leakyreluAlpha } = attrs;
    if (activation === 'linear') return sum;
    const kernel = ACTIVATIONS[activation];
    if (!kernel) throw new Error(`fused convolution (wasm): activation must be one that can be fused, got ${activation}`);
    const operands: Inputs = activation === 'prelu' ? { x: sum, alpha: preluActivationWeights } : { x: sum };
    return runOn(context, kernel, operands, { alpha: leakyreluAlpha ?? 0 }, sum);
  };
}

/** Runs another kernel of the backend, and lets go of the intermediate result that it was given. */
function runOn({ heap }: KernelContext, name: string, inputs: Inputs, attrs: NamedAttrMap, intermediate: TensorInfo): TensorInfo {
  const { kernelFunc } = getKernel(name, 'wasm');
  const result = kernelFunc({ inputs, attrs, backend: heap.backend }) as TensorInfo;
  heap.backend.disposeData(intermediate.dataId);
  return result;
}
