import type { backend_util } from '@tensorflow/tfjs-core';

type Floats = ArrayLike<number>;
/** Sizes of pooling over volumes, or over pictures. */
export type PoolSizes = backend_util.Conv2DInfo | backend_util.Conv3DInfo;

interface Axis {
  inputs: number;
  outputs: number;
  taps: number;
  stride: number;
  padding: number;
}

function axesOf(info: PoolSizes): Axis[] {
  const isVolume = 'inDepth' in info;
  const depth = isVolume
    ? [info.inDepth, info.outDepth, info.filterDepth, info.strideDepth, info.padInfo.front]
    : [1, 1, 1, 1, 0];
  return [
    depth,
    [info.inHeight, info.outHeight, info.filterHeight, info.strideHeight, info.padInfo.top],
    [info.inWidth, info.outWidth, info.filterWidth, info.strideWidth, info.padInfo.left],
  ].map(([inputs, outputs, taps, stride, padding]) => ({ inputs, outputs, taps, stride, padding }));
}

/** The inputs that an output at `position` along an axis meets. */
const tapsOf = ({ inputs, taps, stride, padding }: Axis, position: number): number[] =>
  Array.from({ length: taps }, (_, tap) => position * stride + tap - padding).filter((input) => input >= 0 && input < inputs);

/** Calls `visit` with every output's index and the indices of the inputs that it pools, in order. */
function eachWindow(info: PoolSizes, visit: (output: number, inputs: number[]) => void): void {
  const [z, y, x] = axesOf(info);
  const channels = info.inChannels;
  let output = 0;
  for (let b = 0; b < info.batchSize; b++)
    for (let oz = 0; oz < z.outputs; oz++)
      for (let oy = 0; oy < y.outputs; oy++)
        for (let ox = 0; ox < x.outputs; ox++)
          for (let c = 0; c < channels; c++, output++) {
            const at = (iz: number, iy: number, ix: number) =>
              (((b * z.inputs + iz) * y.inputs + iy) * x.inputs + ix) * channels + c;
            const pixels = tapsOf(z, oz).flatMap((iz) =>
              tapsOf(y, oy).flatMap((iy) => tapsOf(x, ox).map((ix) => at(iz, iy, ix))),
            );
            visit(output, pixels);
          }
}

const sizeOf = (shape: number[]): number => shape.reduce((a, b) => a * b, 1);

/** The first index with the largest value; undefined if there is none, as where a window lies entirely in padding. */
const firstLargest = (values: Floats, inputs: number[]): number | undefined =>
  inputs.reduce<number | undefined>(
    (best, input) => (best === undefined || values[input] > values[best] ? input : best),
    undefined,
  );

/** What MaxPool must compute. */
export function maxPoolReference(info: PoolSizes, x: Floats): Float64Array {
  const y = new Float64Array(sizeOf(info.outShape));
  eachWindow(info, (output, inputs) => {
    const largest = firstLargest(x, inputs);
    y[output] = largest === undefined ? -Infinity : x[largest];
  });
  return y;
}

/** What MaxPoolGrad must compute. */
export function maxPoolGradientReference(info: PoolSizes, x: Floats, dy: Floats): Float64Array {
  const dx = new Float64Array(sizeOf(info.inShape));
  eachWindow(info, (output, inputs) => {
    const largest = firstLargest(x, inputs);
    if (largest !== undefined) dx[largest] += dy[output];
  });
  return dx;
}

/** What AvgPool must compute, in double precision. */
export function averagePoolReference(info: PoolSizes, x: Floats): Float64Array {
  const y = new Float64Array(sizeOf(info.outShape));
  eachWindow(info, (output, inputs) => (y[output] = inputs.reduce((sum, input) => sum + x[input], 0) / (inputs.length || 1)));
  return y;
}

/** What AvgPoolGrad must compute, in double precision. */
export function averagePoolGradientReference(info: PoolSizes, dy: Floats): Float64Array {
  const dx = new Float64Array(sizeOf(info.inShape));
  eachWindow(info, (output, inputs) => inputs.forEach((input) => (dx[input] += dy[output] / inputs.length)));
  return dx;
}
