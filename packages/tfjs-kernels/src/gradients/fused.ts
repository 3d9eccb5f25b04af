import { backend_util, engine, matMul, reshape, sum } from '@tensorflow/tfjs-core';
import type { NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';
import { dilatedGradients, isDilated } from './dilated-convolution';
import type { ConvolutionAttributes, ConvolutionKind } from './dilated-convolution';

type Attributes = ConvolutionAttributes & { activation?: string | null; transposeA?: boolean; transposeB?: boolean };
/** A gradient for each input, computed on request. */
type Gradients = (() => Tensor)[];
/** What tfjs-core saves for a fused operation: its two operands, in an order that depends on it, its result, and the bias if any. */
type Saved = [first: Tensor, second: Tensor, y: Tensor, bias?: Tensor];

/** Gradients, with a linear activation, of operations that tfjs-core differentiates with functions that are in no registry. */
const FUSED: Readonly<Record<string, (dy: Tensor, saved: Saved, attrs: Attributes) => Gradients>> = {
  FusedConv2D: (dy, saved, attrs) => convolutionGradients('Conv2D', dy, saved, attrs),
  FusedDepthwiseConv2D: (dy, saved, attrs) => convolutionGradients('DepthwiseConv2dNative', dy, saved, attrs),
  _FusedMatMul: matMulGradients,
};

/** Members of the engine that its types hide. */
interface Engine {
  runKernel(name: string, inputs: object, attrs: object): Tensor;
  customGrad(f: unknown): (...inputs: Tensor[]) => Tensor;
  runKernelFunc(params: CustomKernel): Tensor;
}
interface CustomKernel {
  forwardFunc(backend: unknown, save: unknown): Tensor;
  backwardsFunc(dy: Tensor, saved: Tensor[]): Record<number, () => Tensor>;
  inputs: object;
}

/**
 * Makes fused operations compute only the gradients that are requested; tfjs-core computes all of them, even the first layer's at its
 * pictures. Also adds gradients of dilated convolutions. To be called once per process.
 */
export function mendFusedGradients(): void {
  const own = engine() as unknown as Engine;
  const { runKernel, customGrad } = own;
  const calls = new WeakMap<object, (dy: Tensor, saved: Saved) => Gradients>();
  own.runKernel = (name, inputs, attrs) => {
    const result = runKernel.call(own, name, inputs, attrs);
    const gradientsOf = FUSED[name];
    const attributes = attrs as Attributes;
    if (gradientsOf && (attributes.activation ?? 'linear') === 'linear')
      calls.set(result.dataId, (dy, saved) => gradientsOf(dy, saved, attributes));
    return result;
  };
  // The function that customGrad builds passes through here on its way to the tape.
  const runKernelFunc: Engine['runKernelFunc'] = ({ forwardFunc, backwardsFunc, inputs }) => {
    let gradientsOf: ((dy: Tensor, saved: Saved) => Gradients) | undefined;
    return own.runKernelFunc({
      inputs,
      forwardFunc: (backend, save) => {
        const value = forwardFunc(backend, save);
        gradientsOf = calls.get(value.dataId);
        return value;
      },
      backwardsFunc: (dy, saved) => (gradientsOf ? { ...gradientsOf(dy, saved as unknown as Saved) } : backwardsFunc(dy, saved)),
    });
  };
  const through = Object.create(own, { runKernelFunc: { value: runKernelFunc } }) as Engine;
  own.customGrad = (f) => customGrad.call(through, f);
}

function convolutionGradients(kind: ConvolutionKind, dyAny: Tensor, [filter, x, y, bias]: Saved, attrs: Attributes): Gradients {
  const dy = reshape(dyAny, y.shape);
  const gradients = isDilated(attrs)
    ? dilatedGradients(kind, dy, { x, filter }, attrs)
    : plainGradients(kind, dy, x, filter, attrs);
  return [gradients.x, gradients.filter, ...biasGradient(dy, bias)];
}

function plainGradients(kind: ConvolutionKind, dy: Tensor, x: Tensor, filter: Tensor, attrs: Attributes) {
  if (attrs.dataFormat === 'NCHW')
    throw new Error(`gradient of a fused convolution: dataFormat must be NHWC, got ${attrs.dataFormat}`);
  const { strides, pad, dimRoundingMode } = attrs;
  const run = (name: string, inputs: Record<string, Tensor>, more: object): Tensor =>
    engine().runKernel(name, inputs, {
      ...{ strides, pad, dimRoundingMode, dataFormat: 'NHWC', dilations: 1, ...more },
    } as unknown as NamedAttrMap);
  return {
    x: () => run(`${kind}BackpropInput`, { dy, filter }, { inputShape: x.shape }),
    filter: () => run(`${kind}BackpropFilter`, { x, dy }, { filterShape: filter.shape }),
  };
}

function matMulGradients(
  dyAny: Tensor,
  [a, b, y, bias]: Saved,
  { transposeA = false, transposeB = false }: Attributes,
): Gradients {
  const dy = reshape(dyAny, y.shape);
  return [
    () => (transposeA ? matMul(b, dy, transposeB, true) : matMul(dy, b, false, !transposeB)),
    () => (transposeB ? matMul(dy, a, true, transposeA) : matMul(a, dy, !transposeA, false)),
    ...biasGradient(dy, bias),
  ];
}

const biasGradient = (dy: Tensor, bias: Tensor | undefined): Gradients =>
  bias ? [() => reshape(sum(dy, backend_util.getReductionAxes(bias.shape, dy.shape)), bias.shape)] : [];
