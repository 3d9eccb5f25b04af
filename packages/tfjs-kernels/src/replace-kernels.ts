import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';

/** A kernel of this package; undefined: not covered, the stock kernel takes over. */
// The kernels' own types say what each takes; the registry's don't.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Kernel<Context> = (context: Context, inputs: any, attrs: any) => TensorInfo | TensorInfo[] | undefined;

/** Puts kernels, by name, in the place of a backend's stock ones. `current` is asked at every call. */
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
