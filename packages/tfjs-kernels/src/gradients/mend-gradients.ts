import { getGradient, registerGradient } from '@tensorflow/tfjs-core';
import type { GradConfig, Tensor } from '@tensorflow/tfjs-core';
import { addGradients } from './added';
import { CLIP_GRADIENTS } from './clip';
import { dilatedGradients, isDilated } from './dilated-convolution';
import type { ConvolutionAttributes, ConvolutionKind } from './dilated-convolution';
import { mendFusedGradients } from './fused';
import { mirrorPadGradient } from './mirror-pad';

const own = new Set<GradConfig>([mirrorPadGradient, ...CLIP_GRADIENTS]);
let isFusedMended = false;

/**
 * Replaces gradients that TensorFlow.js lacks or gets wrong on every backend, those of `mirrorPad` and of dilated convolutions, and those of
 * clipping, which it composes of up to six operations each; adds those that it lacks. Applies to all backends of the process.
 */
export function mendGradients(): void {
  mend('MirrorPad', () => mirrorPadGradient);
  for (const config of CLIP_GRADIENTS) mend(config.kernelName, () => config);
  mend('Conv2D', (stock) => withDilation('Conv2D', stock));
  mend('DepthwiseConv2dNative', (stock) => withDilation('DepthwiseConv2dNative', stock));
  addGradients();
  if (!isFusedMended) mendFusedGradients();
  isFusedMended = true;
}

function mend(kernelName: string, mended: (stock: GradConfig) => GradConfig): void {
  const stock: GradConfig | undefined = getGradient(kernelName);
  if (!stock || own.has(stock)) return;
  const config = mended(stock);
  own.add(config);
  registerGradient(config);
}

function withDilation(kernelName: ConvolutionKind, stock: GradConfig): GradConfig {
  const gradFunc: GradConfig['gradFunc'] = (dy, saved, attrs) => {
    const sizes = attrs as unknown as ConvolutionAttributes;
    if (!isDilated(sizes)) return stock.gradFunc(dy, saved, attrs);
    return dilatedGradients(kernelName, dy as Tensor, { x: saved[0], filter: saved[1] }, sizes);
  };
  return { ...stock, gradFunc };
}
