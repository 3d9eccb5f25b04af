import { mul, ones, reshape } from '@tensorflow/tfjs-core';
import type { Tensor, serialization } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { Shape } from '@tensorflow/tfjs-layers';
import { onlyInput, scoped } from './block';

export interface ReplicateArguments {
  name?: string;
  mapSize: readonly [height: number, width: number];
}

/** Repeats a vector at every position of a map: [B, C] → [B, height, width, C] (Chen et al.: φ over the discriminator's last map). */
export class Replicate extends layers.Layer {
  static className = 'CmcganReplicate';

  constructor(readonly settings: ReplicateArguments) {
    super(settings.name === undefined ? {} : { name: settings.name });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, channels] = inputShape as Shape;
    return [batch, ...this.settings.mapSize, channels];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return scoped(() => {
      const x: Tensor = onlyInput(inputs);
      const [batch, channels] = x.shape;
      return mul(reshape(x, [batch, 1, 1, channels]), ones([1, ...this.settings.mapSize, 1]));
    });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings, mapSize: [...this.settings.mapSize], name: this.name };
  }
}
