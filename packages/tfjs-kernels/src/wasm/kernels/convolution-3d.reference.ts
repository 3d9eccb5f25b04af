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

/** What Conv3DBackpropInputV2 must compute, in double precision. */
export function convolution3DInputGradientReference(info: Info, dy: Floats, filter: Floats): Float64Array {
  const { inDepth, inHeight, inWidth, inChannels, outChannels, padInfo } = info;
  const dx = new Float64Array(info.inShape.reduce((a, b) => a * b, 1));
  let output = 0;
  for (const [b, oz, oy, ox] of outputsOf(info)) {
    let weight = 0;
    for (const [kz, ky, kx] of tapsOf(info)) {
      const z = oz * info.strideDepth + kz - padInfo.front;
      const y = oy * info.strideHeight + ky - padInfo.top;
      const x = ox * info.strideWidth + kx - padInfo.left;
      const isInside = z >= 0 && z < inDepth && y >= 0 && y < inHeight && x >= 0 && x < inWidth;
      const input = (((b * inDepth + z) * inHeight + y) * inWidth + x) * inChannels;
      for (let ci = 0; isInside && ci < inChannels; ci++)
        for (let co = 0; co < outChannels; co++) dx[input + ci] += dy[output + co] * filter[weight + ci * outChannels + co];
      weight += inChannels * outChannels;
    }
    output += outChannels;
  }
  return dx;
}
