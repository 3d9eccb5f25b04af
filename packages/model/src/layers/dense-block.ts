import { matMul, reshape } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import type { ApplyArguments } from './apply-arguments';
import { Block, onlyInput, scoped } from './block';
import type { BlockArguments } from './block';
import { channelsOf } from './convolution-block';
import { initialWeights } from './initial-values';

export interface DenseBlockArguments extends BlockArguments {
  /** Output channels. */
  units: number;
  /** Turns a vector into a map: [B, C] → [B, height, width, units]. Default: applied to every position of the input separately. */
  mapSize?: readonly [height: number, width: number];
}

/**
 * A fully connected layer over the last axis, then batch normalisation or bias, and activation: [B, C] → [B, units], [B, H, W, C] →
 * [B, H, W, units] (a 1×1 convolution), or with `mapSize` [B, C] → [B, height, width, units]. Its weight `weight` is a matrix.
 */
export class DenseBlock extends Block<DenseBlockArguments> {
  static className = 'CmcganDenseBlock';

  override build(inputShape: Shape | Shape[]): void {
    const channels = channelsOf(inputShape);
    const { units, mapSize: [height, width] = [1, 1] } = this.settings;
    this.addNamedWeight('weight', [channels, height * width * units], initialWeights(this.initialisation, channels));
    this.addEnding(units);
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = inputShape as Shape;
    const { units, mapSize } = this.settings;
    return mapSize === undefined ? [...shape.slice(0, -1), units] : [shape[0], ...mapSize, units];
  }

  override call(inputs: Tensor | Tensor[], options: ApplyArguments): Tensor {
    const weight = this.weight('weight') as Tensor as Tensor2D;
    return scoped(() => {
      const x = onlyInput(inputs) as Tensor;
      if (x.rank === 2 && this.settings.mapSize === undefined) return this.end(matMul(x as Tensor2D, weight), options);
      const rows = reshape(x, [-1, x.shape[x.rank - 1]]) as Tensor2D;
      const shape = this.computeOutputShape(x.shape) as number[];
      return this.end(reshape(matMul(rows, weight), shape), options);
    });
  }
}
