import { conv2d, conv2dTranspose, tidy } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { ApplyOptions } from './apply-options';
import { KERNEL_SIZE, STRIDE } from './architecture';
import type { Initialisation } from './initialisation';
import type { LayerEnding } from './layer-ending';
import type { InitialValue, VariableStore } from './variable-store';

/** A convolution and what follows it. The caller owns the result; nothing else is left behind. */
export type Layer = (x: Tensor4D, options: ApplyOptions) => Tensor4D;

export interface ConvolutionOptions {
  store: VariableStore;
  name: string;
  inputChannels: number;
  channels: number;
  initialisation: Initialisation;
  ending: LayerEnding;
}

/** Halves height and width: [B, H, W, inputChannels] → [B, ⌈H/2⌉, ⌈W/2⌉, channels]. The filter is [5, 5, inputChannels, channels]. */
export function createConvolution({ store, name, inputChannels, channels, initialisation, ending }: ConvolutionOptions): Layer {
  const initial = initialValue(initialisation, KERNEL_SIZE ** 2 * inputChannels);
  const filter = store.filter(`${name}.filter`, [KERNEL_SIZE, KERNEL_SIZE, inputChannels, channels], initial);
  return (x, options) => tidy(() => ending(conv2d(x, filter, STRIDE, 'same'), options));
}

export interface TransposedConvolutionOptions extends ConvolutionOptions {
  outputSize: readonly [height: number, width: number];
}

/** Doubles height and width up to `outputSize`: [B, h, w, inputChannels] → [B, H, W, channels]. The filter is [5, 5, channels, inputChannels]. */
export function createTransposedConvolution(options: TransposedConvolutionOptions): Layer {
  const { store, name, inputChannels, channels, outputSize, initialisation, ending } = options;
  // An output pixel is reached by a quarter of the taps, the rest falls between the strides.
  const initial = initialValue(initialisation, (KERNEL_SIZE / STRIDE) ** 2 * inputChannels);
  const filter = store.filter(`${name}.filter`, [KERNEL_SIZE, KERNEL_SIZE, channels, inputChannels], initial);
  return (x, apply) =>
    tidy(() => ending(conv2dTranspose(x, filter, [x.shape[0], ...outputSize, channels], STRIDE, 'same'), apply));
}

/** Normal weights of the given deviation, or of He's for `fanIn` inputs. */
export function initialValue(initialisation: Initialisation, fanIn: number): InitialValue {
  return { standardDeviation: initialisation === 'he' ? Math.sqrt(2 / fanIn) : initialisation };
}
