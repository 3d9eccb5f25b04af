import { conv2d, conv2dTranspose } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { KERNEL_SIZE, STRIDE } from '../architecture';
import type { ApplyArguments } from './apply-arguments';
import { Block, onlyInput, scoped } from './block';
import type { BlockArguments } from './block';
import { initialWeights } from './initial-values';

export interface ConvolutionBlockArguments extends BlockArguments {
  /** Output channels. */
  filters: number;
}

/**
 * Convolution, kernel 5, stride 2, 'same', then batch normalisation or bias, and activation: [B, H, W, C] → [B, ⌈H/2⌉, ⌈W/2⌉, filters]. Its
 * weight `filter` is [5, 5, C, filters]. (Paper: section on network architectures.)
 */
export class ConvolutionBlock extends Block<ConvolutionBlockArguments> {
  static className = 'CmcganConvolutionBlock';

  override build(inputShape: Shape | Shape[]): void {
    const channels = channelsOf(inputShape);
    const { filters } = this.settings;
    this.addEnding(filters);
    const shape = [KERNEL_SIZE, KERNEL_SIZE, channels, filters];
    this.addNamedWeight('filter', shape, initialWeights(this.initialisation, KERNEL_SIZE ** 2 * channels));
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, height, width] = inputShape as Shape;
    const half = (size: number | null) => (size === null ? null : Math.ceil(size / STRIDE));
    return [batch, half(height), half(width), this.settings.filters];
  }

  override call(inputs: Tensor | Tensor[], options: ApplyArguments): Tensor {
    const filter = this.weight('filter') as Tensor as Tensor4D;
    return scoped(() => this.end(conv2d(onlyInput(inputs), filter, STRIDE, 'same'), options));
  }
}

export interface TransposedConvolutionBlockArguments extends ConvolutionBlockArguments {
  /** Height and width of the output: each is twice that of the input, or 1 like that of the input. */
  outputSize: readonly [height: number, width: number];
}

/**
 * Transposed convolution, kernel 5, stride 2, 'same', then batch normalisation or bias, and activation: [B, h, w, C] → [B, H, W, filters].
 * Its weight `filter` is [5, 5, filters, C].
 */
export class TransposedConvolutionBlock extends Block<TransposedConvolutionBlockArguments> {
  static className = 'CmcganTransposedConvolutionBlock';

  override build(inputShape: Shape | Shape[]): void {
    const channels = channelsOf(inputShape);
    const { filters } = this.settings;
    this.addEnding(filters);
    const shape = [KERNEL_SIZE, KERNEL_SIZE, filters, channels];
    // Each output pixel receives a quarter of the taps; the rest falls between the strides.
    this.addNamedWeight('filter', shape, initialWeights(this.initialisation, (KERNEL_SIZE / STRIDE) ** 2 * channels));
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [(inputShape as Shape)[0], ...this.settings.outputSize, this.settings.filters];
  }

  override call(inputs: Tensor | Tensor[], options: ApplyArguments): Tensor {
    const { outputSize, filters } = this.settings;
    const filter = this.weight('filter') as Tensor as Tensor4D;
    return scoped(() => {
      const x = onlyInput(inputs);
      return this.end(conv2dTranspose(x, filter, [x.shape[0], ...outputSize, filters], STRIDE, 'same'), options);
    });
  }
}

/** The last axis of a layer's input. */
export function channelsOf(inputShape: Shape | Shape[]): number {
  const shape = inputShape as Shape;
  return shape[shape.length - 1]!;
}
