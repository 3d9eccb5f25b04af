import { backend_util, util } from '@tensorflow/tfjs-core';
import type { Conv2DAttrs, TensorInfo } from '@tensorflow/tfjs-core';

/** The convolution's sizes; undefined if our kernels don't support it: channels first, dilation. */
export function plainConvolution(
  inShape: number[],
  filterShape: number[],
  attrs: Conv2DAttrs,
): backend_util.Conv2DInfo | undefined {
  const { strides, pad, dataFormat, dimRoundingMode, dilations = 1 } = attrs;
  const format = backend_util.convertConv2DDataFormat(dataFormat ?? 'NHWC');
  const info = backend_util.computeConv2DInfo(
    inShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    ...([strides, dilations, pad, dimRoundingMode, false, format] as const),
  );
  const covered = format === 'channelsLast' && info.dilationHeight === 1 && info.dilationWidth === 1;
  return covered ? info : undefined;
}

/** Throws unless all inputs of `kernel` are float32; names the backend. */
export function assertFloats(kernel: string, backend: string, inputs: Record<string, TensorInfo>): void {
  for (const [name, { dtype }] of Object.entries(inputs)) {
    if (dtype !== 'float32') throw new Error(`${kernel} (${backend}): ${name} must be float32, got ${dtype}`);
  }
}

/** Throws unless a gradient has its output's shape: a kernel would read beyond it. `kernel` includes the backend's name. */
export function assertGradientShape(kernel: string, dy: TensorInfo, outShape: number[]): void {
  if (util.arraysEqual(dy.shape, outShape)) return;
  throw new Error(`${kernel}: dy must have the shape of the output, [${outShape.join(', ')}], got [${dy.shape.join(', ')}]`);
}
