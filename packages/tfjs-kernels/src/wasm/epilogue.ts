import { getKernel, util } from '@tensorflow/tfjs-core';
import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from './context';
import { FinishJob, Operation } from './generated/job-fields';
import type { Epilogue } from './generated/job-fields';
import type { Heap, JobOf } from './heap';

/** The step after a product, activation(sums + bias), as fields of its job. */
export type EpilogueFields = JobOf<typeof Epilogue>;

/** The optional inputs and attributes of TensorFlow.js' fused kernels. */
export interface FusedInputs {
  bias?: TensorInfo;
  preluActivationWeights?: TensorInfo;
}
export interface FusedAttrs {
  activation?: string;
  leakyreluAlpha?: number;
}

/** TensorFlow.js' fused activations by name: their numbers in assembly/epilogue.ts, and the kernels that apply them to a tensor. */
const ACTIVATIONS: Record<string, { number: number; kernel?: string }> = {
  linear: { number: 0 },
  relu: { number: 1, kernel: 'Relu' },
  relu6: { number: 2, kernel: 'Relu6' },
  elu: { number: 3, kernel: 'Elu' },
  leakyrelu: { number: 4, kernel: 'LeakyRelu' },
  prelu: { number: 5, kernel: 'Prelu' },
  sigmoid: { number: 6, kernel: 'Sigmoid' },
};

export const NO_EPILOGUE: EpilogueFields = { bias: 0, slopes: 0, activation: 0, alpha: 0 };

/** Floats that a thread processes at a time. */
const TILE_FLOATS = 8192;

function activationOf({ activation }: FusedAttrs, kernelName: string) {
  const known = ACTIVATIONS[activation ?? 'linear'];
  if (known) return known;
  throw new Error(`${kernelName} (wasm): activation must be one of ${Object.keys(ACTIVATIONS).join(', ')}, got ${activation}`);
}

/** The epilogue of `columns` columns; undefined unless the bias and prelu's slopes are one number per column. */
export function epilogueOf(
  heap: Heap,
  { bias, preluActivationWeights: slopes }: FusedInputs,
  attrs: FusedAttrs,
  columns: number,
  kernelName: string,
): EpilogueFields | undefined {
  const perColumn = (tensor: TensorInfo): boolean =>
    util.sizeFromShape(tensor.shape) === columns && tensor.shape[tensor.shape.length - 1] === columns;
  const { number: activation } = activationOf(attrs, kernelName);
  if (bias && !perColumn(bias)) return undefined;
  const fields = { ...NO_EPILOGUE, bias: bias ? heap.address(bias) : 0, activation, alpha: attrs.leakyreluAlpha ?? 0.2 };
  if (attrs.activation !== 'prelu') return fields;
  if (!slopes) throw new Error(`${kernelName} (wasm): preluActivationWeights must be given for activation prelu, got none`);
  return perColumn(slopes) ? { ...fields, slopes: heap.address(slopes) } : undefined;
}

/** Whether the sums stay unchanged. */
export const isIdentity = ({ bias, activation }: EpilogueFields): boolean => bias === 0 && activation === 0;

/** Applies the epilogue in place to sums that are already in memory, `values` [rows, columns]. */
export function finish({ heap, pool }: KernelContext, values: TensorInfo, columns: number, epilogue: EpilogueFields): void {
  if (isIdentity(epilogue)) return;
  const rows = util.sizeFromShape(values.shape) / columns;
  const rowsPerTile = Math.max(1, Math.floor(TILE_FLOATS / columns));
  const job = { tiles: Math.ceil(rows / rowsPerTile), rowsPerTile, rows, columns, values: heap.address(values), ...epilogue };
  pool.run(Operation.finish, heap.writeJobs(FinishJob, [job]), 1, job.tiles < 4);
}

/** The same for a bias or slopes of any shape that broadcasts, kernel by kernel; takes ownership of `sums`. */
export function finishByKernels(
  { heap }: KernelContext,
  sums: TensorInfo,
  { bias, preluActivationWeights }: FusedInputs,
  attrs: FusedAttrs,
  kernelName: string,
): TensorInfo {
  const { backend } = heap;
  const run = (name: string, inputs: Record<string, TensorInfo>, values: TensorInfo): TensorInfo => {
    const kernelAttrs = { alpha: attrs.leakyreluAlpha ?? 0.2 } as NamedAttrMap;
    const result = getKernel(name, 'wasm').kernelFunc({ inputs, backend, attrs: kernelAttrs }) as TensorInfo;
    backend.disposeData(values.dataId);
    return result;
  };
  const { kernel } = activationOf(attrs, kernelName);
  const biased = bias ? run('Add', { a: sums, b: bias }, sums) : sums;
  if (!kernel) return biased;
  return run(kernel, { x: biased, ...(preluActivationWeights && { alpha: preluActivationWeights }) }, biased);
}
