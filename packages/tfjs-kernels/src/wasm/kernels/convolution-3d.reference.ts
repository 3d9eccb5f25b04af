import type { backend_util } from '@tensorflow/tfjs-core';

type Info = backend_util.Conv3DInfo;
type Floats = ArrayLike<number>;

/** Every output of a volume, as [image, z, y, x]. */
function* outputsOf({ batchSize, outDepth, outHeight, outWidth }: Info): Generator<[number, number, number, number]> {
  for (let b = 0; b < batchSize; b++)
    for (let z = 0; z < outDepth; z++) for (let y = 0; y < outHeight; y++) for (let x = 0; x < outWidth; x++) yield [b, z, y, x];
}

/** Every tap of a filter, as [z, y, x]. */
function* tapsOf({ filterDepth, filterHeight, filterWidth }: Info): Generator<[number, number, number]> {
  for (let z = 0; z < filterDepth; z++)
    for (let y = 0; y < filterHeight; y++) for (let x = 0; x < filterWidth; x++) yield [z, y, x];
}

/** Calls `visit` with the first index of every output, input and weight that meet. */
function eachProduct(info: Info, visit: (output: number, input: number, weight: number) => void): void {
  const { inDepth, inHeight, inWidth, inChannels, outChannels, padInfo } = info;
  let output = 0;
  for (const [b, oz, oy, ox] of outputsOf(info)) {
    let weight = 0;
    for (const [kz, ky, kx] of tapsOf(info)) {
      const z = oz * info.strideDepth + kz - padInfo.front;
      const y = oy * info.strideHeight + ky - padInfo.top;
      const x = ox * info.strideWidth + kx - padInfo.left;
      const isInside = z >= 0 && z < inDepth && y >= 0 && y < inHeight && x >= 0 && x < inWidth;
      if (isInside) visit(output, (((b * inDepth + z) * inHeight + y) * inWidth + x) * inChannels, weight);
      weight += inChannels * outChannels;
    }
    output += outChannels;
  }
}

const sizeOf = (shape: number[]): number => shape.reduce((a, b) => a * b, 1);

/** What Conv3DBackpropInputV2 must compute, in double precision. */
export function convolution3DInputGradientReference(info: Info, dy: Floats, filter: Floats): Float64Array {
  const { inChannels, outChannels } = info;
  const dx = new Float64Array(sizeOf(info.inShape));
  eachProduct(info, (output, input, weight) => {
    for (let ci = 0; ci < inChannels; ci++)
      for (let co = 0; co < outChannels; co++) dx[input + ci] += dy[output + co] * filter[weight + ci * outChannels + co];
  });
  return dx;
}

/** What Conv3DBackpropFilterV2 must compute, in double precision. */
export function convolution3DFilterGradientReference(info: Info, x: Floats, dy: Floats): Float64Array {
  const { inChannels, outChannels } = info;
  const dw = new Float64Array(sizeOf(info.filterShape));
  eachProduct(info, (output, input, weight) => {
    for (let ci = 0; ci < inChannels; ci++)
      for (let co = 0; co < outChannels; co++) dw[weight + ci * outChannels + co] += dy[output + co] * x[input + ci];
  });
  return dw;
}
