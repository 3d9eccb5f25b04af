import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';
import { limitsOf } from '../convolution-jobs';
import { epilogueOf, finish, finishByKernels, NO_EPILOGUE } from '../epilogue';
import type { EpilogueFields, FusedAttrs, FusedInputs } from '../epilogue';
import { MatMulJob, Operation } from '../generated/job-fields';
import { matMulJob, productOf, slicesOf } from '../mat-mul-jobs';
import type { Product, Transposes } from '../mat-mul-jobs';
import { runSteps } from '../step';
import { sumSlicesStep } from '../sum-slices';

type Operands = Record<'a' | 'b', TensorInfo>;

/** Multiplications below which waking the workers costs more than it saves. */
const ALONE_PRODUCTS = 750_000;

const areFloats = ({ a, b }: Operands): boolean => a.dtype === 'float32' && b.dtype === 'float32';

/** a · b, either of them transposed, leading axes broadcast; undefined (the stock kernel's) for other types. */
export function batchMatMul(context: KernelContext, inputs: Operands, attrs: Transposes): TensorInfo | undefined {
  const product = areFloats(inputs) ? productOf(inputs.a, inputs.b, attrs) : undefined;
  return product && multiply(context, inputs, product, NO_EPILOGUE);
}

/** activation(a · b + bias). */
export function fusedMatMul(
  context: KernelContext,
  inputs: Operands & FusedInputs,
  attrs: Transposes & FusedAttrs,
): TensorInfo | undefined {
  const product = areFloats(inputs) ? productOf(inputs.a, inputs.b, attrs) : undefined;
  if (!product) return undefined;
  const epilogue = epilogueOf(context.heap, inputs, attrs, product.columns, '_FusedMatMul');
  if (epilogue) return multiply(context, inputs, product, epilogue);
  return finishByKernels(context, multiply(context, inputs, product, NO_EPILOGUE), inputs, attrs, '_FusedMatMul');
}

function multiply(context: KernelContext, { a, b }: Operands, product: Product, epilogue: EpilogueFields): TensorInfo {
  const { heap, pool } = context;
  const { rows, columns, depth, offsets } = product;
  const outerRows = rows / (product.outer.reduce((x, y) => x * y, 1) / (offsets.length / 2) || 1);
  const y = heap.output([...product.outer, outerRows, columns]);
  const slices = slicesOf(product);
  const floats = (offsets.length / 2) * rows * columns;
  const destination = slices > 1 ? heap.workspace(slices * floats * 4) : heap.address(y);
  const matrices = { a: heap.address(a), b: heap.address(b), offsets: heap.constants(Int32Array.from(offsets)) };
  const addresses = { ...matrices, destination };
  const job = matMulJob(product, slices, addresses, slices > 1 ? NO_EPILOGUE : epilogue, limitsOf(context));
  pool.run(Operation.matMul, heap.writeJobs(MatMulJob, [job]), 1, floats * depth < ALONE_PRODUCTS);
  if (slices > 1) {
    runSteps(heap, pool.run, [sumSlicesStep(destination, heap.address(y), floats, slices)]);
    finish(context, y, columns, epilogue);
  }
  return y;
}
