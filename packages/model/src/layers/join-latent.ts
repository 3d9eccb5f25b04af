import { concat, mean, tile } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { Shape } from '@tensorflow/tfjs-layers';
import { scoped } from './block';

export interface JoinLatentArguments {
  name?: string;
  /** Width of the map that the decoder starts from. */
  width: number;
}

/**
 * Makes the input of a decoder's first convolution: the code, fitted to the decoder's width, and the latent, tiled over the map,
 * concatenated by channel. Code [B, h, w, C], z [B, 1, 1, Z] (or only the code, without a latent) → [B, h, width, C + Z]. An image's code
 * (2×2 at depth 6, 4×4 at 5) is averaged over its columns for the sound decoder (2×1, 4×1), a sound's code is repeated for the image
 * decoder; at depth 7 both are 1×1.
 */
export class JoinLatent extends layers.Layer {
  static className = 'CmcganJoinLatent';

  constructor(readonly settings: JoinLatentArguments) {
    super(settings.name === undefined ? {} : { name: settings.name });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [code, latent] = Array.isArray(inputShape[0]) ? (inputShape as Shape[]) : [inputShape as Shape, undefined];
    return [code[0], code[1], this.settings.width, code[3]! + (latent?.[3] ?? 0)];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [code, latent] = (Array.isArray(inputs) ? inputs : [inputs]) as Tensor4D[];
    const { width } = this.settings;
    return scoped(() => {
      const fitted = fitWidth(code, width); // [B, h, width, C]
      if (latent === undefined) return fitted.clone();
      const height = code.shape[1];
      const spread = height * width === 1 ? latent : tile(latent, [1, height, width, 1]); // [B, h, width, Z]
      return concat([fitted, spread], 3);
    });
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.settings, name: this.name };
  }
}

function fitWidth(code: Tensor4D, width: number): Tensor4D {
  if (code.shape[2] === width) return code;
  return width === 1 ? mean(code, 2, true) : tile(code, [1, 1, width, 1]);
}
