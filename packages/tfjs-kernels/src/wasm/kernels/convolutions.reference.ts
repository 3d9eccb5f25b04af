import type { backend_util } from '@tensorflow/tfjs-core';

type Info = backend_util.Conv2DInfo;
type Floats = Float32Array | Float64Array;

/** Calls `visit` for every product of a convolution with the indices of its input, its filter weight and its output. */
function eachProduct(info: Info, visit: (input: number, weight: number, output: number) => void): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth, padInfo } = info;
  for (let b = 0; b < info.batchSize; b++)
    for (let oy = 0; oy < outHeight; oy++)
      for (let ox = 0; ox < outWidth; ox++)
        for (let ky = 0; ky < filterHeight; ky++)
          for (let kx = 0; kx < filterWidth; kx++) {
            const y = oy * info.strideHeight + ky - padInfo.top;
            const x = ox * info.strideWidth + kx - padInfo.left;
            if (y < 0 || y >= inHeight || x < 0 || x >= inWidth) continue;
            const input = ((b * inHeight + y) * inWidth + x) * inChannels;
            const weight = (ky * filterWidth + kx) * inChannels * outChannels;
            const output = ((b * outHeight + oy) * outWidth + ox) * outChannels;
            for (let ci = 0; ci < inChannels; ci++)
              for (let co = 0; co < outChannels; co++) visit(input + ci, weight + ci * outChannels + co, output + co);
          }
}

/** What Conv2D must compute, in double precision. */
export function convolutionReference(info: Info, x: Floats, filter: Floats): Float64Array {
  const y = new Float64Array(info.outShape.reduce((a, b) => a * b));
  eachProduct(info, (input, weight, output) => (y[output] += x[input] * filter[weight]));
  return y;
}

/** What Conv2DBackpropInput must compute, in double precision. */
export function inputGradientReference(info: Info, dy: Floats, filter: Floats): Float64Array {
  const dx = new Float64Array(info.inShape.reduce((a, b) => a * b));
  eachProduct(info, (input, weight, output) => (dx[input] += dy[output] * filter[weight]));
  return dx;
}

/** What Conv2DBackpropFilter must compute, in double precision. */
export function filterGradientReference(info: Info, x: Floats, dy: Floats): Float64Array {
  const dw = new Float64Array(info.filterShape.reduce((a, b) => a * b));
  eachProduct(info, (input, weight, output) => (dw[weight] += x[input] * dy[output]));
  return dw;
}
