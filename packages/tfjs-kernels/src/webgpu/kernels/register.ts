import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { FUSED_KERNELS } from '../../fused-kernels';
import type { KernelContext } from '../context';
import {
  batchNormActivation,
  batchNormActivationGradient,
  biasActivation,
  biasActivationGradient,
  scaleShiftActivation,
} from './channels';
import { conv2d, conv2dBackpropFilter, conv2dBackpropInput } from './convolutions';
import { adamSteps, momentumSteps } from './optimizers';

/** A kernel of this package; undefined: not covered, the stock kernel takes over. */
// The kernels' own types say what each takes; the registry's don't.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Kernel = (context: KernelContext, inputs: any, attrs: any) => TensorInfo | TensorInfo[] | undefined;

const KERNELS: Record<string, Kernel> = {
  Conv2D: conv2d,
  Conv2DBackpropInput: conv2dBackpropInput,
  Conv2DBackpropFilter: conv2dBackpropFilter,
  [FUSED_KERNELS.batchNormActivation]: batchNormActivation,
  [FUSED_KERNELS.batchNormActivationGradient]: batchNormActivationGradient,
  [FUSED_KERNELS.scaleShiftActivation]: scaleShiftActivation,
  [FUSED_KERNELS.biasActivation]: biasActivation,
  [FUSED_KERNELS.biasActivationGradient]: biasActivationGradient,
  [FUSED_KERNELS.adamSteps]: adamSteps,
  [FUSED_KERNELS.momentumSteps]: momentumSteps,
};

/** Puts the kernels of this package in the place of the stock ones. `current` is asked at every call. */
export function registerKernels(current: () => KernelContext): void {
  for (const [kernelName, kernel] of Object.entries(KERNELS)) {
    const stock = getKernel(kernelName, 'webgpu');
    if (stock) unregisterKernel(kernelName, 'webgpu');
    const kernelFunc: KernelFunc = (args) => {
      const result = kernel(current(), args.inputs, args.attrs);
      if (result !== undefined) return result;
      if (!stock) throw new Error(`${kernelName} (webgpu): no kernel covers ${JSON.stringify(args.attrs)}`);
      return stock.kernelFunc(args);
    };
    registerKernel({ ...stock, kernelName, backendName: 'webgpu', kernelFunc });
  }
}
