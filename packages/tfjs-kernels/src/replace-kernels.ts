import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';

/** A kernel of this package. It returns undefined for cases that it leaves to the stock kernel. */
// The kernels' own types declare what each takes; the registry's don't.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Kernel<Context> = (context: Context, inputs: any, attrs: any) => TensorInfo | TensorInfo[] | undefined;

/** Replaces a backend's stock kernels by name. `current` is called each time a kernel runs. */
export function replaceKernels<Context>(
  backendName: string,
  kernels: Readonly<Record<string, Kernel<Context>>>,
  current: () => Context,
): void {
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    const stock = getKernel(kernelName, backendName);
    if (stock) unregisterKernel(kernelName, backendName);
    const kernelFunc: KernelFunc = (args) => {
      const result = kernel(current(), args.inputs, args.attrs);
      if (result !== undefined) return result;
      if (stock) return stock.kernelFunc(args);
      const got = JSON.stringify(args.attrs);
      throw new Error(`${kernelName} (${backendName}): attributes must be those of a plain convolution, got ${got}`);
    };
    registerKernel({ ...stock, kernelName, backendName, kernelFunc });
  }
}
