import { backend_util } from '@tensorflow/tfjs-core';
import { forwardPass, inputGradientPass } from './convolution-jobs';
import type { Pass } from './convolution-jobs';
import { filterGradientJob } from './filter-gradient-jobs';
import { ConvolutionJob, FilterGradientJob, Operation } from './generated/job-fields';
import type { Heap } from './heap';
import { convolutionReference, filterGradientReference, inputGradientReference } from './kernels/convolutions.reference';
import { instantiate } from './module-exports';
import type { ModuleExports } from './module-exports';
import { runSteps } from './step';
import { compileVariant, VARIANTS, variantsInEngineOrder } from './variants';
import type { Variant, WantedVariant } from './variants';
import { winogradFilterGradient } from './winograd/filter-gradient';
import { winogradForward, winogradInputGradient } from './winograd/products';
import { largestDifference } from '../largest-difference';

export interface ChosenVariant {
  variant: Variant;
  module: WebAssembly.Module;
}

/** Largest difference from the reference, relative to the largest value. */
const TOLERANCE = 1e-4;
/** Time spent on timing a variant: long enough for the engine to optimise it. */
const TIMED_MS = 60;

type Info = backend_util.Conv2DInfo;
const small = backend_util.computeConv2DInfo([3, 7, 6, 24], [5, 5, 24, 36], 2, 1, 'same');
const smallNarrow = backend_util.computeConv2DInfo([3, 7, 6, 3], [5, 5, 3, 8], 2, 1, 'same');
const smallWinograd = backend_util.computeConv2DInfo([3, 10, 6, 16], [5, 5, 16, 24], 2, 1, 'same');
const timed = backend_util.computeConv2DInfo([4, 16, 16, 32], [5, 5, 32, 32], 2, 1, 'same');

/** The variants to try for it, in order. */
function candidatesFor(wanted: WantedVariant): Variant[] {
  if (wanted === 'auto') return VARIANTS;
  if (wanted === 'repeatable') return variantsInEngineOrder();
  if (VARIANTS.includes(wanted)) return [wanted];
  throw new Error(`useWasmKernels: variant must be auto, repeatable or one of ${VARIANTS.join(', ')}, got ${wanted}`);
}

/** The requested variant; of several, the fastest or the first of those that compute correct results here. Throws if there is none. */
export function chooseVariant(heap: Heap, wanted: WantedVariant, onInfo: (message: string) => void): ChosenVariant {
  const timing = wanted === 'auto';
  const notes: string[] = [];
  let best: (ChosenVariant & { milliseconds: number }) | undefined;
  for (const variant of candidatesFor(wanted)) {
    if (best && !timing) break;
    const module = compileVariant(variant);
    if (!module) {
      notes.push(`${variant}: not supported by this engine`);
      continue;
    }
    const test = prepare(heap, module);
    const error = test.largestError();
    const milliseconds = error <= TOLERANCE && timing ? test.time() : 0;
    test.dispose();
    const took = timing ? `, ${milliseconds.toFixed(2)} ms` : '';
    notes.push(error <= TOLERANCE ? `${variant}: correct${took}` : `${variant}: wrong by ${error}`);
    if (error <= TOLERANCE && (!best || milliseconds < best.milliseconds)) best = { variant, module, milliseconds };
  }
  if (!best) throw new Error(`useWasmKernels: a variant must pass its self-test, got ${notes.join('; ')}`);
  onInfo(`wasm kernels: ${best.variant} (${notes.join('; ')})`);
  return best;
}

type Run = (operation: number, job: number, jobs: number) => void;
/** Addresses of the test's operands. */
type Operands = Record<'x' | 'filter' | 'y' | 'dx' | 'dw', number>;
/** The kernels of a convolution: y from x and filter, dx from y (as its gradient) and filter, dw from x and y. */
type Kernels = Record<'forward' | 'inputGradient' | 'filterGradient', (info: Info) => void>;

/** One instance of a module with room for the test's operands. */
function prepare(heap: Heap, module: WebAssembly.Module) {
  const exports = instantiate(module, heap.memory);
  const counts = [timed.inShape, timed.filterShape, timed.outShape].map((shape) => shape.reduce((a, b) => a * b));
  const blocks = [...counts.map((count) => count * 4), ...counts.map((count) => count * 4), exports.scratchBytes(), 64];
  const addresses = blocks.map((bytes) => heap.allocate(bytes));
  const [x, filter, y, dx, dw, , scratch, counter] = addresses;
  const operands = { x, filter, y, dx, dw };
  const run: Run = (operation, job, jobs) => {
    heap.floats(counter, 1).fill(0);
    exports.run(operation, job, jobs, counter, scratch);
  };
  const direct = directKernels(heap, exports, operands, run);
  const winograd = winogradKernels(heap, exports, operands, run);
  return {
    dispose: () => addresses.forEach((address) => heap.free(address)),
    largestError: () =>
      Math.max(
        ...[small, smallNarrow].map((info) => largestError(heap, operands, info, direct)),
        largestError(heap, operands, smallWinograd, winograd),
      ),
    time: () => fastest(() => direct.forward(timed)),
  };
}

const limits = (exports: ModuleExports) => ({
  ...{ tileColumns: exports.tileColumns(), maxPanels: exports.maxPanels(), maxColumns: exports.maxColumns() },
  threads: 1,
});

function directKernels(heap: Heap, exports: ModuleExports, { x, filter, y, dx, dw }: Operands, run: Run): Kernels {
  const runPass = ({ operation, jobs }: Pass): void => run(operation, heap.writeJobs(ConvolutionJob, jobs), jobs.length);
  return {
    forward(info) {
      runPass(forwardPass(info, x, filter, y, limits(exports)));
    },
    inputGradient(info) {
      runPass(inputGradientPass(info, y, filter, dx, limits(exports)));
    },
    filterGradient(info) {
      const job = { ...filterGradientJob(info, x, y, exports.maxColumns()), destination: dw };
      run(Operation.filterGradient, heap.writeJobs(FilterGradientJob, [job]), 1);
    },
  };
}

function winogradKernels(heap: Heap, exports: ModuleExports, { x, filter, y, dx, dw }: Operands, run: Run): Kernels {
  const tileColumns = exports.tileColumns();
  return {
    forward: (info) => runSteps(heap, run, winogradForward(info, x, filter, y, { heap, tileColumns })),
    inputGradient: (info) => runSteps(heap, run, winogradInputGradient(info, y, filter, dx, { heap, tileColumns })),
    filterGradient: (info) => runSteps(heap, run, winogradFilterGradient(info, x, y, dw, { heap, tileColumns })),
  };
}

function largestError(heap: Heap, { x, filter, y, dx, dw }: Operands, info: Info, kernels: Kernels): number {
  const size = (shape: number[]): number => shape.reduce((a, b) => a * b);
  const values = (address: number, shape: number[]): Float32Array => heap.floats(address, size(shape));
  values(x, info.inShape).forEach((_, i, array) => (array[i] = Math.sin(i)));
  values(filter, info.filterShape).forEach((_, i, array) => (array[i] = Math.cos(1.3 * i)));
  values(y, info.outShape).fill(NaN);
  for (const kernel of Object.values(kernels)) kernel(info);
  // Only now: a kernel may have grown the memory, which detaches arrays over it.
  const [image, weights] = [values(x, info.inShape), values(filter, info.filterShape)];
  const output = values(y, info.outShape);
  return Math.max(
    largestDifference(output, convolutionReference(info, image, weights)),
    largestDifference(values(dx, info.inShape), inputGradientReference(info, output, weights)),
    largestDifference(values(dw, info.filterShape), filterGradientReference(info, image, output)),
  );
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
