import type { backend_util } from '@tensorflow/tfjs-core';
import type { Conv2DAttrs, Conv2DBackpropFilterAttrs, Conv2DBackpropInputAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import { assertFloats, assertGradientShape, plainConvolution } from '../../plain-convolution';
import { forwardPass, inputGradientPass, limitsOf } from '../convolution-jobs';
import type { Pass } from '../convolution-jobs';
import { epilogueOf, finishByKernels, NO_EPILOGUE } from '../epilogue';
import type { EpilogueFields, FusedAttrs, FusedInputs } from '../epilogue';
import { filterGradientJob } from '../filter-gradient-jobs';
import { ConvolutionJob, FilterGradientJob, Operation } from '../generated/job-fields';
import { runSteps } from '../step';
import { sumSlicesStep } from '../sum-slices';
import { winogradFilterGradient } from '../winograd/filter-gradient';
import { isWorthwhile } from '../winograd/is-worthwhile';
import { winogradForward, winogradInputGradient } from '../winograd/products';
import type { Heap } from '../heap';
import type { KernelContext } from '../context';
import { cropToOutput } from './crop-to-output';
import { spreadFilter } from './spread-filter';

type Info = backend_util.Conv2DInfo;
type Inputs = Record<string, TensorInfo>;

/** Products below which waking the workers costs more than it saves. */
const ALONE_PRODUCTS = 200_000;

const productsOf = (info: Info): number =>
  info.batchSize * info.outHeight * info.outWidth * info.filterHeight * info.filterWidth * info.inChannels * info.outChannels;

/** y = x ⋆ filter, [B, OH, OW, Co]. */
export function conv2d(context: KernelContext, { x, filter }: Inputs, attrs: Conv2DAttrs): TensorInfo | undefined {
  return withPlainFilter(context.heap, x, filter, attrs, (info, plain) =>
    convolve(context, 'Conv2D', info, { x, filter: plain }, NO_EPILOGUE),
  );
}

/** Computes a plain convolution from its sizes and filter; undefined leaves it to the stock kernel. */
function withPlainFilter(
  heap: Heap,
  x: TensorInfo,
  filter: TensorInfo,
  attrs: Conv2DAttrs,
  compute: (info: Info, filter: TensorInfo) => TensorInfo,
): TensorInfo | undefined {
  const info = plainConvolution(x.shape, filter.shape, attrs);
  if (info) return compute(info, filter);
  const spread = spreadFilter(heap, x, filter, attrs);
  if (!spread) return undefined;
  const y = compute(spread.info, spread.filter);
  heap.backend.disposeData(spread.filter.dataId);
  return y;
}

/** activation(x ⋆ filter + bias), which `layers.conv2d` calls even with a linear activation. */
export function fusedConv2d(
  context: KernelContext,
  { x, filter, ...fused }: Inputs & FusedInputs,
  attrs: Conv2DAttrs & FusedAttrs,
): TensorInfo | undefined {
  return withPlainFilter(context.heap, x, filter, attrs, (info, plain) => {
    const epilogue = epilogueOf(context.heap, fused, attrs, info.outChannels, 'FusedConv2D');
    const sums = convolve(context, 'FusedConv2D', info, { x, filter: plain }, epilogue ?? NO_EPILOGUE);
    return epilogue ? sums : finishByKernels(context, sums, fused, attrs, 'FusedConv2D');
  });
}

function convolve(
  context: KernelContext,
  kernelName: string,
  info: Info,
  { x, filter }: Record<'x' | 'filter', TensorInfo>,
  epilogue: EpilogueFields,
): TensorInfo {
  assertFloats(kernelName, 'wasm', { x, filter });
  const { heap, pool } = context;
  const y = heap.output(info.outShape);
  const addresses = [heap.address(x), heap.address(filter), heap.address(y)] as const;
  if (isWorthwhile(info, 'forward', pool.exports.tileColumns())) {
    runSteps(heap, pool.run, winogradForward(info, ...addresses, { heap, tileColumns: pool.exports.tileColumns(), epilogue }));
  } else {
    runPass(context, info, forwardPass(info, ...addresses, limitsOf(context), epilogue));
  }
  return y;
}

function runPass({ heap, pool }: KernelContext, info: Info, { operation, jobs }: Pass): void {
  pool.run(operation, heap.writeJobs(ConvolutionJob, jobs), jobs.length, productsOf(info) < ALONE_PRODUCTS);
}

/** The gradient at the input, [B, H, W, Ci]; also a transposed convolution's forward pass. */
export function conv2dBackpropInput(
  context: KernelContext,
  inputs: Inputs,
  attrs: Conv2DBackpropInputAttrs,
): TensorInfo | undefined {
  const { dy, filter } = inputs;
  const info = plainConvolution(attrs.inputShape, filter.shape, { ...attrs, dilations: 1 });
  if (!info) return undefined;
  const cropped = cropToOutput(context.heap, dy, info.outShape);
  if (cropped) {
    const dx = conv2dBackpropInput(context, { dy: cropped, filter }, attrs);
    context.heap.backend.disposeData(cropped.dataId);
    return dx;
  }
  assertFloats('Conv2DBackpropInput', 'wasm', { dy, filter });
  assertGradientShape('Conv2DBackpropInput (wasm)', dy, info.outShape);
  const { heap, pool } = context;
  const dx = heap.output(info.inShape);
  const addresses = [heap.address(dy), heap.address(filter), heap.address(dx)] as const;
  if (isWorthwhile(info, 'inputGradient', pool.exports.tileColumns())) {
    runSteps(heap, pool.run, winogradInputGradient(info, ...addresses, { heap, tileColumns: pool.exports.tileColumns() }));
  } else {
    runPass(context, info, inputGradientPass(info, ...addresses, limitsOf(context)));
  }
  return dx;
}

/** The gradient of the filter, [kh, kw, Ci, Co]. */
export function conv2dBackpropFilter(context: KernelContext, inputs: Inputs, attrs: Conv2DBackpropFilterAttrs): TensorInfo {
  const { x, dy } = inputs;
  const info = plainConvolution(x.shape, attrs.filterShape, { ...attrs, dilations: 1 });
  if (!info) throw new Error(`Conv2DBackpropFilter (wasm): dataFormat must be NHWC, got ${attrs.dataFormat}`);
  assertFloats('Conv2DBackpropFilter', 'wasm', { x, dy });
  assertGradientShape('Conv2DBackpropFilter (wasm)', dy, info.outShape);
  const { heap, pool } = context;
  const dw = heap.output(info.filterShape);
  const addresses = [heap.address(x), heap.address(dy), heap.address(dw)] as const;
  const tileColumns = pool.exports.tileColumns();
  if (isWorthwhile(info, 'filterGradient', tileColumns)) {
    runSteps(heap, pool.run, winogradFilterGradient(info, ...addresses, { heap, tileColumns }));
  } else {
    directFilterGradient(context, info, ...addresses);
  }
  return dw;
}

function directFilterGradient({ heap, pool }: KernelContext, info: Info, x: number, dy: number, dw: number): void {
  const job = filterGradientJob(info, x, dy, pool.exports.maxColumns());
  const split = job.slices > 1;
  const destination = split ? heap.workspace(job.slices * job.sliceFloats * 4) : dw;
  const alone = productsOf(info) < ALONE_PRODUCTS;
  pool.run(Operation.filterGradient, heap.writeJobs(FilterGradientJob, [{ ...job, destination }]), 1, alone);
  if (split) runSteps(heap, pool.run, [sumSlicesStep(destination, dw, job.sliceFloats, job.slices)]);
}
