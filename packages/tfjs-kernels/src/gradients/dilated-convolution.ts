import { backend_util, batchToSpaceND, engine, reshape, spaceToBatchND, tidy } from '@tensorflow/tfjs-core';
import type { Conv2DAttrs, NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';

type Shape4D = [number, number, number, number];

/** The attributes that determine the sizes of a convolution, depthwise or not. */
export type ConvolutionAttributes = Pick<Conv2DAttrs, 'strides' | 'pad' | 'dimRoundingMode'> & {
  dilations?: Conv2DAttrs['dilations'] | null;
  dataFormat?: Conv2DAttrs['dataFormat'];
};

/** A kind of convolution: the kernels of its gradients begin with its name. */
export type ConvolutionKind = 'Conv2D' | 'DepthwiseConv2dNative';

/** Whether a convolution is dilated, which TensorFlow.js' own gradients refuse. */
export const isDilated = ({ dilations }: ConvolutionAttributes): boolean => !backend_util.tupleValuesAreOne(dilations ?? 1);

/**
 * The gradients of a dilated convolution, on any backend. Pixels `dilation` apart form separate pictures, over which the convolution
 * is a plain one. Its stride is 1: TensorFlow.js allows no other with dilation.
 *
 * @param dy the gradient at the output
 * @returns functions that compute the gradient at x, [B, H, W, C], and that of the filter, in its shape
 */
export function dilatedGradients(
  kind: ConvolutionKind,
  dy: Tensor,
  { x, filter }: Record<'x' | 'filter', Tensor>,
  attrs: ConvolutionAttributes,
): Record<'x' | 'filter', () => Tensor> {
  if (attrs.dataFormat === 'NCHW')
    throw new Error(`gradient of a dilated convolution: dataFormat must be NHWC, got ${attrs.dataFormat}`);
  const { info, rows, columns } = sizesOf(kind, x.shape as Shape4D, filter.shape as Shape4D, attrs);
  const block = [info.dilationHeight, info.dilationWidth];
  const plain = { strides: 1, pad: 'valid', dataFormat: 'NHWC', dilations: 1 };
  const run = (name: string, inputs: Record<string, Tensor>, more: object): Tensor =>
    engine().runKernel(name, inputs, { ...plain, ...more } as unknown as NamedAttrMap);
  const outputs = (): Tensor => spaceToBatchND(reshape(dy, info.outShape), block, [rows.outputMargin, columns.outputMargin]);
  const margins = [rows.inputMargin, columns.inputMargin];
  const inputShape = [info.batchSize * block[0] * block[1], rows.length, columns.length, info.inChannels];
  return {
    x: () => tidy(() => batchToSpaceND(run(`${kind}BackpropInput`, { dy: outputs(), filter }, { inputShape }), block, margins)),
    filter: () =>
      tidy(() => {
        const inputs = { x: spaceToBatchND(x, block, margins), dy: outputs() };
        return run(`${kind}BackpropFilter`, inputs, { filterShape: filter.shape });
      }),
  };
}

function sizesOf(kind: ConvolutionKind, inShape: Shape4D, filterShape: Shape4D, attrs: ConvolutionAttributes) {
  const { strides, dilations, pad, dimRoundingMode } = attrs;
  const depthwise = kind === 'DepthwiseConv2dNative';
  const sizes = [inShape, filterShape, strides, dilations ?? 1, pad, dimRoundingMode, depthwise] as const;
  const info = backend_util.computeConv2DInfo(...sizes);
  const { inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth, dilationHeight, dilationWidth, padInfo } = info;
  return {
    info,
    rows: axisOf({ inputs: inHeight, outputs: outHeight, taps: filterHeight, dilation: dilationHeight, padding: padInfo.top }),
    columns: axisOf({ inputs: inWidth, outputs: outWidth, taps: filterWidth, dilation: dilationWidth, padding: padInfo.left }),
  };
}

/** One axis of the pictures formed by pixels `dilation` apart: its length, and the margins that pad input and output to a multiple. */
function axisOf({
  inputs,
  outputs,
  taps,
  dilation,
  padding,
}: Record<'inputs' | 'outputs' | 'taps' | 'dilation' | 'padding', number>) {
  const outputsEach = Math.ceil(outputs / dilation);
  const length = outputsEach + taps - 1;
  if (length * dilation < inputs + padding)
    throw new Error(
      `gradient of a dilated convolution: pad in pixels must suit both sides, got ${padding} for ${inputs} pixels; give it per side`,
    );
  return {
    length,
    outputMargin: [0, outputsEach * dilation - outputs],
    inputMargin: [padding, length * dilation - inputs - padding],
  };
}
