import type { backend_util } from '@tensorflow/tfjs-core';

type Info = backend_util.Conv2DInfo;
type Floats = ArrayLike<number>;

/** Calls `visit` with every output's index, and the sums under it in the order of the filter's taps. */
function eachOutput(
  info: Info,
  x: Floats,
  filter: Floats,
  visit: (output: number, sums: { input: number; weight: number; sum: number }[]) => void,
): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, filterHeight, filterWidth, padInfo } = info;
  let output = 0;
  for (let b = 0; b < batchSize; b++)
    for (let oy = 0; oy < outHeight; oy++)
      for (let ox = 0; ox < outWidth; ox++)
        for (let c = 0; c < inChannels; c++, output++) {
          const sums = [];
          for (let ky = 0; ky < filterHeight; ky++)
            for (let kx = 0; kx < filterWidth; kx++) {
              const y = oy * info.strideHeight + ky * info.dilationHeight - padInfo.top;
              const column = ox * info.strideWidth + kx * info.dilationWidth - padInfo.left;
              if (y < 0 || y >= inHeight || column < 0 || column >= inWidth) continue;
              const input = ((b * inHeight + y) * inWidth + column) * inChannels + c;
              const weight = (ky * filterWidth + kx) * inChannels + c;
              sums.push({ input, weight, sum: Math.fround(x[input] + filter[weight]) });
            }
          visit(output, sums);
        }
}

/** The first of the largest sums. */
const largestOf = <T extends { sum: number }>(sums: T[]): T =>
  sums.reduce((best, candidate) => (candidate.sum > best.sum ? candidate : best));

const sizeOf = (shape: number[]): number => shape.reduce((a, b) => a * b, 1);

/** What Dilation2D must compute. */
export function dilation2DReference(info: Info, x: Floats, filter: Floats): Float64Array {
  const y = new Float64Array(sizeOf(info.outShape));
  eachOutput(info, x, filter, (output, sums) => (y[output] = largestOf(sums).sum));
  return y;
}

/** What Dilation2DBackpropInput and Dilation2DBackpropFilter must compute: [dx, dFilter]. */
export function dilation2DGradientReference(info: Info, x: Floats, filter: Floats, dy: Floats): [Float64Array, Float64Array] {
  const [dx, dFilter] = [x, filter].map(({ length }) => new Float64Array(length));
  eachOutput(info, x, filter, (output, sums) => {
    const { input, weight } = largestOf(sums);
    dx[input] += dy[output];
    dFilter[weight] += dy[output];
  });
  return [dx, dFilter];
}
