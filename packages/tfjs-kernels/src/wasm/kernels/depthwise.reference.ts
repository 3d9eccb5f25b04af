import type { backend_util } from '@tensorflow/tfjs-core';

type Info = backend_util.Conv2DInfo;
type Floats = ArrayLike<number>;

/** Visits every product of a depthwise convolution with the indices of its input, its weight and its output. */
function eachProduct(info: Info, visit: (input: number, weight: number, output: number) => void): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth, padInfo } = info;
  const multiplier = outChannels / inChannels;
  for (let b = 0; b < info.batchSize; b++)
    for (let oy = 0; oy < outHeight; oy++)
      for (let ox = 0; ox < outWidth; ox++)
        for (let ky = 0; ky < filterHeight; ky++)
          for (let kx = 0; kx < filterWidth; kx++) {
            const y = oy * info.strideHeight + ky * info.dilationHeight - padInfo.top;
            const x = ox * info.strideWidth + kx * info.dilationWidth - padInfo.left;
            if (y < 0 || y >= inHeight || x < 0 || x >= inWidth) continue;
            const input = ((b * inHeight + y) * inWidth + x) * inChannels;
            const weight = (ky * filterWidth + kx) * outChannels;
            const output = ((b * outHeight + oy) * outWidth + ox) * outChannels;
            for (let c = 0; c < outChannels; c++) visit(input + Math.floor(c / multiplier), weight + c, output + c);
          }
}

const sizeOf = (shape: number[]): number => shape.reduce((a, b) => a * b, 1);

/** What DepthwiseConv2dNative must compute, in double precision. */
export function depthwiseReference(info: Info, x: Floats, filter: Floats): Float64Array {
  const y = new Float64Array(sizeOf(info.outShape));
  eachProduct(info, (input, weight, output) => (y[output] += x[input] * filter[weight]));
  return y;
}

/** What DepthwiseConv2dNativeBackpropInput must compute, in double precision. */
export function depthwiseInputGradientReference(info: Info, dy: Floats, filter: Floats): Float64Array {
  const dx = new Float64Array(sizeOf(info.inShape));
  eachProduct(info, (input, weight, output) => (dx[input] += dy[output] * filter[weight]));
  return dx;
}

/** What DepthwiseConv2dNativeBackpropFilter must compute, in double precision. */
export function depthwiseFilterGradientReference(info: Info, x: Floats, dy: Floats): Float64Array {
  const dw = new Float64Array(sizeOf(info.filterShape));
  eachProduct(info, (input, weight, output) => (dw[weight] += x[input] * dy[output]));
  return dw;
}
