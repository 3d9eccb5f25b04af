import { backend_util } from '@tensorflow/tfjs-core';
import { forwardJob, inputGradientJobs } from './convolution-jobs';
import { filterGradientJob } from './filter-gradient-jobs';
import { ConvolutionJob, FilterGradientJob, Operation } from './generated/job-fields';
import type { Heap } from './heap';
import { convolutionReference, filterGradientReference, inputGradientReference } from './kernels/convolutions.reference';
import { instantiate } from './module-exports';
import type { ModuleExports } from './module-exports';
import { compileVariant, VARIANTS } from './variants';
import type { Variant } from './variants';

export interface ChosenVariant {
  variant: Variant;
  module: WebAssembly.Module;
}

/** Largest difference from the reference, relative to the largest value. */
const TOLERANCE = 1e-4;
/** How long a variant is timed: long enough for the engine to optimise it. */
const TIMED_MS = 60;

type Info = backend_util.Conv2DInfo;
const small = backend_util.computeConv2DInfo([3, 7, 6, 5], [5, 5, 5, 18], 2, 1, 'same');
const timed = backend_util.computeConv2DInfo([4, 16, 16, 32], [5, 5, 32, 32], 2, 1, 'same');

/** The variant asked for, or the fastest of those that compute right results here. Throws when there is none. */
export function chooseVariant(heap: Heap, wanted: Variant | 'auto', onInfo: (message: string) => void): ChosenVariant {
  const candidates = wanted === 'auto' ? VARIANTS : [wanted];
  if (wanted !== 'auto' && !VARIANTS.includes(wanted)) {
    throw new Error(`useWasmKernels: variant must be auto or one of ${VARIANTS.join(', ')}, got ${wanted}`);
  }
  const notes: string[] = [];
  let best: (ChosenVariant & { milliseconds: number }) | undefined;
  for (const variant of candidates) {
    const module = compileVariant(variant);
    if (!module) {
      notes.push(`${variant}: not supported by this engine`);
      continue;
    }
    const test = prepare(heap, module);
    const error = test.largestError();
    const milliseconds = error <= TOLERANCE && wanted === 'auto' ? test.time() : 0;
    test.dispose();
    notes.push(error <= TOLERANCE ? `${variant}: right, ${milliseconds.toFixed(2)} ms` : `${variant}: wrong by ${error}`);
    if (error <= TOLERANCE && (!best || milliseconds < best.milliseconds)) best = { variant, module, milliseconds };
  }
  if (!best) throw new Error(`useWasmKernels: a variant must pass its self-test, got ${notes.join('; ')}`);
  onInfo(`wasm kernels: ${best.variant} (${notes.join('; ')})`);
  return best;
}

/** One instance of a module with room for the test's operands. */
function prepare(heap: Heap, module: WebAssembly.Module) {
  const exports = instantiate(module, heap.memory);
  const counts = [timed.inShape, timed.filterShape, timed.outShape].map((shape) => shape.reduce((a, b) => a * b));
  const blocks = [...counts.map((count) => count * 4), ...counts.map((count) => count * 4), exports.scratchBytes(), 64];
  const addresses = blocks.map((bytes) => heap.allocate(bytes));
  const [x, filter, y, dx, dw, , scratch, counter] = addresses;
  const operands = { x, filter, y, dx, dw };
  const run = (operation: number, job: number, jobs: number): void => {
    heap.floats(counter, 1).fill(0);
    exports.run(operation, job, jobs, counter, scratch);
  };
  const forward = (info: Info): void => {
    const job = forwardJob(info, x, filter, y, limits(exports));
    run(Operation.convolution, heap.writeJobs(ConvolutionJob, [job]), 1);
  };
  return {
    dispose: () => addresses.forEach((address) => heap.free(address)),
    largestError: () => largestError(heap, exports, operands, forward, run),
    time: () => fastest(() => forward(timed)),
  };
}

const limits = (exports: ModuleExports) => ({
  ...{ tileColumns: exports.tileColumns(), maxPanels: exports.maxPanels(), maxColumns: exports.maxColumns() },
  threads: 1,
});

function largestError(
  heap: Heap,
  exports: ModuleExports,
  { x, filter, y, dx, dw }: Record<'x' | 'filter' | 'y' | 'dx' | 'dw', number>,
  forward: (info: Info) => void,
  run: (operation: number, job: number, jobs: number) => void,
): number {
  const size = (shape: number[]): number => shape.reduce((a, b) => a * b);
  const values = (address: number, shape: number[]): Float32Array => heap.floats(address, size(shape));
  values(x, small.inShape).forEach((_, i, array) => (array[i] = Math.sin(i)));
  values(filter, small.filterShape).forEach((_, i, array) => (array[i] = Math.cos(1.3 * i)));
  values(y, small.outShape).fill(NaN);
  forward(small);
  const [image, weights, output] = [values(x, small.inShape), values(filter, small.filterShape), values(y, small.outShape)];
  const forwardError = difference(output, convolutionReference(small, image, weights));

  const dy = output; // any numbers do
  const jobs = inputGradientJobs(small, y, filter, dx, limits(exports), heap);
  run(Operation.convolution, heap.writeJobs(ConvolutionJob, jobs), jobs.length);
  const inputError = difference(values(dx, small.inShape), inputGradientReference(small, dy, weights));

  const job = { ...filterGradientJob(small, x, y, exports.maxColumns()), destination: dw };
  run(Operation.filterGradient, heap.writeJobs(FilterGradientJob, [job]), 1);
  const filterError = difference(values(dw, small.filterShape), filterGradientReference(small, image, dy));
  return Math.max(forwardError, inputError, filterError);
}

/** NaN counts as infinitely wrong. */
function difference(actual: Float32Array, expected: Float64Array): number {
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return actual.reduce((largest, value, i) => {
    const error = Math.abs(value - expected[i]) / scale;
    return Number.isNaN(error) ? Infinity : Math.max(largest, error);
  }, 0);
}

function fastest(run: () => void): number {
  const end = performance.now() + TIMED_MS;
  let best = Infinity;
  while (performance.now() < end) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
